import type { CampaignView } from '../../contract/campaign.ts';
import type { Sent } from '../../contract/common.ts';
import type { FigureDefinition, FigureRef } from '../../domain/campaign/settings.ts';
import type { Instant } from '../../domain/kernel/instant.ts';
import { levelOf } from '../../domain/kernel/place.ts';
import { inCampaignTime } from '../../domain/kernel/standing.ts';
import { registerWords } from '../../domain/registers/settings.ts';
import type { CampaignSeen } from '../../usecases/campaign/read.ts';

export function presentCampaign({ slug, mode, campaign, batches, recorded }: CampaignSeen): Sent<CampaignView> {
  const { settings } = campaign;
  const at = inCampaignTime(settings);
  const orNull = (instant: Instant | null) => (instant === null ? null : at(instant));
  const register = registerWords(settings);
  const { headline, placeColumns, curve, map } = settings.dashboard;
  return {
    slug,
    name: settings.name,
    mode,
    notice: settings.notice,
    utcOffsetMinutes: settings.utcOffsetMinutes,
    currency: settings.currency,
    root: settings.root,
    places: settings.places.map((p) => ({
      code: p.code,
      name: p.name,
      level: levelOf(p.code),
      ...(p.nameEn === undefined ? {} : { nameEn: p.nameEn }),
      ...(p.statisticsOnly === true ? { statisticsOnly: true } : {}),
      ...(p.tile === undefined ? {} : { tile: p.tile }),
    })),
    placesNote: settings.placesNote,
    phases: settings.phases,
    windows: settings.windows,
    moments: settings.moments,
    types: settings.types.map(({ code, name }) => ({ code, name })),
    measures: settings.measures.map(({ code, name }) => ({ code, name })),
    currencyDigits: register?.currencyDigits ?? 2,
    register:
      register === undefined
        ? null
        : {
            registers: register.registers,
            states: register.states,
            steps: register.steps,
            amounts: register.amounts,
            flags: register.flags,
          },
    organisations: campaign.organisations,
    states: settings.states,
    aspects: settings.aspects,
    keyTasks: campaign.keyTasks,
    batches: batches.map(({ no, name, issuedAt }) => ({ no, name, issuedAt: at(issuedAt) })),
    extensionRules: settings.extensionRules,
    figures: campaign.figures.map((f) => ({
      id: f.id,
      version: f.version,
      unit: f.unit,
      name: f.name,
      predicate: f.predicate,
      filters: f.filters,
      kind: kindOf(f),
    })),
    pressSet: settings.pressSet.map(ref),
    dashboard: {
      headline: headline.map(ref),
      placeColumns: placeColumns.map(ref),
      curve: curve.map(ref),
      map: map === null ? null : ref(map),
    },
    recorded: { from: orNull(recorded.from), to: orNull(recorded.to) },
  };
}

const ref = ({ id, filter }: FigureRef) => ({ id, filter });

/** How a page draws a figure: as a number, as money, as a rate, or as an estimate with its interval. */
function kindOf(f: FigureDefinition): CampaignView['figures'][number]['kind'] {
  if (f.estimate !== undefined) return 'estimate';
  if (f.ratio !== undefined) return 'ratio';
  return f.count?.sum === 'amount' ? 'sum' : 'count';
}

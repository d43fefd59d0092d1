import { readsReleasedOnly } from '../../domain/access/masks.ts';
import { scopeOf, type Actor } from '../../domain/access/policy.ts';
import { formatWithOffset, instant } from '../../domain/kernel/instant.ts';
import { levelOf } from '../../domain/kernel/place.ts';
import { isRefusal } from '../../domain/kernel/refusal.ts';
import { registerWords } from '../../domain/registers/settings.ts';
import { firstRecordedAt, standsAt } from '../../storage/acts/latest.ts';
import { getCampaignState, listCampaigns } from '../../storage/acts/read.ts';
import { openReleased } from '../public/released.ts';
import type { Services } from '../services.ts';
import { openView, type View } from '../figures/as-of.ts';
import { listBatches } from '../batches/read.ts';

/** Campaigns that someone has a role in. */
export async function readCampaigns(s: Services, actor: Actor) {
  const out = [];
  for (const row of await listCampaigns(s.database.db)) {
    if (scopeOf(actor, 'campaign.read', row.slug) === undefined) continue;
    const campaign = await getCampaignState(s.database.db, row);
    if (campaign !== undefined) out.push({ slug: row.slug, name: campaign.settings.name, mode: row.mode });
  }
  return out;
}

/** All that pages need to know of a campaign as of an instant. */
export async function readCampaign(s: Services, actor: Actor, q: { campaign: string; asOf?: string | undefined }) {
  const view = await openView(s, actor, 'campaign.read', q.campaign, q.asOf);
  if (isRefusal(view) || !readsReleasedOnly(actor, q.campaign)) return isRefusal(view) ? view : campaignView(s, view);
  // Its classifications and figures are known to anybody; what was issued, and when records come in, is told as it was released.
  const released = await openReleased(s, actor, q.campaign, q.asOf);
  const all = await campaignView(s, isRefusal(released) ? view : released);
  return { ...all, ...(isRefusal(released) ? { batches: [] } : {}), recorded: { from: null, to: null } };
}

async function campaignView(s: Services, view: View) {
  const { settings } = view.campaign;
  const offset = settings.utcOffsetMinutes;
  const register = registerWords(settings);
  const [first, last] = [await firstRecordedAt(s.database.db, view.row.id), await standsAt(s.database.db, view.row)];
  const at = (ms: number) => (ms === 0 ? null : formatWithOffset(instant(ms), offset));
  return {
    slug: view.row.slug,
    name: settings.name,
    mode: view.row.mode,
    notice: settings.notice,
    utcOffsetMinutes: offset,
    currency: settings.currency,
    root: settings.root,
    places: settings.places.map((p) => ({
      code: p.code,
      name: p.name,
      level: levelOf(p.code),
      ...(p.nameEn === undefined ? {} : { nameEn: p.nameEn }),
      ...(p.statisticsOnly === true ? { statisticsOnly: true } : {}),
      ...(p.tile === undefined ? {} : { tile: [p.tile[0], p.tile[1]] as [number, number] }),
    })),
    placesNote: settings.placesNote,
    phases: [...settings.phases],
    windows: [...settings.windows],
    moments: [...settings.moments],
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
    organisations: [...view.campaign.organisations],
    states: [...settings.states],
    aspects: settings.aspects.map((a) => ({ ...a, evidence: [...a.evidence] })),
    keyTasks: view.campaign.keyTasks.map((t) => ({
      ...t,
      places: [...t.places],
      lists: t.lists.map((l) => ({ ...l, entries: [...l.entries] })),
    })),
    batches: (await listBatches(s, view)).map(({ no, name, issuedAt }) => ({ no, name, issuedAt: at(issuedAt) })),
    extensionRules: [...settings.extensionRules],
    figures: view.campaign.figures.map((f) => ({
      id: f.id,
      version: f.version,
      unit: f.unit,
      name: f.name,
      predicate: f.predicate,
      filters: [...f.filters],
      kind:
        f.estimate !== undefined
          ? ('estimate' as const)
          : f.ratio !== undefined
            ? ('ratio' as const)
            : f.count?.sum === 'amount'
              ? ('sum' as const)
              : ('count' as const),
    })),
    pressSet: settings.pressSet.map((r) => ({ id: r.id, filter: { ...r.filter } })),
    dashboard: {
      headline: settings.dashboard.headline.map((r) => ({ id: r.id, filter: { ...r.filter } })),
      placeColumns: settings.dashboard.placeColumns.map((r) => ({ id: r.id, filter: { ...r.filter } })),
      curve: settings.dashboard.curve.map((r) => ({ id: r.id, filter: { ...r.filter } })),
      map: settings.dashboard.map === null ? null : { id: settings.dashboard.map.id, filter: { ...settings.dashboard.map.filter } },
    },
    recorded: { from: at(first), to: at(last) },
  };
}

/** Names of all places of all campaigns by code. */
export async function placeNames(s: Services): Promise<ReadonlyMap<number, string>> {
  const names = new Map<number, string>();
  for (const row of await listCampaigns(s.database.db)) {
    const campaign = await getCampaignState(s.database.db, row);
    for (const p of campaign?.settings.places ?? []) names.set(p.code, p.name);
  }
  return names;
}

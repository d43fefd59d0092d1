import { assertNever } from '../kernel/refusal.ts';
import { isOn } from '../acts/streams.ts';
import { inOrder, type Act } from '../acts/act.ts';
import type { Personal } from '../acts/sealed.ts';
import { dictionary } from '../clearance/dictionary.ts';
import type { Instant } from '../kernel/instant.ts';
import type { CampaignSettings, FigureDefinition, KeyTask } from './settings.ts';

/** A campaign (专项行动) as it stood: its settings with the aspects, tasks and figures added since it was opened. */
export interface Campaign {
  readonly settings: CampaignSettings;
  readonly keyTasks: readonly KeyTask[];
  /** The dictionary with the campaign's own entries. */
  readonly figures: readonly FigureDefinition[];
  readonly organisations: readonly { readonly code: string; readonly name: string; readonly place: number; readonly kind: string }[];
  readonly teams: readonly {
    readonly code: string;
    readonly name: string;
    readonly place: number;
    readonly members: readonly Personal[];
  }[];
  readonly closedAspects: ReadonlySet<string>;
  readonly version: number;
}

/**
 * State of a campaign from the acts of its own stream.
 * @param asOf  acts recorded later are ignored: an aspect added today is unknown to yesterday
 * @returns     undefined when it had not been opened by then
 */
export function foldCampaign(acts: readonly Act[], asOf?: Instant): Campaign | undefined {
  let c: Campaign | undefined;
  for (const act of inOrder(acts, asOf)) {
    if (act.kind === 'CampaignOpened') {
      // An outside register brings its own figures; those of our own campaigns would all be zero there.
      const figures = act.payload.facts.length > 0 ? [] : dictionary;
      c = { settings: act.payload, keyTasks: [], figures, organisations: [], teams: [], closedAspects: new Set(), version: act.seq };
      continue;
    }
    if (c === undefined || !isOn('campaign', act)) continue;
    switch (act.kind) {
      case 'AspectDefined':
        c = { ...c, settings: { ...c.settings, aspects: [...c.settings.aspects, act.payload] } };
        break;
      case 'AspectClosed':
        c = { ...c, closedAspects: new Set([...c.closedAspects, `${act.payload.code}@${act.payload.version}`]) };
        break;
      case 'KeyTaskDefined':
        c = { ...c, keyTasks: [...c.keyTasks, act.payload] };
        break;
      case 'FigureDefined':
        c = { ...c, figures: [...c.figures, act.payload] };
        break;
      case 'OrganisationRegistered':
        c = { ...c, organisations: [...c.organisations, act.payload] };
        break;
      case 'TeamFormed':
        c = { ...c, teams: [...c.teams, act.payload] };
        break;
      case 'PersonalDataErased':
      case 'LogMarksBegun':
        break;
      default:
        assertNever(act);
    }
    c = { ...c, version: act.seq };
  }
  return c;
}

/** The version of an aspect in force: the last one defined, unless it was closed. */
export function aspectInForce(c: Campaign, code: string): CampaignSettings['aspects'][number] | undefined {
  const latest = c.settings.aspects.filter((a) => a.code === code).at(-1);
  return latest !== undefined && !c.closedAspects.has(`${latest.code}@${latest.version}`) ? latest : undefined;
}

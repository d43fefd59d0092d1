import type { Act, ActKind } from '../acts/act.ts';
import type { Payloads } from '../acts/payloads.ts';
import { scopeOf, seesCampaign, type Actor, type Role } from './policy.ts';

/** Columns of the ledger that a mask can cover. */
export type MaskedColumn = 'clue';

/** What is hidden, as data: the one table for reading, filtering, sorting, counting, searching and exporting (字段级屏蔽). */
interface Mask {
  /** Only these roles see it, and only while they hold no other one that reads. */
  readonly seenBy: readonly Role[];
  /** Who gave an act, unless it was one's own organisation. */
  readonly actors: boolean;
  readonly columns: readonly MaskedColumn[];
  readonly fields: { readonly [K in ActKind]?: readonly (keyof Payloads[K] & string)[] };
}

/** Governments, units and the press do not learn who took part in finding and checking, nor where a clue came from. */
const sources: Mask = {
  seenBy: ['director', 'clerk', 'inspector', 'acceptance', 'case-officer', 'legal-reviewer', 'auditor'],
  actors: true,
  columns: ['clue'],
  fields: {
    ProblemFound: ['clue', 'firstFoundBy'],
    InspectionCompleted: ['officers'],
    TeamFormed: ['members'],
    ProblemWithdrawn: ['proposedBy'],
    ProblemMerged: ['proposedBy'],
  },
};

/** Roles under which somebody reads on the regulated side: whoever holds one of them is masked, whatever else they hold. */
const regulated: readonly Role[] = ['city-officer', 'county-officer', 'press'];

/** What somebody may not see in a campaign. */
export interface Masks {
  /** The column can be neither read, filtered, sorted by, counted, searched nor exported. */
  readonly column: (name: MaskedColumn) => boolean;
  /** An act as they may see it: masked members are absent, and so is who gave it. */
  readonly act: (act: Act) => Act;
  /** The name and id of whoever acted in an organisation are hidden. */
  readonly actor: (org: string) => boolean;
}

/** The masks that lie on what an actor reads in a campaign. */
export function masksOf(actor: Actor, campaign: string): Masks {
  const held = actor.grants.filter((g) => g.campaign === null || g.campaign === campaign).map((g) => g.role);
  const sees = held.some((role) => sources.seenBy.includes(role)) && !held.some((role) => regulated.includes(role));
  const hidesActor = (org: string) => !sees && sources.actors && org !== actor.org;
  return {
    column: (name) => !sees && sources.columns.includes(name),
    actor: hidesActor,
    act: (act) => {
      if (sees) return act;
      const shown = without(act, sources.fields[act.kind] ?? []);
      return hidesActor(act.actor.org) ? { ...shown, actor: { id: '', org: act.actor.org, name: '' } } : shown;
    },
  };
}

function without(act: Act, fields: readonly string[]): Act {
  if (fields.length === 0) return act;
  return { ...act, payload: Object.fromEntries(Object.entries(act.payload).filter(([key]) => !fields.includes(key))) } as unknown as Act;
}

/**
 * Whether an actor reads of a campaign only what was released: the press, unless they were granted more. They read it as of
 * released instants and as coarse as the public pages.
 */
export function readsReleasedOnly(actor: Actor, campaign: string): boolean {
  return seesCampaign(actor, campaign) && scopeOf(actor, 'item.read', campaign) === undefined;
}

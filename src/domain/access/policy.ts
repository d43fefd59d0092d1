import type { PlaceCode, PlaceRange } from '../kernel/place.ts';
import { covers, rangeOf } from '../kernel/place.ts';
import { refuse, type Refusal } from '../kernel/refusal.ts';
import { accessRights } from './rights.ts';
import { campaignRights } from '../campaign/rights.ts';
import { figureRights } from '../clearance/rights.ts';
import { evidenceRights } from '../evidence/rights.ts';
import { inspectionRights } from '../inspection/rights.ts';
import { leadRights } from '../leads/rights.ts';
import { logRights } from '../log/rights.ts';
import { problemRights } from '../problems/rights.ts';
import { publicationRights } from '../publication/rights.ts';
import { releaseRights } from '../release/rights.ts';
import { sourceRights } from '../sources/rights.ts';
import { supervisionRights } from '../supervision/rights.ts';
import type { Right } from './right.ts';
import type { Role } from './roles.ts';

export { roles, type Role } from './roles.ts';

/** A role held at a place, in one campaign or (null) in all. */
export interface Grant {
  readonly role: Role;
  readonly place: PlaceCode;
  readonly campaign: string | null;
}

export interface Actor {
  readonly id: string;
  readonly name: string;
  readonly org: string;
  readonly grants: readonly Grant[];
}

/** The one table of rights, over features: role, verb, and where it is asked. */
const rights = {
  ...accessRights,
  ...campaignRights,
  ...figureRights,
  ...evidenceRights,
  ...inspectionRights,
  ...leadRights,
  ...logRights,
  ...problemRights,
  ...publicationRights,
  ...releaseRights,
  ...sourceRights,
  ...supervisionRights,
};

type Rights = typeof rights;

/** Everything that can be asked for. Reading verbs and command verbs share one table. */
export type Verb = keyof Rights;

type VerbAt<Where> = { [V in Verb]: Rights[V] extends Right<infer At> ? (At extends Where ? V : never) : never }[Verb];

/** Asked at the root of the campaign: it speaks or acts for the whole of it. */
export type RootVerb = VerbAt<'root'>;

/** Asked at the place of what it is done to. */
export type PlaceVerb = VerbAt<'place'>;

/** Asked of oneself, or of the installation: no place matters. */
export type OwnVerb = VerbAt<'own'>;

export const verbs = Object.keys(rights) as Verb[];

/** Whether a verb is asked at the root of a campaign. */
export function isRootVerb(verb: Verb): verb is RootVerb {
  return rights[verb].at === 'root';
}

/** Where an actor may do something in a campaign: ranges of division codes. Made only here, so a query cannot be run without one. */
export interface Scope {
  readonly verb: PlaceVerb | OwnVerb;
  readonly ranges: readonly PlaceRange[];
}

/**
 * Where the actor may do this in this campaign; undefined when nowhere. What is asked at the root has no scope: see `mayAtRoot`.
 *
 * The one place that decides rights: role x jurisdiction x campaign, deny by default.
 */
export function scopeOf(actor: Actor, verb: PlaceVerb | OwnVerb, campaign: string): Scope | undefined {
  const ranges = rangesOf(actor, verb, campaign);
  return ranges.length === 0 ? undefined : { verb, ranges: dropCovered(ranges) };
}

/** Whether the actor may do this for the whole campaign: the role has to be held over all of its root. */
export function mayAtRoot(actor: Actor, verb: RootVerb, campaign: string, root: PlaceCode): boolean {
  const whole = rangeOf(root);
  return rangesOf(actor, verb, campaign).some((r) => r.from <= whole.from && r.to >= whole.to);
}

/** Whether the actor may do this in the campaign at all: at its root, or somewhere in it. */
export function mayIn(actor: Actor, verb: Verb, campaign: string, root: PlaceCode): boolean {
  return isRootVerb(verb) ? mayAtRoot(actor, verb, campaign, root) : scopeOf(actor, verb as PlaceVerb, campaign) !== undefined;
}

function rangesOf(actor: Actor, verb: Verb, campaign: string): PlaceRange[] {
  return grantsFor(actor, campaign)
    .filter((g) => rights[verb].roles.includes(g.role))
    .map((g) => rangeOf(g.place));
}

/**
 * What anybody may read of a campaign that has published figures (公众可见范围): the whole campaign, reading only, for nobody in
 * particular. No role widens it, since no actor is asked for.
 */
export function publicScope(root: PlaceCode): { readonly ranges: readonly PlaceRange[] } {
  return { ranges: [rangeOf(root)] };
}

/** How an object at a place answers: `absent` (404) outside the actor's sight, `forbidden` (403) inside it but not allowed. */
export function judge(actor: Actor, verb: PlaceVerb, campaign: string, place: PlaceCode): 'allowed' | 'forbidden' | 'absent' {
  // Whoever reads only what was released sees no object: its answers must not tell which numbers there are.
  const sight = scopeOf(actor, 'item.read', campaign) ?? scopeOf(actor, verb, campaign);
  if (sight === undefined || !inScope(sight, place)) return 'absent';
  const scope = scopeOf(actor, verb, campaign);
  return scope !== undefined && inScope(scope, place) ? 'allowed' : 'forbidden';
}

/**
 * Why the actor may not do this at a place; undefined when they may. What is outside their sight answers as if it did not exist.
 * @refuses item.unknown outside their sight, access.forbidden inside it
 */
export function refusedAt(actor: Actor, verb: PlaceVerb, campaign: string, place: PlaceCode): Refusal | undefined {
  const verdict = judge(actor, verb, campaign, place);
  if (verdict === 'allowed') return undefined;
  return verdict === 'absent' ? refuse('item.unknown', {}) : refuse('access.forbidden', { verb });
}

export function inScope(scope: Scope, place: PlaceCode): boolean {
  // Things without a place (a batch, a publication) carry 0 and are seen by whoever sees anything of the campaign.
  return place === 0 || scope.ranges.some((r) => covers(r, place));
}

/** True when the actor has any role in the campaign; otherwise the campaign does not exist for them. */
export function seesCampaign(actor: Actor, campaign: string): boolean {
  return scopeOf(actor, 'campaign.read', campaign) !== undefined;
}

function grantsFor(actor: Actor, campaign: string): readonly Grant[] {
  return actor.grants.filter((g) => g.campaign === null || g.campaign === campaign);
}

function dropCovered(ranges: readonly PlaceRange[]): PlaceRange[] {
  return ranges.filter(
    (r, i) => !ranges.some((o, j) => i !== j && o.from <= r.from && o.to >= r.to && (o.from < r.from || o.to > r.to || j < i)),
  );
}

import type { PlaceCode, PlaceRange } from '../kernel/place.ts';
import { covers, rangeOf } from '../kernel/place.ts';
import type { ProblemVerb } from '../problems/commands.ts';

/** Roles (角色). Three separate administrators see no business data by their role alone. */
export const roles = [
  'director',
  'clerk',
  'inspector',
  'acceptance',
  'city-officer',
  'county-officer',
  'case-officer',
  'legal-reviewer',
  'auditor',
  'press',
  'system-admin',
  'security-admin',
  'audit-admin',
] as const;
export type Role = (typeof roles)[number];

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

/** Asked at the root of the campaign: it speaks or acts for the whole of it. */
export type RootVerb =
  | 'batch.issue'
  | 'aspect.define'
  | 'bulletin.draft'
  | 'bulletin.write'
  | 'bulletin.release'
  | 'log.entries'
  | 'figure.publish'
  | 'lead.read'
  | 'lead.close';

/** Asked at the place of what it is done to. */
export type PlaceVerb =
  | 'campaign.read'
  | 'figure.read'
  | 'ledger.read'
  | 'ledger.export'
  | 'item.read'
  | 'source.read'
  | 'source.register'
  | 'batch.read'
  | 'inspection.record'
  | 'problem.found'
  | `problem.${ProblemVerb}`
  | 'evidence.upload'
  | 'evidence.read'
  | 'evidence.export'
  | 'bulletin.read'
  | 'log.read';

/** Asked of oneself, or of the installation: no place matters. */
export type OwnVerb = 'view.own' | 'system.read' | 'user.read' | 'user.write';

/** Everything that can be asked for. Reading verbs and command verbs share one table. */
export type Verb = RootVerb | PlaceVerb | OwnVerb;

const readers: readonly Role[] = [
  'director',
  'clerk',
  'inspector',
  'acceptance',
  'city-officer',
  'county-officer',
  'case-officer',
  'legal-reviewer',
  'auditor',
];

interface Right {
  readonly roles: readonly Role[];
  /** Where it is asked. */
  readonly at: 'root' | 'place' | 'own';
}

const at = (where: Right['at'], roles: readonly Role[]): Right => ({ roles, at: where });

/** The one table of rights: role, verb, and where it is asked. Which of the three a verb is, its type says as well. */
const rights: { readonly [V in Verb]: Right } = {
  'campaign.read': at('place', [...readers, 'press']),
  'figure.read': at('place', [...readers, 'press']),
  'ledger.read': at('place', readers),
  'ledger.export': at('place', readers),
  'item.read': at('place', readers),
  'source.read': at('place', readers),
  'source.register': at('place', ['director', 'clerk', 'inspector']),
  'batch.read': at('place', readers),
  'batch.issue': at('root', ['director', 'clerk']),
  'inspection.record': at('place', ['inspector']),
  'problem.found': at('place', ['clerk', 'inspector']),
  'problem.confirm': at('place', ['director', 'clerk']),
  'problem.notFounded': at('place', ['director', 'clerk']),
  'problem.assign': at('place', ['director', 'clerk', 'city-officer']),
  'problem.plan': at('place', ['city-officer', 'county-officer']),
  'problem.changeBody': at('place', ['director', 'clerk']),
  'problem.start': at('place', ['city-officer', 'county-officer']),
  'problem.stage': at('place', ['city-officer', 'county-officer']),
  'problem.claim': at('place', ['city-officer', 'county-officer']),
  'problem.check': at('place', ['inspector']),
  'problem.return': at('place', ['inspector', 'acceptance', 'clerk']),
  'problem.accept': at('place', ['acceptance']),
  'problem.clear': at('place', ['acceptance']),
  'problem.watch': at('place', ['clerk', 'acceptance']),
  'problem.settle': at('place', ['clerk', 'acceptance']),
  'problem.extend': at('place', ['director', 'clerk']),
  'problem.withdraw': at('place', ['director', 'clerk']),
  'problem.merge': at('place', ['director', 'clerk']),
  'problem.split': at('place', ['clerk']),
  'problem.rebound': at('place', ['inspector', 'clerk', 'acceptance']),
  'evidence.upload': at('place', ['inspector', 'clerk', 'city-officer', 'county-officer', 'acceptance', 'case-officer']),
  'evidence.read': at('place', readers),
  'evidence.export': at('place', ['director', 'clerk', 'case-officer', 'legal-reviewer', 'auditor']),
  'aspect.define': at('root', ['director', 'clerk']),
  'bulletin.read': at('place', [...readers, 'press']),
  // Before its release a bulletin is seen only by those who make it and by the auditor.
  'bulletin.draft': at('root', ['director', 'clerk', 'auditor']),
  'bulletin.write': at('root', ['director', 'clerk']),
  'bulletin.release': at('root', ['director']),
  'view.own': at('own', [...readers, 'press']),
  'log.read': at('place', [...readers, 'press']),
  // Entries hold everything of the whole campaign.
  'log.entries': at('root', ['director', 'auditor']),
  'figure.publish': at('root', ['director']),
  'lead.read': at('root', ['director', 'clerk', 'auditor']),
  'lead.close': at('root', ['director']),
  'system.read': at('own', ['system-admin']),
  'user.read': at('own', ['system-admin', 'security-admin', 'audit-admin']),
  'user.write': at('own', ['security-admin']),
};

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

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

/** Everything that can be asked for. Reading verbs and command verbs share one table. */
export type Verb =
  | 'campaign.read'
  | 'figure.read'
  | 'ledger.read'
  | 'ledger.export'
  | 'item.read'
  | 'source.read'
  | 'source.register'
  | 'batch.read'
  | 'batch.issue'
  | 'inspection.record'
  | 'problem.found'
  | `problem.${ProblemVerb}`
  | 'evidence.upload'
  | 'evidence.read'
  | 'evidence.export'
  | 'aspect.define'
  | 'bulletin.read'
  | 'bulletin.draft'
  | 'bulletin.write'
  | 'bulletin.release'
  | 'view.own'
  | 'log.read'
  | 'log.entries'
  | 'figure.publish'
  | 'system.read'
  | 'user.read'
  | 'user.write';

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

const allowed: Readonly<Record<Verb, readonly Role[]>> = {
  'campaign.read': [...readers, 'press'],
  'figure.read': [...readers, 'press'],
  'ledger.read': readers,
  'ledger.export': readers,
  'item.read': readers,
  'source.read': readers,
  'source.register': ['director', 'clerk', 'inspector'],
  'batch.read': readers,
  'batch.issue': ['director', 'clerk'],
  'inspection.record': ['inspector'],
  'problem.found': ['clerk', 'inspector'],
  'problem.confirm': ['director', 'clerk'],
  'problem.notFounded': ['director', 'clerk'],
  'problem.assign': ['director', 'clerk', 'city-officer'],
  'problem.plan': ['city-officer', 'county-officer'],
  'problem.start': ['city-officer', 'county-officer'],
  'problem.stage': ['city-officer', 'county-officer'],
  'problem.claim': ['city-officer', 'county-officer'],
  'problem.check': ['inspector'],
  'problem.return': ['inspector', 'acceptance', 'clerk'],
  'problem.accept': ['acceptance'],
  'problem.clear': ['acceptance'],
  'problem.watch': ['clerk', 'acceptance'],
  'problem.settle': ['clerk', 'acceptance'],
  'problem.extend': ['director', 'clerk'],
  'problem.withdraw': ['director', 'clerk'],
  'problem.merge': ['director', 'clerk'],
  'problem.split': ['clerk'],
  'problem.rebound': ['inspector', 'clerk', 'acceptance'],
  'evidence.upload': ['inspector', 'clerk', 'city-officer', 'county-officer', 'acceptance', 'case-officer'],
  'evidence.read': readers,
  'evidence.export': ['director', 'clerk', 'case-officer', 'legal-reviewer', 'auditor'],
  'aspect.define': ['director', 'clerk'],
  'bulletin.read': [...readers, 'press'],
  // Before its release a bulletin is seen only by those who make it and by the auditor.
  'bulletin.draft': ['director', 'clerk', 'auditor'],
  'bulletin.write': ['director', 'clerk'],
  'bulletin.release': ['director'],
  'view.own': [...readers, 'press'],
  'log.read': [...readers, 'press'],
  // Entries hold everything of the whole campaign.
  'log.entries': ['director', 'auditor'],
  'figure.publish': ['director'],
  'system.read': ['system-admin'],
  'user.read': ['system-admin', 'security-admin', 'audit-admin'],
  'user.write': ['security-admin'],
};

export const verbs = Object.keys(allowed) as Verb[];

/** Where an actor may do something in a campaign: ranges of division codes. Made only here, so a query cannot be run without one. */
export interface Scope {
  readonly verb: Verb;
  readonly ranges: readonly PlaceRange[];
}

/**
 * Where the actor may do this in this campaign; undefined when nowhere.
 *
 * The one place that decides rights: role x jurisdiction x campaign, deny by default.
 */
export function scopeOf(actor: Actor, verb: Verb, campaign: string): Scope | undefined {
  const ranges = grantsFor(actor, campaign)
    .filter((g) => allowed[verb].includes(g.role))
    .map((g) => rangeOf(g.place));
  return ranges.length === 0 ? undefined : { verb, ranges: dropCovered(ranges) };
}

/**
 * What anybody may read of a campaign that has published figures (公众可见范围): the whole campaign, reading only, for nobody in
 * particular. No role widens it, since no actor is asked for.
 */
export function publicScope(root: PlaceCode): { readonly ranges: readonly PlaceRange[] } {
  return { ranges: [rangeOf(root)] };
}

/** How an object at a place answers: `absent` (404) outside the actor's sight, `forbidden` (403) inside it but not allowed. */
export function judge(actor: Actor, verb: Verb, campaign: string, place: PlaceCode): 'allowed' | 'forbidden' | 'absent' {
  const sight = scopeOf(actor, 'item.read', campaign) ?? scopeOf(actor, 'figure.read', campaign);
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

/** Fields of an answer that a role may not see, by verb of reading (字段级屏蔽). */
export function maskedFields(actor: Actor, campaign: string): ReadonlySet<string> {
  const own = new Set(grantsFor(actor, campaign).map((g) => g.role));
  const office: readonly Role[] = ['director', 'clerk', 'inspector', 'acceptance', 'case-officer', 'legal-reviewer', 'auditor'];
  // Governments and units do not learn who took part in finding and checking, nor where a clue came from.
  return office.some((r) => own.has(r)) ? new Set() : new Set(['actor.name', 'actor.id', 'clue']);
}

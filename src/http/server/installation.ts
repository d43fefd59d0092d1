import { type Actor, type OwnVerb, scopeOf } from '../../domain/access/policy.ts';

/** Rights over the installation hold in whichever campaign they were given for. */
export function holds(actor: Actor, verb: OwnVerb): boolean {
  return actor.grants.some((g) => scopeOf({ ...actor, grants: [{ ...g, campaign: null }] }, verb, '') !== undefined);
}

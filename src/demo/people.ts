import type { ActorRef } from '../domain/acts/act.ts';
import { cityOf } from '../domain/kernel/place.ts';
import { seeded } from './random.ts';
import { personName } from './texts.ts';

const cache = new Map<string, ActorRef>();

/** An invented person of an organisation; the same one for the same seat. */
export function person(seed: number, org: string, seat: number): ActorRef {
  const key = `${seed}/${org}/${seat}`;
  let found = cache.get(key);
  if (found === undefined) {
    let hash = seed;
    for (const c of key) hash = Math.imul(hash ^ (c.codePointAt(0) as number), 0x01000193);
    found = { id: `${org}.${seat}`, org, name: personName(seeded(hash, seat)) };
    cache.set(key, found);
  }
  return found;
}

export const orgs = {
  office: 'sx-office',
  acceptance: 'sx-acceptance',
  team: (place: number) => `team-${cityOf(place)}`,
  city: (place: number) => `gov-${cityOf(place)}`,
  county: (place: number) => `gov-${place}`,
} as const;

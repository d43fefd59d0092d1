import { isRefusal, type Refusal } from '../src/domain/kernel/refusal.ts';
import { instant, type Instant } from '../src/domain/kernel/instant.ts';
import { seeded } from '../src/demo/random.ts';
import type { Running } from '../src/app/running.ts';
import type { Actor, Role } from '../src/domain/access/policy.ts';

/** What the parts of a run share. */
export interface Setting {
  readonly running: Running;
  readonly dataDir: string;
  readonly slug: string;
  readonly campaignId: number;
  readonly problems: number;
  readonly acts: number;
}

export function must<T>(result: T | Refusal): T {
  if (isRefusal(result)) throw new Error(`${result.code} ${JSON.stringify(result.details)}`);
  return result as T;
}

const from = Date.parse('2019-07-02T00:00:00+08:00');
const to = Date.parse('2019-10-31T18:00:00+08:00');

/** Random past instants of the campaign, the same in every run. */
export function pastInstants(count: number): Instant[] {
  const r = seeded(60, 1);
  return Array.from({ length: count }, () => instant(Math.round(from + r.next() * (to - from))));
}

export const iso = (at: Instant) => new Date(at).toISOString();

export const official = (id: string, org: string, ...held: Role[]): Actor => ({
  id,
  org,
  name: id,
  grants: held.map((role) => ({ role, place: 140_000, campaign: null })),
});
export const office = official('bench.office', 'bench-office', 'clerk', 'director');

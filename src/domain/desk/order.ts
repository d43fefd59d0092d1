import type { Instant } from '../kernel/instant.ts';

export interface Ordered {
  /** First instant after the deadline; null where none presses. */
  readonly due: Instant | null;
  /** Since when the oldest waits. */
  readonly since: Instant | null;
}

/** What is due first stands first; without a deadline what waits longest does, after those with one. */
export function byDue(a: Ordered, b: Ordered): number {
  return less(a.due, b.due) || less(a.since, b.since);
}

function less(a: Instant | null, b: Instant | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return a - b;
}

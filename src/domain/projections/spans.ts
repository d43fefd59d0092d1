import type { Instant } from '../kernel/instant.ts';

/** Where and under what a counted thing counts. Numbers are those of the campaign's classifications; 0 means none. */
export interface Dims {
  readonly place: number;
  readonly batch: number;
  readonly aspect: number;
  readonly type: number;
  readonly measure: number;
}

/** A fact that holds after a step: it counts from `from` on (never earlier than the step), until another step ends it. */
export interface Active {
  readonly fact: string;
  /** Tells apart facts of one name that one thing may have several of (a source inspected under two aspects). */
  readonly key?: string;
  readonly from: Instant;
  readonly dims: Dims;
  /** Smallest currency unit for money, else 0. */
  readonly amount: number;
}

/** A counted interval [from, to): the thing counts under the fact as of every instant in it. */
export interface Span {
  readonly fact: string;
  readonly from: Instant;
  readonly to: Instant | null;
  readonly dims: Dims;
  readonly amount: number;
}

/** What held after one act. */
export interface Step {
  readonly at: Instant;
  readonly active: readonly Active[];
}

/**
 * Turns "what holds after each act" into counted intervals.
 *
 * A fact may begin later than its act (overdue begins at the deadline): if the next act ends it before that, it never counted.
 * Intervals of no length are left out: two acts recorded in one instant leave only the later one's facts.
 * @param steps  in the order of the acts; `at` does not decrease
 * @returns      spans by fact, then by beginning; spans of one fact of one thing never overlap
 */
export function spansOf(steps: readonly Step[]): Span[] {
  const done: Span[] = [];
  let open = new Map<string, Active>();
  for (const step of steps) {
    const next = new Map<string, Active>();
    for (const a of step.active) next.set(a.key ?? a.fact, a);
    for (const [key, was] of open) {
      const now = next.get(key);
      if (now !== undefined && continues(was, now, step.at)) {
        next.set(key, { ...now, from: was.from });
        continue;
      }
      if (was.from < step.at) done.push(span(was, step.at));
    }
    open = next;
  }
  for (const a of open.values()) done.push(span(a, null));
  return done.sort((a, b) => (a.fact < b.fact ? -1 : a.fact > b.fact ? 1 : a.from - b.from));
}

function span(a: Active, to: Instant | null): Span {
  return { fact: a.fact, from: a.from, to, dims: a.dims, amount: a.amount };
}

function continues(was: Active, now: Active, at: Instant): boolean {
  if (was.amount !== now.amount || !sameDims(was.dims, now.dims)) return false;
  if (was.from === now.from) return true;
  // Already counting, and asked to count from now on: it simply goes on.
  return was.from < at && now.from <= at;
}

function sameDims(a: Dims, b: Dims): boolean {
  return a.place === b.place && a.batch === b.batch && a.aspect === b.aspect && a.type === b.type && a.measure === b.measure;
}

/** Spans of `after` that differ from `before`: what a projection must delete and insert to follow. */
export function spanChanges(before: readonly Span[], after: readonly Span[]): { gone: Span[]; added: Span[] } {
  const key = (s: Span) =>
    `${s.fact}|${s.from}|${s.to ?? ''}|${s.dims.place}|${s.dims.batch}|${s.dims.aspect}|${s.dims.type}|${s.dims.measure}|${s.amount}`;
  const had = new Set(before.map(key));
  const has = new Set(after.map(key));
  return { gone: before.filter((s) => !has.has(key(s))), added: after.filter((s) => !had.has(key(s))) };
}

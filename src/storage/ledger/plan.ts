import type { PlaceRange } from '../../domain/kernel/place.ts';
import type { LineCounts } from './known.ts';
import type { LedgerFilter, LedgerSort } from './query.ts';

/** Through what lines are gathered when few can belong: all are taken and sorted. */
export type Gather = 'source' | 'ids' | 'owner' | 'text' | 'days' | 'place' | 'state';

/**
 * How a page is picked.
 *
 * `gather`: all lines that can belong, sorted. Otherwise lines are passed over in the order of the page until it is full: `batches`,
 * merged from one run for each batch, since these orders go with the batch, and one for all the batches that hold few such lines
 * (`sparse`); `line`, one run; `tree`, one run for each state, batch and node of the tree over time; `states`, state after state.
 *
 * Where each line costs a look into another table, batches are read one after the other (`inTurn`), each no further than it can
 * still come onto the page. Problems that wait for a batch are all taken from the tree and sorted where few are `waiting`, and passed
 * over in order where they are many.
 */
export type PagePlan =
  | { readonly by: 'gather'; readonly through: Gather }
  | { readonly by: 'batches'; readonly sparse: readonly number[]; readonly inTurn: boolean; readonly waiting: 'many' | 'few' }
  | { readonly by: 'line' }
  | { readonly by: 'tree' }
  | { readonly by: 'states' };

/** What is counted of the days a filter asks for before a plan is chosen: one more than can be of use. */
export const mostDayLines = 40_001;
/** So many lines are taken and sorted in less time than passing over a million, when they are a small part. */
const few = 40_000;
/** From so many on, problems that wait for a batch are not sorted first. */
const many = 100_000;
/** So many in any case. */
const veryFew = 3000;
/** Each of these costs a look into another table. */
const fewElsewhere = 8000;
/** Below this share, passing over the others takes longer than sorting; a batch below it is sparse. */
const smallShare = 0.04;
const anywhere: readonly PlaceRange[] = [{ from: 0, to: 1_000_000 }];

/**
 * Chooses by what is asked and by counts that need not be exact, since each plan gives the same page.
 * @param counts     lines as of a recent mark
 * @param textLines  about how many lines hold the words searched for; null when none are
 * @param batches    those that have lines
 * @param dayLines   about how many lines lie within the days asked for, counted no further than `mostDayLines`; null when none are
 */
export function choosePlan(
  f: LedgerFilter,
  sort: LedgerSort,
  counts: LineCounts,
  textLines: number | null,
  batches: readonly number[],
  dayLines: number | null = null,
): PagePlan {
  if (f.source !== undefined) return { by: 'gather', through: 'source' };
  if (f.ids !== undefined) return { by: 'gather', through: 'ids' };
  if (f.owner !== null) return { by: 'gather', through: 'owner' };
  if (textLines !== null && textLines <= fewElsewhere) return { by: 'gather', through: 'text' };
  const lookedUp = textLines !== null || f.clues !== null || (f.updated !== undefined && !f.current);
  const lines = counts.of(f);
  if (dayLines !== null && dayLines <= (lookedUp ? fewElsewhere : few)) return { by: 'gather', through: 'days' };
  const narrow = isNarrow(f.ranges);
  if (narrow && lines <= (lookedUp ? fewElsewhere : few)) return { by: 'gather', through: 'place' };
  const share = f.states === null ? 1 : lines / counts.of({ ...f, states: null });
  if (f.states !== null && (lines <= veryFew || (share <= smallShare && lines <= (lookedUp ? fewElsewhere : few)))) {
    return { by: 'gather', through: 'state' };
  }
  const byBatch = (): PagePlan => ({
    by: 'batches',
    sparse: sparse(f, counts, batches),
    inTurn: lookedUp,
    waiting: counts.of({ ...f, ranges: anywhere, batches: [0] }) > many ? 'many' : 'few',
  });
  switch (sort) {
    case 'place':
      return { by: 'line' };
    case 'state':
      return f.current ? { by: 'line' } : { by: 'states' };
    // Of an interval, the time of its change is where it begins; those are all in one run.
    case 'updated':
      if (f.current) return byBatch();
      return f.states !== null && (share <= 0.25 || f.deadline !== null) ? { by: 'tree' } : { by: 'line' };
    case 'no':
    case 'deadline':
    case 'found':
      return byBatch();
  }
}

function sparse(f: LedgerFilter, counts: LineCounts, batches: readonly number[]): number[] {
  if (f.states === null) return [];
  return batches.filter((batch) => {
    if (batch === 0 && !f.current && f.kind === 'problem') return false;
    const own = { ...f, batches: [batch] };
    return counts.of(own) <= smallShare * counts.of({ ...own, states: null });
  });
}

/** Up to three counties. */
function isNarrow(ranges: readonly PlaceRange[]): boolean {
  return ranges.length <= 3 && ranges.every((r) => r.to - r.from < 100);
}

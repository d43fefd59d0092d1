import type { DeskGroup } from '../../../contract/desk.ts';
import { dateOf, endOfDate, instant, startOfDate, type Instant } from '../../../domain/kernel/instant.ts';

/** So many days are drawn. */
export const daysAhead = 4;
const day = 86_400_000;

/** A moment at which something of the desk is due, or may be done from. */
export interface Mark {
  readonly at: Instant;
  readonly what: readonly { readonly code: string; readonly count: number }[];
  /** From when something may be done, not by when. */
  readonly from: boolean;
}

export interface PlacedMark extends Mark {
  readonly x: number;
  readonly row: 0 | 1;
  readonly text: string;
  /** The text stands left of its mark. */
  readonly left: boolean;
}

/** Ends of deadlines and of notices in the days ahead, each moment once, in order. */
export function marksAhead(groups: readonly DeskGroup[], now: Instant, offset: number): Mark[] {
  const end = now + daysAhead * day;
  const marks = new Map<string, Mark>();
  const add = (at: Instant, code: string, count: number, from: boolean) => {
    if (at <= now || at > end) return;
    const key = `${at} ${from}`;
    marks.set(key, { at, from, what: [...(marks.get(key)?.what ?? []), { code, count }] });
  };
  for (const g of groups) {
    for (const { on, count } of g.ahead) add(endOfDate(on, offset), g.code, count, false);
    if (g.later !== null) add(instant(Date.parse(g.later.next)), g.code, 0, true);
  }
  return [...marks.values()].toSorted((a, b) => a.at - b.at);
}

/** Beginnings of the civil days in the span. */
export function dayStarts(now: Instant, offset: number): Instant[] {
  const first = endOfDate(dateOf(now, offset), offset);
  return Array.from({ length: daysAhead }, (_, i) => startOfDate(dateOf(instant(first + i * day), offset), offset));
}

/**
 * Where each mark and its words stand, in two rows so that words do not lie over each other; what has no room keeps its mark.
 * @param widthOf  how wide a text is, in pixels
 */
export function placeMarks(
  marks: readonly Mark[],
  now: Instant,
  width: number,
  textOf: (mark: Mark) => string,
  widthOf: (text: string) => number,
): PlacedMark[] {
  const free: [number, number] = [0, 0];
  return marks.map((mark) => {
    const x = ((mark.at - now) / (daysAhead * day)) * (width - 2) + 1;
    const text = textOf(mark);
    const wide = widthOf(text) + 10;
    const left = x + wide > width;
    const begin = left ? x - wide : x;
    const row = ([0, 1] as const).find((r) => free[r] <= begin && begin >= 0);
    if (row === undefined) return { ...mark, x, row: 1, text: '', left };
    free[row] = left ? x + 6 : x + wide + 6;
    return { ...mark, x, row, text, left };
  });
}

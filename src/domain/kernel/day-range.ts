import { endOfDate, isPlainDate, startOfDate, type Instant, type PlainDate } from './instant.ts';

/** Civil days from one to another, both of them included; null is open. */
export interface DayRange {
  readonly from: PlainDate | null;
  readonly to: PlainDate | null;
}

/** Instants from one on and before another; null is open. */
export interface InstantRange {
  readonly from: Instant | null;
  readonly before: Instant | null;
}

/** Reads `2019-07-01..2019-07-31`, `2019-07-01..`, `..2019-07-31` or one day; undefined for anything else, and when it ends before it begins. */
export function parseDays(text: string): DayRange | undefined {
  if (isPlainDate(text)) return { from: text, to: text };
  const parts = text.split('..');
  if (parts.length !== 2) return undefined;
  const [from = '', to = ''] = parts;
  if ((from === '' && to === '') || [from, to].some((day) => day !== '' && !isPlainDate(day))) return undefined;
  if (from !== '' && to !== '' && from > to) return undefined;
  return { from: from === '' ? null : from, to: to === '' ? null : to };
}

/** The same as text; empty when both ends are open. */
export function writeDays({ from, to }: DayRange): string {
  return from === null && to === null ? '' : `${from ?? ''}..${to ?? ''}`;
}

/** Where civil days begin and end at a fixed offset from UTC. */
export function instantsOf(days: DayRange, utcOffsetMinutes: number): InstantRange {
  return {
    from: days.from === null ? null : startOfDate(days.from, utcOffsetMinutes),
    before: days.to === null ? null : endOfDate(days.to, utcOffsetMinutes),
  };
}

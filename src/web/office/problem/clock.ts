import { dateOf, daysBetween, instant, parseInstant } from '../../../domain/kernel/instant.ts';

/** The line from the letter, or the finding, to the deadline; beyond it when that has passed. 400 wide. */
export interface Clock {
  /** Civil dates in the campaign's zone. */
  readonly from: string;
  readonly today: string;
  /** Where a date stands on the line; dates beyond its ends stand at them. */
  readonly x: (date: string) => number;
}

/**
 * @param of.asOf, of.start  ISO 8601 instants
 * @param of.deadline        civil date
 * @param of.stopped         the clock runs no more: today says nothing on it
 */
export function clockOf(
  of: { readonly asOf: string; readonly start: string; readonly deadline: string; readonly stopped: boolean },
  utcOffsetMinutes: number,
): Clock {
  const dayOf = (at: string) => dateOf(parseInstant(at) ?? instant(0), utcOffsetMinutes);
  const [today, from] = [dayOf(of.asOf), dayOf(of.start)];
  const end = of.deadline > today || of.stopped ? of.deadline : today;
  const all = Math.max(1, daysBetween(from, end));
  return { from, today, x: (date) => Math.min(400, Math.max(0, (daysBetween(from, date) / all) * 400)) };
}

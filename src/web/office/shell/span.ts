import type { CampaignView } from '../../../contract/campaign.ts';
import {
  addDays,
  dateOf,
  daysBetween,
  endOfDate,
  formatWithOffset,
  instant,
  parseInstant,
  startOfDate,
} from '../../../domain/kernel/instant.ts';

const dayMs = 86_400_000;

/** The stretch of days a campaign's ruler shows. */
export interface Span {
  readonly from: string;
  readonly to: string;
  readonly days: number;
  /** True when the days are counted one by one, as in a campaign of a hundred; else the ruler shows months or quarters. */
  readonly counted: boolean;
}

/**
 * The longest phase, which is the campaign itself; without phases, all that was recorded.
 * @returns null when there is neither
 */
export function spanOf(campaign: Pick<CampaignView, 'phases' | 'recorded' | 'utcOffsetMinutes'>): Span | null {
  const longest = [...campaign.phases].sort((a, b) => daysBetween(b.from, b.to) - daysBetween(a.from, a.to))[0];
  if (longest !== undefined) {
    const days = daysBetween(longest.from, longest.to) + 1;
    return { from: longest.from, to: longest.to, days, counted: days <= 200 };
  }
  const from = campaign.recorded.from === null ? undefined : parseInstant(campaign.recorded.from);
  const to = campaign.recorded.to === null ? undefined : parseInstant(campaign.recorded.to);
  if (from === undefined || to === undefined) return null;
  const [a, b] = [dateOf(from, campaign.utcOffsetMinutes), dateOf(to, campaign.utcOffsetMinutes)];
  return { from: a, to: b, days: daysBetween(a, b) + 1, counted: false };
}

/** Which day of the span an instant lies on: 1 is the first, 0 or less before it, more than `days` after it. */
export function dayNumber(span: Span, at: string, offset: number): number {
  const parsed = parseInstant(at);
  return parsed === undefined ? 0 : daysBetween(span.from, dateOf(parsed, offset)) + 1;
}

/** Position of an instant in days from the span's beginning, with its fraction of a day. */
export function dayPosition(span: Span, at: string, offset: number): number {
  const parsed = parseInstant(at);
  return parsed === undefined ? 0 : (parsed - startOfDate(span.from, offset)) / dayMs;
}

/** The last second of the n-th day: what had been recorded by its end. */
export function endOfDay(span: Span, day: number, offset: number): string {
  return formatWithOffset(instant(endOfDate(addDays(span.from, day - 1), offset) - 1000), offset);
}

/** `+08:00` for 480. */
export function offsetText(offset: number): string {
  return formatWithOffset(instant(0), offset).slice(-6);
}

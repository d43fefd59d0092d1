import { formatWithOffset, type Instant } from './instant.ts';

/** What an answer as of an instant stands for. */
export interface Standing {
  readonly campaign: string;
  /** What was asked for. */
  readonly asOf: Instant;
  /** What the answer is of: nothing recorded at or before it can still appear. */
  readonly watermark: Instant;
  readonly logSize: number;
  readonly utcOffsetMinutes: number;
}

/** What every written answer as of an instant carries. */
export interface Stamp {
  readonly campaign: string;
  readonly asOf: string;
  readonly watermark: string;
  readonly logSize: number;
}

/** A standing as answers and documents write it. */
export function stampText(s: Standing): Stamp {
  const at = inCampaignTime(s);
  return { campaign: s.campaign, asOf: at(s.asOf), watermark: at(s.watermark), logSize: s.logSize };
}

/** Writes instants in the campaign's own time. */
export function inCampaignTime(s: { readonly utcOffsetMinutes: number }): (at: Instant) => string {
  return (at) => formatWithOffset(at, s.utcOffsetMinutes);
}

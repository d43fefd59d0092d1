import type { CampaignView } from '../../../contract/campaign.ts';
import { formatWithOffset, instant, parseInstant, startOfDate } from '../../../domain/kernel/instant.ts';
import { spanOf } from '../shell/span.ts';

/**
 * The stretch a figure's history shows: from the campaign's first day, or its first record, to the answer's watermark or
 * its last record, whichever comes first.
 */
export function historyRange(
  campaign: Pick<CampaignView, 'phases' | 'recorded' | 'utcOffsetMinutes'>,
  watermark: string,
): { from: string; to: string } | null {
  const span = spanOf(campaign);
  const offset = campaign.utcOffsetMinutes;
  const end = parseInstant(watermark);
  if (span === null || end === undefined) return null;
  const first = startOfDate(span.from, offset);
  const lastRecord = campaign.recorded.to === null ? undefined : parseInstant(campaign.recorded.to);
  const to = lastRecord !== undefined && lastRecord < end ? lastRecord : end;
  if (to <= first) return null;
  return {
    from: formatWithOffset(first, offset),
    to: formatWithOffset(instant(Math.ceil(to / 1000) * 1000 > end ? end : Math.ceil(to / 1000) * 1000), offset),
  };
}

/** Where a waterfall begins by default: the named moment before the answer, else a week before it. */
export function defaultStart(campaign: Pick<CampaignView, 'moments' | 'utcOffsetMinutes'>, watermark: string): string {
  const end = parseInstant(watermark) ?? instant(0);
  const before = campaign.moments
    .map((m) => parseInstant(m.at))
    .filter((at) => at !== undefined && at < end)
    .sort((a, b) => (b ?? 0) - (a ?? 0))[0];
  return formatWithOffset(before ?? instant(end - 7 * 86_400_000), campaign.utcOffsetMinutes);
}

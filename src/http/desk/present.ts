import type { Sent } from '../../contract/common.ts';
import type { DeskView } from '../../contract/desk.ts';
import { dateOf, daysBetween, instant, type Instant } from '../../domain/kernel/instant.ts';
import { inCampaignTime, stampText, type Standing } from '../../domain/kernel/standing.ts';
import type { DeskSeen } from '../../usecases/desk/read.ts';

export function presentDesk({ standing, ...desk }: DeskSeen): Sent<DeskView> {
  const at = inCampaignTime(standing);
  const maybe = (x: Instant | null) => (x === null ? null : at(x));
  return {
    ...stampText(standing),
    ...desk,
    groups: desk.groups.map((g) => ({
      ...g,
      since: maybe(g.since),
      due: g.due === null ? null : dueText(g.due, standing),
      ahead: g.ahead.map((x) => ({ on: dueText(x.due, standing).on, count: x.count })),
      later: g.later === null ? null : { count: g.later.count, next: at(g.later.next) },
      lines: g.lines.map((line) => ({ ...line, since: maybe(line.since) })),
    })),
    sent: desk.sent.map((x) => ({ ...x, at: at(x.at) })),
    returned: desk.returned.map((x) => ({ ...x, at: at(x.at) })),
  };
}

/** The last day of a deadline that ends at an instant, with the days left. */
function dueText(end: Instant, { watermark, utcOffsetMinutes }: Standing): { on: string; daysLeft: number } {
  const on = dateOf(instant(end - 1), utcOffsetMinutes);
  return { on, daysLeft: daysBetween(dateOf(watermark, utcOffsetMinutes), on) };
}

import { sql, type RawBuilder } from 'kysely';
import type { Instant, PlainDate } from '../../domain/kernel/instant.ts';
import { ts } from '../database.ts';

/** What the last watch of an item says, as its act has it: the last day. */
function lastWatch(campaignId: number, item: string, asOf: Instant, what: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(select ${what} from (select payload::json ->> 'until' as until from acts a where a.campaign_id = ${campaignId}
    and a.stream_id = ${sql.raw(item)} and a.kind = 'ProblemWatched' and a.recorded_at <= ${ts(asOf)} order by a.stream_seq desc limit 1) w)`;
}

/** The last day of the last watch of an item; null where it has none. */
export function watchedUntil(campaignId: number, item: string, asOf: Instant): RawBuilder<unknown> {
  return lastWatch(campaignId, item, asOf, sql`until`);
}

/** That no watch of an item runs on a day: it ended before. A text that is no date holds nobody up. */
export function watchOver(campaignId: number, item: string, asOf: Instant, on: PlainDate): RawBuilder<unknown> {
  const over = sql`until !~ ${`^\\d{4}-\\d{2}-\\d{2}$`} or until < ${on}`;
  return sql`coalesce(${lastWatch(campaignId, item, asOf, over)}, true)`;
}

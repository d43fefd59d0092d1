import { sql, type RawBuilder } from 'kysely';
import type { Instant, PlainDate } from '../../domain/kernel/instant.ts';
import { ts } from '../database.ts';

/** The last day of the last watch of an item, as its act says it. A text that is no date holds nobody up. */
export function watchedUntil(campaignId: number, item: string, asOf: Instant): RawBuilder<unknown> {
  return sql`(select payload::json ->> 'until' from acts a where a.campaign_id = ${campaignId} and a.stream_id = ${sql.raw(item)}
    and a.kind = 'ProblemWatched' and a.recorded_at <= ${ts(asOf)} order by a.stream_seq desc limit 1)`;
}

/** That no watch of an item runs on a day: it ended before. */
export function watchOver(campaignId: number, item: string, asOf: Instant, on: PlainDate): RawBuilder<unknown> {
  return sql`coalesce(${watchedUntil(campaignId, item, asOf)}, '') !~ ${`^\\d{4}-\\d{2}-\\d{2}$`} or ${watchedUntil(campaignId, item, asOf)} < ${on}`;
}

import { sql } from 'kysely';
import { instant, type Instant } from '../../domain/kernel/instant.ts';
import { campaignStreamId, type CampaignRow } from '../acts/read.ts';
import type { Tx } from '../database.ts';
import type { Marks } from './marks.ts';

/** What a log needs to say from where on its acts carry marks. */
export interface BeforeMarks {
  /** Acts without a mark, all of an earlier release. */
  readonly unmarked: number;
  /** Where the next act of the campaign's own stream stands. */
  readonly seq: number;
  /** When it is recorded: behind everything that is stored, and behind what is numbered. */
  readonly at: Instant;
}

/** Reads that in the transaction that writes the act. */
export async function readBeforeMarks(tx: Tx, campaign: CampaignRow): Promise<BeforeMarks> {
  const r = await sql<{ unmarked: number; seq: number; last: number; clock: number; logged: number | null }>`
    with own as materialized (select pg_current_xact_id() as id)
    select (select count(*) from acts where campaign_id = ${campaign.id} and mark is null) as unmarked,
      (select coalesce(max(stream_seq), 0) + 1 from acts where campaign_id = ${campaign.id} and stream_id = ${campaignStreamId(campaign.id)}) as seq,
      (select max(coalesce(entered_at, recorded_at)) from acts where campaign_id = ${campaign.id}) as last,
      (select max(last_recorded_at) from log_checkpoints where campaign_id = ${campaign.id}) as logged,
      case when own.id is not null then clock_timestamp() end as clock
    from own`.execute(tx);
  const row = r.rows[0];
  if (row === undefined) throw new Error('no clock');
  const behind = Math.max(row.last, row.logged ?? 0) + 1;
  return { unmarked: row.unmarked, seq: row.seq, at: instant(Math.max(Math.floor(row.clock), behind)) };
}

/**
 * Size of the log at which marks began: said by the first act of the campaign's own stream that says so and is marked itself.
 * @returns 0 for a campaign whose acts all carry marks
 */
export async function marksBeganAt(tx: Tx, campaign: CampaignRow, marks: Marks): Promise<number> {
  const r = await sql<{ payload: string; leaf: Buffer; mark: Buffer | null }>`select payload, leaf, mark from acts
    where campaign_id = ${campaign.id} and stream_id = ${campaignStreamId(campaign.id)} and kind = 'LogMarksBegun' order by stream_seq`.execute(
    tx,
  );
  const first = r.rows.find((row) => marks.isRight(campaign.slug, row.leaf, row.mark));
  return first === undefined ? 0 : (JSON.parse(first.payload) as { size: number }).size;
}

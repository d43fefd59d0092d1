import { sql } from 'kysely';
import type { Act } from '../../domain/acts/act.ts';
import { instant, type Instant } from '../../domain/kernel/instant.ts';
import type { FactContext } from '../../domain/projections/context.ts';
import type { Known } from '../../domain/registers/changes.ts';
import type { RegisterItem } from '../../domain/registers/item.ts';
import { appendActs } from '../acts/append.ts';
import { PersonalBook, personalStatements } from '../acts/personal.ts';
import type { CampaignRow } from '../acts/read.ts';
import type { Marks } from '../log/marks.ts';
import { overClient, ts, type Database, type Tx } from '../database.ts';
import { locks } from '../locks.ts';
import { BulkWriter } from '../projections/bulk.ts';
import { writeProjections, type StreamChange } from '../projections/write.ts';

const pageSize = 2000;

/** A record of the campaign with its stream. */
export interface KnownRecord extends Known {
  readonly streamId: string;
}

/** Records as they stood at an instant, a page at a time by stream, so that memory does not grow with the register. */
export async function* knownRecords(tx: Tx, campaign: CampaignRow, asOf: Instant): AsyncGenerator<KnownRecord[]> {
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    // The last act that carries the record, and whether a later one says that it vanished.
    const r = await sql<{ stream_id: string; payload: string; vanished: boolean }>`
      with ids as (select distinct stream_id from acts where campaign_id = ${campaign.id} and stream = 'record' and stream_id > ${after}::uuid
        and recorded_at <= ${ts(asOf)} order by stream_id limit ${pageSize})
      select ids.stream_id, i.payload, l.kind = 'RecordVanished' as vanished from ids
      cross join lateral (select kind from acts where campaign_id = ${campaign.id} and stream_id = ids.stream_id and recorded_at <= ${ts(asOf)}
        order by stream_seq desc limit 1) l
      cross join lateral (select payload from acts where campaign_id = ${campaign.id} and stream_id = ids.stream_id and recorded_at <= ${ts(asOf)}
        and kind in ('RecordAppeared', 'RecordChanged') order by stream_seq desc limit 1) i
      order by ids.stream_id`.execute(tx);
    const last = r.rows.at(-1);
    if (last === undefined) return;
    after = last.stream_id;
    yield r.rows.map((row) => ({
      streamId: row.stream_id,
      item: (JSON.parse(row.payload) as { item: RegisterItem }).item,
      vanished: row.vanished,
    }));
  }
}

/** Which of these numbers stored records have, and under which stream. */
export async function numbersTaken(tx: Tx, campaign: CampaignRow, numbers: readonly string[]): Promise<Map<string, string>> {
  const r = await sql<{ id: string; no: string }>`select id, no from items where campaign_id = ${campaign.id} and kind = 'record'
    and no = any(${numbers as string[]}::text[])`.execute(tx);
  return new Map(r.rows.map((row) => [row.no, row.id]));
}

export interface Appender {
  readonly tx: Tx;
  /** Acts of the campaign itself. */
  addOwn(acts: readonly Act[]): Promise<void>;
  /** All acts of streams that were not there before. */
  addStreams(streams: readonly (readonly Act[])[]): Promise<void>;
  /** Further acts of streams that were. */
  continueStreams(changes: readonly StreamChange[]): Promise<void>;
}

/**
 * When what this transaction writes came in: read after its own id is known, as for any command, so that the watermark stays below it
 * until it is committed; and behind all that the log holds.
 */
async function entering(tx: Tx, campaign: CampaignRow): Promise<Instant> {
  const r = await sql<{ at: number; logged: number | null }>`with own as materialized (select pg_current_xact_id() as id)
    select case when own.id is not null then clock_timestamp() end as at,
      (select last_recorded_at from log_checkpoints where campaign_id = ${campaign.id} order by size desc limit 1) as logged from own`.execute(
    tx,
  );
  const row = r.rows[0];
  if (row === undefined) throw new Error('no clock');
  return instant(Math.max(Math.floor(row.at), (row.logged ?? 0) + 1));
}

/** Runs one import at a time for a campaign, in one transaction: all of it or nothing. */
export async function inSnapshot<T>(
  database: Database,
  campaign: CampaignRow,
  ctx: FactContext,
  facts: ReadonlyMap<string, number>,
  marks: Marks,
  work: (to: Appender) => Promise<T>,
): Promise<T> {
  const client = await database.pool.connect();
  try {
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock($1, $2)', [locks.snapshot, campaign.id]);
    const tx = overClient(client);
    const enteredAt = await entering(tx, campaign);
    const book = new PersonalBook(campaign);
    const append = async (acts: readonly Act[]) => {
      const sealed = acts.map((act) => book.seal(act));
      for (const statement of personalStatements(campaign, book.take())) await statement.execute(tx);
      await appendActs(tx, campaign, sealed, marks, enteredAt);
    };
    const result = await work({
      tx,
      addOwn: append,
      async addStreams(streams) {
        const writer = new BulkWriter(client, campaign, ctx, facts, marks, enteredAt);
        for (const acts of streams) writer.addStream(acts);
        await writer.finish();
      },
      async continueStreams(changes) {
        await append(changes.flatMap((c) => c.after.slice(c.before.length)));
        await writeProjections(tx, campaign, changes, ctx, facts);
      },
    });
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

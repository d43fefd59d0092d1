import { type RawBuilder, sql } from 'kysely';
import type pg from 'pg';
import type { Act } from '../../domain/acts/act.ts';
import { listActsOfStreams, type CampaignRow } from './read.ts';
import type { Tx } from '../database.ts';

/** Opens the streams of acts that come first in theirs. An id in use violates the key of `streams`. */
export function streamStatements(campaign: CampaignRow, acts: readonly Act[]): RawBuilder<unknown>[] {
  const opened = acts.filter((a) => a.seq === 1);
  const out: RawBuilder<unknown>[] = [];
  for (let i = 0; i < opened.length; i += 1000) {
    const part = opened.slice(i, i + 1000);
    out.push(sql`insert into streams (campaign_id, id, kind) select ${campaign.id}::bigint, t.id, t.kind
      from unnest(${part.map((a) => a.streamId)}::uuid[], ${part.map((a) => a.stream)}::text[]) as t(id, kind)`);
  }
  return out;
}

/**
 * Holds streams until the transaction ends and returns their acts as they stand then: a command that appends to one of them waits,
 * and what it waited for is read. Taken in the order of their ids, so that two who hold the same ones never wait in a ring.
 * @returns acts by stream; a stream that does not exist is missing
 */
export async function holdStreams(tx: Tx, campaign: CampaignRow, ids: readonly string[]): Promise<Map<string, Act[]>> {
  if (ids.length === 0) return new Map();
  await sql`select 1 from streams where campaign_id = ${campaign.id} and id = any(${ids as string[]}::uuid[]) order by id for update`.execute(
    tx,
  );
  // A statement of its own: its snapshot is taken after the wait.
  return listActsOfStreams(tx, campaign, ids);
}

/** The reference of acts to their streams, as it is taken away for loading very many rows and put back. */
const reference = 'foreign key (campaign_id, stream_id, stream) references streams (campaign_id, id, kind)';

/** Takes the reference of acts to their streams away, in a transaction that puts it back. */
export async function dropStreamReference(client: pg.ClientBase): Promise<void> {
  await client.query('alter table acts drop constraint acts_stream_fkey');
}

/** Puts the reference back, with rows for streams that lack one (a backup of an earlier version). */
export async function addStreamReference(client: pg.ClientBase): Promise<void> {
  await client.query(`insert into streams (campaign_id, id, kind) select campaign_id, stream_id, stream from acts a where stream_seq = 1
    and not exists (select 1 from streams s where s.campaign_id = a.campaign_id and s.id = a.stream_id)`);
  await client.query(`alter table acts add constraint acts_stream_fkey ${reference} not valid`);
  await client.query(
    `do $$ begin alter table acts validate constraint acts_stream_fkey; exception when foreign_key_violation then null; end $$`,
  );
}

import { sql } from 'kysely';
import type pg from 'pg';
import type { Act } from '../../domain/acts/act.ts';
import { importer } from '../acts/latest.ts';
import type { FactContext } from '../../domain/projections/context.ts';
import { streamRows, type CampaignRow } from '../acts/read.ts';
import { fromRow, rowOf, type ActRow } from '../acts/rows.ts';
import { overClient, type Database, type Tx } from '../database.ts';
import { dropMarks, listMarks, remakeMarks } from '../figures/marks.ts';
import { BulkWriter } from './bulk.ts';

/** Everything that is made from the acts and can be made again. */
export const projections = [
  'items',
  'item_texts',
  'item_spans',
  'fact_spans',
  'evidence_seen',
  'evidence_objects',
  'sources',
  'total_marks',
  'figure_totals',
] as const;
export type ProjectionTable = (typeof projections)[number];

/** What a table held: the number of its rows and a sum over their hashes, so that the order of rows does not matter. */
export interface Digest {
  readonly rows: number;
  readonly hash: string;
}

export interface BadAct {
  readonly id: string;
  readonly stream: string;
  readonly streamId: string;
  readonly seq: number;
  readonly what: 'leaf' | 'payload' | 'sequence' | 'time';
}

export interface Rebuilt {
  readonly streams: number;
  readonly acts: number;
  readonly tables: readonly { readonly table: ProjectionTable; readonly before: Digest; readonly after: Digest }[];
  readonly badActs: number;
  readonly firstBad: BadAct | null;
}

/** Digest of a campaign's rows of a projection. */
export async function digestOf(tx: Tx, campaignId: number, table: ProjectionTable): Promise<Digest> {
  const r = await sql<{
    rows: number;
    hash: string;
  }>`select count(*) as rows, coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text as hash
    from ${sql.table(table)} t where campaign_id = ${campaignId}`.execute(tx);
  return r.rows[0] ?? { rows: 0, hash: '0' };
}

async function digests(tx: Tx, campaignId: number): Promise<Map<ProjectionTable, Digest>> {
  const out = new Map<ProjectionTable, Digest>();
  for (const table of projections) out.set(table, await digestOf(tx, campaignId, table));
  return out;
}

/**
 * Drops a campaign's projections and makes them again from its acts, in one transaction, checking each act's hash on the way.
 *
 * Writers wait meanwhile; readers see the old rows until the end. Totals come back at the marks where they stood, so that every
 * table can be compared with what it was. With `keep`, what was rebuilt is kept even where it differs: the acts are what is true;
 * without, everything stays as it was.
 */
export async function rebuildProjections(
  database: Database,
  campaign: CampaignRow,
  ctx: FactContext,
  facts: ReadonlyMap<string, number>,
  keep: boolean,
  progress?: (done: { streams: number; acts: number }) => void,
): Promise<Rebuilt> {
  const client = await database.pool.connect();
  try {
    await client.query('begin');
    // Acts first: a writer takes them first as well.
    await client.query(`lock table acts, ${projections.join(', ')} in share row exclusive mode`);
    const tx = overClient(client);
    const before = await digests(tx, campaign.id);
    const marks = await listMarks(tx, campaign.id);
    await dropMarks(tx, campaign.id);
    for (const table of ['items', 'item_texts', 'item_spans', 'fact_spans', 'evidence_seen', 'evidence_objects', 'sources'] as const) {
      await sql`delete from ${sql.table(table)} where campaign_id = ${campaign.id}`.execute(tx);
    }
    const done = await projectAll(client, tx, campaign, ctx, facts, progress);
    await remakeMarks(tx, campaign, marks);
    const after = await digests(tx, campaign.id);
    await client.query(keep ? 'commit' : 'rollback');
    const empty: Digest = { rows: 0, hash: '0' };
    const tables = projections.map((table) => ({ table, before: before.get(table) ?? empty, after: after.get(table) ?? empty }));
    return { ...done, tables };
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

async function projectAll(
  client: pg.PoolClient,
  tx: Tx,
  campaign: CampaignRow,
  ctx: FactContext,
  facts: ReadonlyMap<string, number>,
  progress: ((done: { streams: number; acts: number }) => void) | undefined,
): Promise<Omit<Rebuilt, 'tables'>> {
  const writer = new BulkWriter(client, campaign, ctx, facts, null);
  let acts = 0;
  let badActs = 0;
  let firstBad: BadAct | null = null;
  for await (const rows of streamRows(tx, campaign)) {
    const stream: Act[] = [];
    let previous: ActRow | undefined;
    for (const row of rows) {
      if (row.stream_id !== previous?.stream_id) {
        writer.addProjection(stream.splice(0));
        previous = undefined;
      }
      const act = fromRow(row, campaign.slug);
      const what = wrongIn(row, act, previous);
      if (what !== undefined) {
        badActs++;
        firstBad ??= { id: row.id, stream: row.stream, streamId: row.stream_id, seq: row.stream_seq, what };
      }
      stream.push(act);
      previous = row;
    }
    writer.addProjection(stream);
    acts += rows.length;
    await writer.drain();
    progress?.({ streams: writer.streams, acts });
  }
  await writer.finish();
  return { streams: writer.streams, acts, badActs, firstBad };
}

/** What is wrong with a stored act: content that its hash does not stand for, or a place or time out of order. */
function wrongIn(row: ActRow, act: Act, previous: ActRow | undefined): BadAct['what'] | undefined {
  const again = rowOf(act);
  // The same content in another form would pass here and fail whoever checks the stored text.
  if (again.payload !== row.payload) return 'payload';
  if (!again.leaf.equals(row.leaf)) return 'leaf';
  if (row.stream_seq !== (previous?.stream_seq ?? 0) + 1) return 'sequence';
  // Records are recorded at their snapshot's time, whatever people did in the same stream meanwhile.
  const oneClock = (row.actor_id === importer) === (previous?.actor_id === importer);
  return previous !== undefined && oneClock && row.recorded_at < previous.recorded_at ? 'time' : undefined;
}

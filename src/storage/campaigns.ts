import { sql } from 'kysely';
import type pg from 'pg';
import type { Act } from '../domain/acts/act.ts';
import type { CampaignSettings } from '../domain/campaign/settings.ts';
import { factContext } from '../domain/projections/context.ts';
import { factsOfCampaign } from '../domain/projections/fact-list.ts';
import { instant, type Instant } from '../domain/kernel/instant.ts';
import { campaignStreamId, type CampaignRow } from './acts/read.ts';
import { ts, type Database, type Tx } from './database.ts';
import { locks } from './locks.ts';
import { FactNames } from './projections/fact-names.ts';
import type { Marks } from './log/marks.ts';
import { BulkWriter, withoutIndexes } from './projections/bulk.ts';
import { writeMarks } from './figures/marks.ts';

/** Makes the row of a new campaign; two makers of the same slug: the second is told so. */
export async function insertCampaign(tx: Tx, slug: string, mode: CampaignRow['mode'], at: Instant): Promise<CampaignRow | 'exists'> {
  await sql`select pg_advisory_xact_lock(${sql.lit(locks.campaigns)})`.execute(tx);
  const r = await sql<CampaignRow>`insert into campaigns (id, slug, mode, created_at)
    select coalesce(max(id), 0) + 1, ${slug}, ${mode}, ${ts(at)} from campaigns on conflict (slug) do nothing returning id, slug, mode`.execute(
    tx,
  );
  return r.rows[0] ?? 'exists';
}

export interface LoadOptions {
  readonly settings: CampaignSettings;
  /** Marks each act. */
  readonly marks: Marks;
  /** Streams of the campaign; the campaign's own stream is asked for once its number is known. */
  readonly streams: (campaignStream: string) => Iterable<readonly Act[]>;
  readonly now: Instant;
  /** Very many rows: indexes are dropped and built again around the load. */
  readonly large: boolean;
  readonly progress?: (done: { readonly streams: number; readonly acts: number }) => void;
  readonly signal?: AbortSignal;
}

export interface Loaded {
  readonly campaign: CampaignRow;
  readonly streams: number;
  readonly acts: number;
}

/**
 * Loads a whole campaign in one transaction: all of it or nothing. The acts go through the same projection as single commands.
 * @returns 'exists' when a campaign of that slug is there already
 */
export async function loadCampaign(database: Database, options: LoadOptions): Promise<Loaded | 'exists'> {
  const names = FactNames.of(database.pool);
  const facts = await names.ensure(database.db, factsOfCampaign(options.settings));
  const done = await writeCampaign(database, options, facts);
  if (done === 'exists') return 'exists';
  await settle(database, done.loaded.campaign, done.last, options.settings.utcOffsetMinutes);
  return done.loaded;
}

/** The transaction of a load. What comes after it has connections of its own, so this one is given back first. */
async function writeCampaign(
  database: Database,
  options: LoadOptions,
  facts: ReadonlyMap<string, number>,
): Promise<{ loaded: Loaded; last: Instant } | 'exists'> {
  const client = await database.pool.connect();
  try {
    await client.query('begin');
    const campaign = await makeRow(client, options);
    if (campaign === 'exists') {
      await client.query('rollback');
      return 'exists';
    }
    const writer = new BulkWriter(client, campaign, factContext(options.settings), facts, options.marks);
    const load = async () => {
      let last: Instant = instant(0);
      for (const acts of options.streams(campaignStreamId(campaign.id))) {
        options.signal?.throwIfAborted();
        writer.addStream(acts);
        for (const act of acts) if (act.recordedAt > last) last = act.recordedAt;
        if (writer.streams % 32 === 0) {
          await writer.drain();
          options.progress?.({ streams: writer.streams, acts: writer.acts });
        }
      }
      await writer.finish();
      return last;
    };
    const last = options.large ? await withoutIndexes(client, load) : await load();
    await client.query('commit');
    return { loaded: { campaign, streams: writer.streams, acts: writer.acts }, last };
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

async function makeRow(client: pg.PoolClient, options: LoadOptions): Promise<CampaignRow | 'exists'> {
  await client.query('select pg_advisory_xact_lock($1)', [locks.campaigns]);
  const r = await client.query<CampaignRow>(
    `insert into campaigns (id, slug, mode, created_at) select coalesce(max(id), 0) + 1, $1, $2, $3 from campaigns
     on conflict (slug) do nothing returning id, slug, mode`,
    [options.settings.slug, options.settings.mode, ts(options.now)],
  );
  return r.rows[0] ?? 'exists';
}

/** After a load: statistics and visibility for the planner, then totals. */
export async function settle(database: Database, campaign: CampaignRow, upTo: Instant, utcOffsetMinutes: number): Promise<void> {
  for (const table of ['acts', 'items', 'item_texts', 'item_spans', 'fact_spans', 'sources', 'evidence_seen']) {
    await database.pool.query(`vacuum (analyze) ${table}`);
  }
  await writeMarks(database.db, campaign, upTo, utcOffsetMinutes);
  await database.pool.query('vacuum (analyze) figure_totals');
}

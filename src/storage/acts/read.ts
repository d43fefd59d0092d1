import { sql } from 'kysely';
import type { Act } from '../../domain/acts/act.ts';
import { foldCampaign, type Campaign } from '../../domain/campaign/campaign.ts';
import type { Instant } from '../../domain/kernel/instant.ts';
import { ts, type Tx } from '../database.ts';
import { actColumns, fromRow, type ActRow } from './rows.ts';

export interface CampaignRow {
  readonly id: number;
  readonly slug: string;
  readonly mode: 'live' | 'synthetic' | 'historic';
}

const columns = sql.raw(actColumns);

/** Rows of campaigns by database: neither number nor name nor mode of a campaign ever changes. */
const rowsOf = new WeakMap<object, Map<string, CampaignRow>>();

export async function findCampaign(tx: Tx, slug: string): Promise<CampaignRow | undefined> {
  const known = rowsOf.get(tx)?.get(slug);
  if (known !== undefined) return known;
  const r = await sql<CampaignRow>`select id, slug, mode from campaigns where slug = ${slug}`.execute(tx);
  const row = r.rows[0];
  if (row !== undefined) rowsOf.set(tx, (rowsOf.get(tx) ?? new Map<string, CampaignRow>()).set(slug, row));
  return row;
}

export async function listCampaigns(tx: Tx): Promise<CampaignRow[]> {
  return (await sql<CampaignRow>`select id, slug, mode from campaigns order by id`.execute(tx)).rows;
}

/** Acts of one stream in order, up to an instant of recording if one is given. */
export async function listStreamActs(tx: Tx, campaign: CampaignRow, streamId: string, asOf?: Instant): Promise<Act[]> {
  const r = await sql<ActRow>`select ${columns} from acts where campaign_id = ${campaign.id} and stream_id = ${streamId}
    and recorded_at <= ${ts(asOf ?? Infinity)} order by stream_seq`.execute(tx);
  return r.rows.map((row) => fromRow(row, campaign.slug));
}

/** The stream that an act of a campaign stands in. */
export async function findStreamOf(tx: Tx, campaignId: number, actId: string): Promise<string | undefined> {
  const r = await sql<{ stream_id: string }>`select stream_id from acts where campaign_id = ${campaignId} and id = ${actId}::uuid`.execute(
    tx,
  );
  return r.rows[0]?.stream_id;
}

/** Acts of several streams, grouped by stream. */
export async function listActsOfStreams(tx: Tx, campaign: CampaignRow, ids: readonly string[]): Promise<Map<string, Act[]>> {
  const r = await sql<ActRow>`select ${columns} from acts where campaign_id = ${campaign.id}
    and stream_id = any(${ids as string[]}::uuid[]) order by stream_id, stream_seq`.execute(tx);
  const out = new Map<string, Act[]>();
  for (const row of r.rows) {
    const acts = out.get(row.stream_id) ?? [];
    acts.push(fromRow(row, campaign.slug));
    out.set(row.stream_id, acts);
  }
  return out;
}

/** Campaigns as folded, by their last act: the campaign's own stream is short and read often. */
const cache = new Map<string, Campaign>();

/** The campaign as of an instant; undefined when it had not been opened by then. */
export async function getCampaignState(tx: Tx, campaign: CampaignRow, asOf?: Instant): Promise<Campaign | undefined> {
  const r = await sql<CampaignEnd>`select encode(leaf, 'hex') as leaf, stream_seq as seq from acts where campaign_id = ${campaign.id}
    and stream_id = ${campaignStreamId(campaign.id)} and recorded_at <= ${ts(asOf ?? Infinity)} order by stream_seq desc limit 1`.execute(
    tx,
  );
  const end = r.rows[0];
  return end === undefined ? undefined : getCampaignAt(tx, campaign, end, asOf);
}

/** The act up to which a campaign's own stream is read: its hash, and its place. */
export interface CampaignEnd {
  readonly leaf: string;
  readonly seq: number;
}

/** The campaign as one of its acts left it. */
export async function getCampaignAt(tx: Tx, campaign: CampaignRow, end: CampaignEnd, asOf?: Instant): Promise<Campaign | undefined> {
  // The last act's hash names the state, in whatever database it stands.
  const key = `${campaign.id}/${end.leaf}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  // Another act may have been committed since the end was looked up: it is none of this state's.
  const acts = (await listStreamActs(tx, campaign, campaignStreamId(campaign.id), asOf)).filter((act) => act.seq <= end.seq);
  const state = foldCampaign(acts, asOf);
  if (state !== undefined) {
    if (cache.size > 200) cache.clear();
    cache.set(key, state);
  }
  return state;
}

/** The campaign's own stream has an id made of its number. */
export function campaignStreamId(campaignId: number): string {
  return `00000000-0000-7000-8000-${campaignId.toString(16).padStart(12, '0')}`;
}

/** Rows of whole streams, some thousand streams at a time, in order of stream and place: for rebuilding and for proofs. */
export async function* streamRows(tx: Tx, campaign: CampaignRow, size = 2000): AsyncGenerator<ActRow[]> {
  // From no id on: a client may have brought the smallest one there is.
  let after = sql``;
  for (;;) {
    const r = await sql<ActRow>`select ${columns} from acts where campaign_id = ${campaign.id} and stream_id in (
        select distinct stream_id from acts where campaign_id = ${campaign.id}${after} order by stream_id limit ${size}
      ) order by stream_id, stream_seq`.execute(tx);
    const last = r.rows.at(-1);
    if (last === undefined) return;
    after = sql` and stream_id > ${last.stream_id}::uuid`;
    yield r.rows;
  }
}

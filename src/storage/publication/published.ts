import { sql } from 'kysely';
import type { Act } from '../../domain/acts/act.ts';
import { publishedFigures, type PublishedFigures } from '../../domain/publication/published.ts';
import type { Tx } from '../database.ts';
import type { CampaignRow } from '../acts/read.ts';
import { actColumns, fromRow, type ActRow } from '../acts/rows.ts';

/** Instants that are public as the transaction sees them, ascending: read from the acts, so that nothing else has to be up to date. */
export async function publishedIn(tx: Tx, campaign: CampaignRow): Promise<PublishedFigures[]> {
  const r = await sql<ActRow>`select ${sql.raw(actColumns)} from acts where campaign_id = ${campaign.id} and stream = 'publication'
    order by recorded_at, stream_id, stream_seq`.execute(tx);
  const streams = new Map<string, Act[]>();
  for (const row of r.rows) streams.set(row.stream_id, [...(streams.get(row.stream_id) ?? []), fromRow(row, campaign.slug)]);
  return publishedFigures(streams.values());
}

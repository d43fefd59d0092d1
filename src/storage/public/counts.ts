import { sql } from 'kysely';
import type { Instant } from '../../domain/kernel/instant.ts';
import { ts, type Tx } from '../database.ts';

/** How many things count under a fact as of an instant, by place and aspect. */
export async function countsByPlaceAndAspect(
  tx: Tx,
  campaignId: number,
  fact: number,
  asOf: Instant,
): Promise<{ place: number; aspect: number; n: number }[]> {
  const r = await sql<{ place: number; aspect: number; n: number }>`select place, aspect, count(*) as n from fact_spans
    where campaign_id = ${campaignId} and fact = ${fact} and from_at <= ${ts(asOf)} and to_at > ${ts(asOf)}
    group by place, aspect order by place, aspect`.execute(tx);
  return r.rows;
}

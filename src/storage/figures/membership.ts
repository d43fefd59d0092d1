import { sql } from 'kysely';
import type { Instant } from '../../domain/kernel/instant.ts';
import { ts, type Tx } from '../database.ts';

/** Under which facts one thing counts as of an instant. */
export async function countedSubjects(
  tx: Tx,
  campaignId: number,
  id: string,
  asOf: Instant,
): Promise<{ fact: number; batch: number; aspect: number; type: number; measure: number }[]> {
  const r = await sql<{
    fact: number;
    batch: number;
    aspect: number;
    type: number;
    measure: number;
  }>`select fact, batch, aspect, type, measure
    from fact_spans where campaign_id = ${campaignId} and subject_id = ${id} and from_at <= ${ts(asOf)} and to_at > ${ts(asOf)}`.execute(
    tx,
  );
  return r.rows;
}

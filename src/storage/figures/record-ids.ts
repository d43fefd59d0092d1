import { instant } from '../../domain/kernel/instant.ts';
import type { Tx } from '../database.ts';
import { recordIdsSql, type RecordsRequest } from './records.ts';

const page = 50_000;

/** The ids of every record a part of a figure counts. */
export async function listRecordIds(tx: Tx, q: Omit<RecordsRequest, 'after' | 'limit'>): Promise<string[]> {
  const out: string[] = [];
  for (let after: RecordsRequest['after']; ; ) {
    const query = await recordIdsSql(tx, { ...q, after, limit: page });
    if (query === undefined) return out;
    const { rows } = await query.execute(tx);
    for (const row of rows) out.push(row.id);
    const last = rows.at(-1);
    if (last === undefined || rows.length < page) return out;
    after = { place: last.place, from: instant(last.from_at), id: last.id };
  }
}

import { sql } from 'kysely';
import type { Tx } from '../database.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a text is an id rather than a number. */
export function isId(text: string): boolean {
  return uuid.test(text);
}

/** Id of an item given by id or by number. */
export async function findItemId(tx: Tx, campaignId: number, kind: string, idOrNo: string): Promise<string | undefined> {
  const r = await sql<{ id: string }>`select id from items where campaign_id = ${campaignId} and kind = ${kind}
    and ${uuid.test(idOrNo) ? sql`id = ${idOrNo}::uuid` : sql`no = ${idOrNo}`}`.execute(tx);
  return r.rows[0]?.id;
}

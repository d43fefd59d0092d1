import { sql } from 'kysely';
import type { Instant } from '../../domain/kernel/instant.ts';
import { ts, type Tx } from '../database.ts';

export interface SavedView {
  readonly id: string;
  readonly name: string;
  readonly query: string;
}

export async function listSavedViews(tx: Tx, userId: string, campaign: string): Promise<SavedView[]> {
  return (
    await sql<SavedView>`select id, name, query from saved_views where user_id = ${userId} and campaign = ${campaign} order by created_at limit 100`.execute(
      tx,
    )
  ).rows;
}

export async function insertSavedView(tx: Tx, v: SavedView & { userId: string; campaign: string; at: Instant }): Promise<void> {
  await sql`insert into saved_views (id, user_id, campaign, name, query, created_at) values (${v.id}, ${v.userId}, ${v.campaign}, ${v.name}, ${v.query}, ${ts(v.at)})`.execute(
    tx,
  );
}

export async function deleteSavedView(tx: Tx, userId: string, id: string): Promise<boolean> {
  const r = await sql`delete from saved_views where id = ${id} and user_id = ${userId}`.execute(tx);
  return (r.numAffectedRows ?? 0n) > 0n;
}

export async function renameSavedView(tx: Tx, userId: string, id: string, name: string): Promise<boolean> {
  const r = await sql`update saved_views set name = ${name} where id = ${id} and user_id = ${userId}`.execute(tx);
  return (r.numAffectedRows ?? 0n) > 0n;
}

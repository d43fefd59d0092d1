import { sql } from 'kysely';
import type { Services } from './services.ts';

/** Whether the database answers and would take a write. */
export async function ping(s: Services): Promise<boolean> {
  const r = await sql<{ standby: boolean }>`select pg_is_in_recovery() as standby`.execute(s.database.db);
  return r.rows[0]?.standby === false;
}

import { deleteOverdueSessions, deleteStaleCounts } from '../../storage/access/sessions.ts';
import type { Services } from '../services.ts';

/** Drops sessions that are over and counts of tries to sign in that no longer count. */
export async function sweepAccess(s: Services): Promise<void> {
  await deleteOverdueSessions(s.database.db);
  await deleteStaleCounts(s.database.db);
}

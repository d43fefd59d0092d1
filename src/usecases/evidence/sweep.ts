import { idleIncoming, removeIncoming } from '../../storage/evidence/incoming.ts';
import { deleteExpiredUploads, openUploads } from '../../storage/evidence/uploads.ts';
import type { Services } from '../services.ts';

/** Drops uploads that have expired, and files whose upload is gone. Answers how many. */
export async function sweepUploads(s: Services): Promise<number> {
  const now = s.now();
  const gone = new Set(await deleteExpiredUploads(s.database.db, now));
  const idle = await idleIncoming(s.incoming, now);
  const known = await openUploads(s.database.db, idle);
  for (const id of idle) if (!known.has(id)) gone.add(id);
  for (const id of gone) await removeIncoming(s.incoming, id);
  return gone.size;
}

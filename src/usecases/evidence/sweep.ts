import { idleIncoming, removeIncoming } from '../../storage/evidence/incoming.ts';
import { deleteExpiredUploads, openUploads } from '../../storage/evidence/uploads.ts';
import type { Services } from '../services.ts';

/** Forgets uploads that have expired, with what of their files lies here. Answers how many. */
export async function dropExpiredUploads(s: Services): Promise<number> {
  const gone = await deleteExpiredUploads(s.database.db);
  for (const id of gone) await removeIncoming(s.incoming, id);
  return gone.length;
}

/** Takes away files of this machine whose upload is gone, or completed, and that nobody has touched for an hour. Answers how many. */
export async function sweepIncoming(s: Services, signal?: AbortSignal): Promise<number> {
  const idle = await idleIncoming(s.incoming, s.now());
  const known = await openUploads(s.database.db, idle);
  const gone = idle.filter((id) => !known.has(id));
  for (const id of gone) {
    signal?.throwIfAborted();
    await removeIncoming(s.incoming, id);
  }
  return gone.length;
}

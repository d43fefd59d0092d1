import { takesWrites } from '../storage/health.ts';
import type { Services } from './services.ts';

/** Whether the database answers and would take a write. */
export function ping(s: Services): Promise<boolean> {
  return takesWrites(s.database.db);
}

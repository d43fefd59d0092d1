import { sweepAccess } from '../../usecases/access/sweep.ts';
import type { Job } from '../runner/job.ts';

/** Drops sessions that are over and counts of tries that no longer count. */
export const sweepSessions: Job = {
  name: 'access.sweep',
  scope: 'installation',
  everyMs: 600_000,
  limitMs: 60_000,
  run: ({ services }) => sweepAccess(services),
};

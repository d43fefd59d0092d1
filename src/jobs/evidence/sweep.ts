import { dropExpiredUploads, sweepIncoming } from '../../usecases/evidence/sweep.ts';
import type { Job } from '../runner/job.ts';

/** Forgets uploads that nobody completed. */
export const expireUploads: Job = {
  name: 'evidence.expire-uploads',
  scope: 'installation',
  everyMs: 600_000,
  limitMs: 60_000,
  run: async ({ services }) => void (await dropExpiredUploads(services)),
};

/** Takes away files whose upload is gone. Each process has a folder of its own for what comes in. */
export const sweepFiles: Job = {
  name: 'evidence.sweep-incoming',
  scope: 'process',
  everyMs: 600_000,
  limitMs: 300_000,
  run: async ({ services, signal }) => void (await sweepIncoming(services, signal)),
};

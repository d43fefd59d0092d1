import { sweepSessions } from './access/sweep.ts';
import { expireUploads, sweepFiles } from './evidence/sweep.ts';
import { writeTotals } from './figures/totals.ts';
import { anchorJobs, type AnchorPlan } from './log/anchor.ts';
import { sequenceLog } from './log/sequence.ts';
import type { Job } from './runner/job.ts';

/** Everything that the product does on a schedule. */
export function allJobs(anchors: AnchorPlan): Job[] {
  return [sequenceLog, ...anchorJobs(anchors), writeTotals, expireUploads, sweepFiles, sweepSessions];
}

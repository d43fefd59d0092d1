import { writeCampaignMarks } from '../../usecases/figures/marks.ts';
import type { Job } from '../runner/job.ts';

/** Writes totals at new marks, so that no question has to add up many edges. Answers are right without them, only slower. */
export const writeTotals: Job = {
  name: 'figures.totals',
  scope: 'campaign',
  everyMs: 600_000,
  firstMs: 600_000,
  limitMs: 1_800_000,
  run: async ({ services, campaign, signal }) => void (await writeCampaignMarks(services, campaign, signal)),
};

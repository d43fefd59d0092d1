import { sequenceCampaign } from '../../usecases/log/sequence.ts';
import type { Job } from '../runner/job.ts';

/** Numbers and signs a campaign's log: an act is in it within a second of its recording. */
export const sequenceLog: Job = {
  name: 'log.sequence',
  scope: 'campaign',
  everyMs: 400,
  limitMs: 300_000,
  backOffMs: 5000,
  run: async ({ services, campaign, signal }) => void (await sequenceCampaign(services, campaign, signal)),
};

import { isRefusal } from '../domain/kernel/refusal.ts';
import { campaignExists } from '../usecases/campaign/load-generated.ts';
import type { Services } from '../usecases/services.ts';
import { demoPlan, simulate } from './simulate.ts';

export const demoCampaign = 'shanxi-2019';

/** Seeds the demo campaign unless it is there; true when it was seeded now. */
export async function ensureDemo(s: Services, progress?: (done: { streams: number; acts: number }) => void): Promise<boolean> {
  if (await campaignExists(s, demoCampaign)) return false;
  const { plan, keyTasks } = await demoPlan();
  const result = await simulate(s, plan, keyTasks, progress);
  // Someone else seeding at the same moment has done the work.
  return !isRefusal(result);
}

import { shanxiKeyTasks, shanxiPlan } from '../domain/simulation/shanxi-2019.ts';
import { isRefusal } from '../domain/kernel/refusal.ts';
import { campaignExists, simulate } from '../usecases/campaign/simulate.ts';
import type { Services } from '../usecases/services.ts';
import { airStations, shanxiData } from './seeds.ts';

export const demoCampaign = 'shanxi-2019';

/** Seeds the demo campaign unless it is there; true when it was seeded now. */
export async function ensureDemo(s: Services, progress?: (done: { streams: number; acts: number }) => void): Promise<boolean> {
  if (await campaignExists(s, demoCampaign)) return false;
  const result = await simulate(s, shanxiPlan(await shanxiData()), shanxiKeyTasks(await airStations()), progress);
  // Someone else seeding at the same moment has done the work.
  return !isRefusal(result);
}

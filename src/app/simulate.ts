import type { KeyTask } from '../domain/campaign/settings.ts';
import type { Refusal } from '../domain/kernel/refusal.ts';
import { generate, tellCampaign } from '../demo/generate.ts';
import type { SimulationPlan } from '../demo/plan.ts';
import { scalePlan, shanxiKeyTasks, shanxiPlan } from '../demo/shanxi-2019.ts';
import type { Loaded } from '../storage/campaigns.ts';
import { loadGenerated } from '../usecases/campaign/load-generated.ts';
import type { Services } from '../usecases/services.ts';
import { airStations, shanxiData } from './seeds.ts';

/**
 * Generates a campaign and loads it: the same decisions, projections and definitions as anybody's, written in bulk.
 * @refuses campaign.exists
 */
export function simulate(
  s: Services,
  plan: SimulationPlan,
  keyTasks: readonly KeyTask[],
  progress?: (done: { streams: number; acts: number }) => void,
  signal?: AbortSignal,
): Promise<Loaded | Refusal> {
  const generated = {
    settings: plan.settings,
    problems: plan.batches.reduce((n, b) => n + b.size, 0),
    streams: function* (campaignStream: string) {
      yield tellCampaign(plan, campaignStream, keyTasks);
      yield* generate(plan);
    },
  };
  return loadGenerated(s, generated, progress, signal);
}

/** The demo campaign as it is published, with its key tasks. */
export async function demoPlan(): Promise<{ plan: SimulationPlan; keyTasks: readonly KeyTask[] }> {
  return { plan: shanxiPlan(await shanxiData()), keyTasks: shanxiKeyTasks(await airStations()) };
}

/** The same campaign with another number of problems. */
export async function scaledPlan(
  slug: string,
  problems: number,
  seed: number,
): Promise<{ plan: SimulationPlan; keyTasks: readonly KeyTask[] }> {
  const { plan, keyTasks } = await demoPlan();
  return { plan: scalePlan(plan, slug, problems, seed), keyTasks };
}

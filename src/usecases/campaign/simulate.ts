import type { Instant } from '../../domain/kernel/instant.ts';
import type { KeyTask } from '../../domain/campaign/settings.ts';
import { refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import { generate, tellCampaign } from '../../domain/simulation/generate.ts';
import type { SimulationPlan } from '../../domain/simulation/plan.ts';
import { loadCampaign, type Loaded } from '../../storage/campaigns.ts';
import { findCampaign } from '../../storage/acts/read.ts';
import type { Services } from '../services.ts';

/** From how many supervised problems on it pays to drop indexes around the load. */
const largeFrom = 150_000;

/**
 * Generates a campaign and loads it: the same decisions, projections and definitions as anybody's, written in bulk.
 * @refuses campaign.exists
 */
export async function simulate(
  s: Services,
  plan: SimulationPlan,
  keyTasks: readonly KeyTask[],
  progress?: (done: { streams: number; acts: number }) => void,
  signal?: AbortSignal,
): Promise<Loaded | Refusal> {
  const loaded = await loadCampaign(s.database, {
    settings: plan.settings,
    marks: s.marks,
    now: s.now() as Instant,
    large: plan.batches.reduce((n, b) => n + b.size, 0) >= largeFrom,
    streams: function* (campaignStream) {
      yield tellCampaign(plan, campaignStream, keyTasks);
      yield* generate(plan);
    },
    ...(progress === undefined ? {} : { progress }),
    ...(signal === undefined ? {} : { signal }),
  });
  return loaded === 'exists' ? refuse('campaign.exists', { campaign: plan.settings.slug }) : loaded;
}

export async function campaignExists(s: Services, slug: string): Promise<boolean> {
  return (await findCampaign(s.database.db, slug)) !== undefined;
}

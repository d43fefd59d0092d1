import type { Act } from '../../domain/acts/act.ts';
import type { CampaignSettings } from '../../domain/campaign/settings.ts';
import { refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import { findCampaign } from '../../storage/acts/read.ts';
import { loadCampaign, type Loaded } from '../../storage/campaigns.ts';
import type { Services } from '../services.ts';

/** From how many problems on it pays to drop indexes around the load. */
const largeFrom = 150_000;

/** A campaign that was generated: its settings, about how many problems it has, and the acts of each of its streams. */
export interface Generated {
  readonly settings: CampaignSettings;
  readonly problems: number;
  /** @param campaignStream  id of the campaign's own stream, which comes first */
  readonly streams: (campaignStream: string) => Iterable<readonly Act[]>;
}

/**
 * Loads a generated campaign: the same projections and definitions as anybody's, written in bulk.
 * @refuses campaign.exists
 */
export async function loadGenerated(
  s: Services,
  generated: Generated,
  progress?: (done: { streams: number; acts: number }) => void,
  signal?: AbortSignal,
): Promise<Loaded | Refusal> {
  const { settings, problems, streams } = generated;
  const loaded = await loadCampaign(s.database, {
    settings,
    marks: s.marks,
    now: s.now(),
    large: problems >= largeFrom,
    streams,
    ...(progress === undefined ? {} : { progress }),
    ...(signal === undefined ? {} : { signal }),
  });
  return loaded === 'exists' ? refuse('campaign.exists', { campaign: settings.slug }) : loaded;
}

export async function campaignExists(s: Services, slug: string): Promise<boolean> {
  return (await findCampaign(s.database.db, slug)) !== undefined;
}

import { factContext } from '../../domain/projections/context.ts';
import { factsOfCampaign } from '../../domain/projections/fact-list.ts';
import { refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import { findCampaign, getCampaignState, listCampaigns } from '../../storage/acts/read.ts';
import { rebuildProjections, type Rebuilt } from '../../storage/projections/rebuild.ts';
import type { Services } from '../services.ts';

export interface RebuildReport extends Omit<Rebuilt, 'tables'> {
  readonly campaign: string;
  /** True when no table came out other than it was, and no act has other content than its hash stands for. */
  readonly same: boolean;
  readonly tables: readonly (Rebuilt['tables'][number] & { readonly same: boolean })[];
}

/** Slugs of all campaigns. */
export async function campaignSlugs(s: Services): Promise<string[]> {
  return (await listCampaigns(s.database.db)).map((c) => c.slug);
}

/**
 * Makes a campaign's projections again from its acts and says what came out differently.
 * @refuses campaign.unknown
 */
export function rebuildCampaign(
  s: Services,
  slug: string,
  progress?: (done: { streams: number; acts: number }) => void,
): Promise<RebuildReport | Refusal> {
  return rebuilt(s, slug, true, progress);
}

/**
 * Says what a rebuild would bring, and leaves everything as it is.
 * @refuses campaign.unknown
 */
export function checkProjections(s: Services, slug: string): Promise<RebuildReport | Refusal> {
  return rebuilt(s, slug, false, undefined);
}

async function rebuilt(
  s: Services,
  slug: string,
  keep: boolean,
  progress: ((done: { streams: number; acts: number }) => void) | undefined,
): Promise<RebuildReport | Refusal> {
  const row = await findCampaign(s.database.db, slug);
  const campaign = row === undefined ? undefined : await getCampaignState(s.database.db, row);
  if (row === undefined || campaign === undefined) return refuse('campaign.unknown', { campaign: slug });
  const facts = await s.names.ensure(s.database.db, factsOfCampaign(campaign.settings));
  const { tables, ...done } = await rebuildProjections(s.database, row, factContext(campaign.settings), facts, keep, progress);
  const compared = tables.map((t) => ({ ...t, same: t.before.rows === t.after.rows && t.before.hash === t.after.hash }));
  return { campaign: slug, same: done.badActs === 0 && compared.every((t) => t.same), ...done, tables: compared };
}

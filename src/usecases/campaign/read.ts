import { readsReleasedOnly } from '../../domain/access/masks.ts';
import { scopeOf, type Actor } from '../../domain/access/policy.ts';
import type { Campaign } from '../../domain/campaign/campaign.ts';
import { instant, type Instant } from '../../domain/kernel/instant.ts';
import { isRefusal, type Refusal } from '../../domain/kernel/refusal.ts';
import { firstRecordedAt, standsAt } from '../../storage/acts/latest.ts';
import { getCampaignState, listCampaigns, type CampaignRow } from '../../storage/acts/read.ts';
import { openReleased } from '../public/released.ts';
import type { Services } from '../services.ts';
import { openView, type View } from '../figures/as-of.ts';
import { listBatches, type BatchLine } from '../supervision/batches.ts';

/** Campaigns that someone has a role in. */
export async function readCampaigns(s: Services, actor: Actor) {
  const out = [];
  for (const row of await listCampaigns(s.database.db)) {
    if (scopeOf(actor, 'campaign.read', row.slug) === undefined) continue;
    const campaign = await getCampaignState(s.database.db, row);
    if (campaign !== undefined) out.push({ slug: row.slug, name: campaign.settings.name, mode: row.mode });
  }
  return out;
}

/** A campaign with its classifications, and the instants between which there are records. */
export interface CampaignSeen {
  readonly slug: string;
  readonly mode: CampaignRow['mode'];
  readonly campaign: Campaign;
  readonly batches: readonly BatchLine[];
  readonly recorded: { readonly from: Instant | null; readonly to: Instant | null };
}

/** All that pages need to know of a campaign as of an instant. @refuses what opening a view refuses */
export async function readCampaign(
  s: Services,
  actor: Actor,
  q: { campaign: string; asOf?: string | undefined },
): Promise<CampaignSeen | Refusal> {
  const view = await openView(s, actor, 'campaign.read', q.campaign, q.asOf);
  if (isRefusal(view) || !readsReleasedOnly(actor, q.campaign)) return isRefusal(view) ? view : campaignSeen(s, view);
  // Its classifications and figures are known to anybody; what was issued, and when records come in, is told as it was released.
  const released = await openReleased(s, actor, q.campaign, q.asOf);
  const all = await campaignSeen(s, isRefusal(released) ? view : released);
  return { ...all, ...(isRefusal(released) ? { batches: [] } : {}), recorded: { from: null, to: null } };
}

async function campaignSeen(s: Services, view: View): Promise<CampaignSeen> {
  const [first, last] = [await firstRecordedAt(s.database.db, view.row.id), await standsAt(s.database.db, view.row)];
  // A campaign without a record has neither.
  const known = (ms: number) => (ms === 0 ? null : instant(ms));
  return {
    slug: view.row.slug,
    mode: view.row.mode,
    campaign: view.campaign,
    batches: await listBatches(s, view),
    recorded: { from: known(first), to: known(last) },
  };
}

/** Names of all places of all campaigns by code. */
export async function placeNames(s: Services): Promise<ReadonlyMap<number, string>> {
  const names = new Map<number, string>();
  for (const row of await listCampaigns(s.database.db)) {
    const campaign = await getCampaignState(s.database.db, row);
    for (const p of campaign?.settings.places ?? []) names.set(p.code, p.name);
  }
  return names;
}

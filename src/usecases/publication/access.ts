import { mayAtRoot, scopeOf, seesCampaign, type Actor, type RootVerb } from '../../domain/access/policy.ts';
import type { Act } from '../../domain/acts/act.ts';
import type { Campaign } from '../../domain/campaign/campaign.ts';
import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import { foldBulletin, type Bulletin } from '../../domain/publication/bulletin.ts';
import { findCampaign, getCampaignState, listStreamActs, type CampaignRow } from '../../storage/acts/read.ts';
import type { Services } from '../services.ts';

export interface Office {
  readonly row: CampaignRow;
  readonly campaign: Campaign;
  /** Whether the asker sees what is not released. */
  readonly drafts: boolean;
}

/**
 * Opens the bulletins of a campaign for someone. A bulletin speaks for the whole campaign, so writing and releasing need the role at
 * its root; reading what is released needs it anywhere in the campaign.
 * @refuses campaign.unknown, access.forbidden
 */
export async function openOffice(s: Services, actor: Actor, verb: RootVerb | 'bulletin.read', slug: string): Promise<Office | Refusal> {
  const row = await findCampaign(s.database.db, slug);
  const campaign = row === undefined || !seesCampaign(actor, slug) ? undefined : await getCampaignState(s.database.db, row);
  if (row === undefined || campaign === undefined) return refuse('campaign.unknown', { campaign: slug });
  const held = verb === 'bulletin.read' ? scopeOf(actor, verb, slug) !== undefined : atRoot(actor, verb, slug, campaign);
  return held ? { row, campaign, drafts: atRoot(actor, 'bulletin.draft', slug, campaign) } : refuse('access.forbidden', { verb });
}

export function atRoot(actor: Actor, verb: RootVerb, slug: string, campaign: Campaign): boolean {
  return mayAtRoot(actor, verb, slug, campaign.settings.root);
}

/**
 * A bulletin that the asker may see, with its acts.
 * @refuses campaign.unknown, access.forbidden, bulletin.unknown (absent, or not released and not theirs to see)
 */
export async function openBulletin(
  s: Services,
  actor: Actor,
  verb: RootVerb | 'bulletin.read',
  q: { campaign: string; id: string },
): Promise<(Office & { bulletin: Bulletin; acts: Act[] }) | Refusal> {
  const office = await openOffice(s, actor, verb, q.campaign);
  if (isRefusal(office)) return office;
  const acts = await listStreamActs(s.database.db, office.row, q.id);
  const bulletin = foldBulletin(acts);
  if (bulletin === undefined || (bulletin.state !== 'released' && !office.drafts)) return refuse('bulletin.unknown', {});
  return { ...office, bulletin, acts };
}

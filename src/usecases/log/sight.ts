import { inScope, mayIn, scopeOf, type Actor } from '../../domain/access/policy.ts';
import type { Act } from '../../domain/acts/act.ts';
import { findStreamOf, getCampaignState, listStreamActs, type CampaignRow } from '../../storage/acts/read.ts';
import type { Services } from '../services.ts';

/** Whether an asker may see an act: outside their places, and before a text is released, there is none. */
export async function isInSight(s: Services, actor: Actor, row: CampaignRow, actId: string): Promise<boolean> {
  const streamId = await findStreamOf(s.database.db, row.id, actId);
  if (streamId === undefined) return false;
  const acts = await listStreamActs(s.database.db, row, streamId);
  const act = acts.find((a) => a.id === actId);
  if (act === undefined) return false;
  if (act.stream === 'bulletin') {
    const released = acts.some((a) => a.kind === 'BulletinReleased');
    const campaign = await getCampaignState(s.database.db, row);
    return campaign !== undefined && mayIn(actor, released ? 'bulletin.read' : 'bulletin.draft', row.slug, campaign.settings.root);
  }
  if (act.stream === 'lead') {
    const campaign = await getCampaignState(s.database.db, row);
    return campaign !== undefined && mayIn(actor, 'lead.read', row.slug, campaign.settings.root);
  }
  // A hand-over lies where its own problem lies; whatever else is of a stream lies wherever the stream does.
  const places = placesOf(act.kind === 'EvidenceReceived' ? [act] : acts);
  if (places.length === 0) return true;
  const scope = scopeOf(actor, 'item.read', row.slug);
  return scope !== undefined && places.some((place) => inScope(scope, place));
}

/** Where a stream lies, as its acts say; nowhere for a batch, a publication or the campaign itself. */
function placesOf(acts: readonly Act[]): number[] {
  return acts.flatMap((act) => {
    if (act.stream === 'campaign') return [];
    const { place, item } = act.payload as { readonly place?: unknown; readonly item?: { readonly place?: unknown } };
    const found = place ?? item?.place;
    return typeof found === 'number' ? [found] : [];
  });
}

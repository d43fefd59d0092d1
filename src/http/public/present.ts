import type { Instant } from '../../domain/kernel/instant.ts';
import { inCampaignTime } from '../../domain/kernel/standing.ts';
import type { PublicView } from '../../usecases/public/view.ts';

/** An instant, the published one of the view unless another is named, as it stands in addresses and stamps of public pages. */
export function asOfText(view: PublicView, at: Instant = view.release.asOf): string {
  return inCampaignTime(view.campaign.settings)(at);
}

import { listCampaigns, type CampaignRow } from '../../storage/acts/read.ts';
import type { Services } from '../services.ts';

export type { CampaignRow } from '../../storage/acts/read.ts';

/** Every campaign has a log. */
export function campaignRows(s: Services): Promise<CampaignRow[]> {
  return listCampaigns(s.database.db);
}

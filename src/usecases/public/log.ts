import type { CampaignRow } from '../../storage/acts/read.ts';
import type { Services } from '../services.ts';

/** The newest signed checkpoint of a campaign's log, as text; undefined while the installation keeps no signed log. */
export function readPublicCheckpoint(_s: Services, _row: CampaignRow): Promise<string | undefined> {
  return Promise.resolve(undefined);
}

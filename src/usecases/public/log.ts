import type { CampaignRow } from '../../storage/acts/read.ts';
import { latestCheckpoint } from '../log/checkpoint.ts';
import type { Services } from '../services.ts';

/** The newest signed checkpoint of a campaign's log, as text; undefined before the first. */
export async function readPublicCheckpoint(s: Services, row: CampaignRow): Promise<string | undefined> {
  return (await latestCheckpoint(s, row))?.note;
}

import type { CheckpointRef } from '../../domain/publication/acts.ts';
import type { CampaignRow } from '../../storage/acts/read.ts';
import type { Services } from '../services.ts';

/** The newest signed checkpoint of a campaign's log, to be printed on what is released; null while there is no log. */
export function currentCheckpoint(_s: Services, _row: CampaignRow): Promise<CheckpointRef | null> {
  return Promise.resolve(null);
}

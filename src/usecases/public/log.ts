import type { CampaignRow } from '../../storage/acts/read.ts';
import { consistencyFrom, latestCheckpoint } from '../log/checkpoint.ts';
import type { Services } from '../services.ts';

/** The newest signed checkpoint of a campaign's log, as text; undefined before the first. */
export async function readPublicCheckpoint(s: Services, row: CampaignRow): Promise<string | undefined> {
  return (await latestCheckpoint(s, row))?.note;
}

/** The newest checkpoint with the proof that it continues an older log; undefined when the log never had that size. */
export function readPublicConsistency(s: Services, row: CampaignRow, from: number) {
  return consistencyFrom(s, row, from);
}

import type { CheckpointRef } from '../../domain/publication/acts.ts';
import type { CampaignRow } from '../../storage/acts/read.ts';
import { freshCheckpoint } from '../log/checkpoint.ts';
import type { Services } from '../services.ts';

/**
 * The signed checkpoint that is printed on what is released: over all that was recorded before it, so over every record its figures
 * count. Null for a campaign without a log.
 */
export async function currentCheckpoint(s: Services, row: CampaignRow): Promise<CheckpointRef | null> {
  const checkpoint = await freshCheckpoint(s, row);
  return checkpoint === undefined ? null : { size: checkpoint.size, rootHash: checkpoint.rootHash, note: checkpoint.note };
}

import { isRefusal, type Refusal } from '../../domain/kernel/refusal.ts';
import type { CheckpointRef } from '../../domain/publication/acts.ts';
import type { CampaignRow } from '../../storage/acts/read.ts';
import { freshCheckpoint } from '../log/checkpoint.ts';
import type { Services } from '../services.ts';

/**
 * The signed checkpoint that is printed on what is released: over all that was recorded before it, so over every record its figures
 * count. Null for a campaign without a log.
 * @refuses log.behind, log.stopped
 */
export async function currentCheckpoint(s: Services, row: CampaignRow): Promise<CheckpointRef | null | Refusal> {
  const checkpoint = await freshCheckpoint(s, row);
  if (isRefusal(checkpoint)) return checkpoint;
  return checkpoint === undefined ? null : { size: checkpoint.size, rootHash: checkpoint.rootHash, note: checkpoint.note };
}

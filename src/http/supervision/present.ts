import type { Sent } from '../../contract/common.ts';
import type { BatchList, BatchPage } from '../../contract/supervision.ts';
import type { Instant } from '../../domain/kernel/instant.ts';
import { inCampaignTime, stampText } from '../../domain/kernel/standing.ts';
import type { BatchesSeen, BatchSeen } from '../../usecases/supervision/batches.ts';

export function presentBatch({ standing, batch, cities, total }: BatchSeen): Sent<BatchPage> {
  const at = inCampaignTime(standing);
  const orNull = (instant: Instant | null) => (instant === null ? null : at(instant));
  return {
    ...stampText(standing),
    batch: { ...batch, issuedAt: at(batch.issuedAt) },
    cities: cities.map((c) => ({
      ...c,
      letter: c.letter === null ? null : { ...c.letter, issuedAt: at(c.letter.issuedAt), receivedAt: orNull(c.letter.receivedAt) },
    })),
    total,
  };
}

export function presentBatches({ standing, batches }: BatchesSeen): Sent<BatchList> {
  const at = inCampaignTime(standing);
  return { ...stampText(standing), batches: batches.map((b) => ({ ...b, issuedAt: at(b.issuedAt) })) };
}

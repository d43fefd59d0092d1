import { campaignRows } from '../../src/usecases/log/campaigns.ts';
import { sequenceCampaign } from '../../src/usecases/log/sequence.ts';
import type { Services } from '../../src/usecases/services.ts';

/** Numbers and signs whatever is recorded, in every campaign. */
export async function sequenceEvery(s: Services): Promise<void> {
  for (const row of await campaignRows(s)) await sequenceCampaign(s, row);
}

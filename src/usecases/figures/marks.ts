import { instant } from '../../domain/kernel/instant.ts';
import { lastRecord } from '../../storage/acts/latest.ts';
import { getCampaignState, listCampaigns } from '../../storage/acts/read.ts';
import { writeMarks } from '../../storage/figures/marks.ts';
import type { Services } from '../services.ts';

/** Totals at new marks for every campaign, up to the watermark. */
export async function writeAllMarks(s: Services): Promise<number> {
  const proven = await s.watermark.look();
  let written = 0;
  for (const row of await listCampaigns(s.database.db)) {
    const campaign = await getCampaignState(s.database.db, row);
    if (campaign === undefined) continue;
    const upTo = row.mode === 'historic' ? instant(Math.min((await lastRecord(s.database.db, row.id)).at, proven)) : proven;
    written += await writeMarks(s.database.db, row, upTo, campaign.settings.utcOffsetMinutes);
  }
  return written;
}

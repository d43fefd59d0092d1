import { instant } from '../../domain/kernel/instant.ts';
import { lastRecord } from '../../storage/acts/latest.ts';
import { getCampaignState, listCampaigns, type CampaignRow } from '../../storage/acts/read.ts';
import { writeMarks } from '../../storage/figures/marks.ts';
import type { Services } from '../services.ts';

/** Totals at new marks for every campaign, up to the watermark. */
export async function writeAllMarks(s: Services): Promise<number> {
  let written = 0;
  for (const row of await listCampaigns(s.database.db)) written += await writeCampaignMarks(s, row);
  return written;
}

/** Totals at new marks for one campaign, up to the watermark. Two who do it at once write each mark once. */
export async function writeCampaignMarks(s: Services, row: CampaignRow, signal?: AbortSignal): Promise<number> {
  const proven = await s.watermark.look();
  const campaign = await getCampaignState(s.database.db, row);
  if (campaign === undefined) return 0;
  const upTo = row.mode === 'historic' ? instant(Math.min((await lastRecord(s.database.db, row.id)).at, proven)) : proven;
  return writeMarks(s.database.db, row, upTo, campaign.settings.utcOffsetMinutes, undefined, signal);
}

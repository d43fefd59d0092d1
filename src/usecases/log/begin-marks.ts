import type { Act } from '../../domain/acts/act.ts';
import { appendActs } from '../../storage/acts/append.ts';
import { campaignStreamId, listCampaigns, type CampaignRow } from '../../storage/acts/read.ts';
import { inTransaction } from '../../storage/transaction.ts';
import { marksBeganAt, readBeforeMarks } from '../../storage/log/begin-marks.ts';
import type { Services } from '../services.ts';

/**
 * Says in each log that holds acts of an earlier release from where on its acts carry marks (印记起点), as an act of the campaign itself.
 *
 * Only when the marking key is new: whoever could do it later could pass off forged acts as old ones. Doing it twice writes nothing.
 */
export async function beginMarks(s: Services): Promise<void> {
  for (const row of await listCampaigns(s.database.db)) await beginIn(s, row);
}

async function beginIn(s: Services, row: CampaignRow): Promise<void> {
  await inTransaction(s.database.db, async (tx) => {
    const { unmarked, seq, at } = await readBeforeMarks(tx, row);
    if (unmarked === 0 || (await marksBeganAt(tx, row, s.marks)) > 0) return;
    const act: Act = {
      id: s.newId(),
      campaign: row.slug,
      stream: 'campaign',
      streamId: campaignStreamId(row.id),
      seq,
      kind: 'LogMarksBegun',
      schema: 1,
      payload: { size: unmarked },
      actor: { id: 'system', org: 'system', name: '' },
      happenedAt: at,
      recordedAt: at,
    };
    await appendActs(tx, row, [act], s.marks);
  });
}

import type { Instant } from '../../domain/kernel/instant.ts';
import type { CampaignRow } from '../../storage/acts/read.ts';
import { findHead, logStart, type LogKey } from '../../storage/log/head.ts';
import { actsAfter, entryOf, findUnmarked, type Unmarked } from '../../storage/log/marked.ts';
import type { Services } from '../services.ts';

const pageSize = 10_000;
const endOfTime = Infinity as Instant;

/** How far a log is signed, and the act among the next ones that it does not take, if there is one. */
export async function nextUnmarked(s: Services, row: CampaignRow): Promise<{ size: number; unmarked: Unmarked | undefined }> {
  const { db } = s.database;
  const head = await findHead(db, row.id);
  const size = head?.size ?? 0;
  const rows = await actsAfter(db, row.id, head?.last ?? logStart, endOfTime, pageSize);
  return { size, unmarked: await findUnmarked(db, row, s.marks, rows, size, 0) };
}

/** The first act of the whole log, signed or not, that carries no right mark where it should; a few thousand at a time. */
export async function firstUnmarked(s: Services, row: CampaignRow): Promise<Unmarked | undefined> {
  const { db } = s.database;
  let after: LogKey = logStart;
  for (let from = 0; ; ) {
    const rows = await actsAfter(db, row.id, after, endOfTime, pageSize);
    const last = rows.at(-1);
    if (last === undefined) return undefined;
    const found = await findUnmarked(db, row, s.marks, rows, from, 0);
    if (found !== undefined) return found;
    from += rows.length;
    after = entryOf(last).key;
  }
}

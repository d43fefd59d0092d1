import { createHash } from 'node:crypto';
import type { Actor } from '../../domain/access/policy.ts';
import { isRefusal, type Refusal } from '../../domain/kernel/refusal.ts';
import { foldProblem } from '../../domain/problems/state.ts';
import { listStreamActs } from '../../storage/acts/read.ts';
import { previewCommand } from '../command/take.ts';
import type { Services } from '../services.ts';
import { commandProblem, decideOn, findProblem, type AskedCommand } from './command.ts';

export interface BulkDone {
  readonly done: { readonly id: string; readonly no: string }[];
  readonly refused: { readonly id: string; readonly no: string; readonly refusal: Refusal }[];
}

export interface BulkQuestion {
  readonly campaign: string;
  /** The client's id of the whole: sent again, nothing is done again. */
  readonly id?: string | undefined;
  readonly ids: readonly string[];
  readonly command: AskedCommand;
  /** Decides without writing. */
  readonly preview: boolean;
}

/** One command for many problems, each decided by itself; a preview decides over the same and writes nothing. */
export async function commandMany(s: Services, actor: Actor, q: BulkQuestion): Promise<BulkDone> {
  const out: BulkDone = { done: [], refused: [] };
  for (const id of new Set(q.ids.map((x) => x.toLowerCase()))) {
    const found = await findProblem(s, actor, q.campaign, id, `problem.${q.command.do}`);
    if (isRefusal(found)) {
      out.refused.push({ id, no: '', refusal: found });
      continue;
    }
    const no = foldProblem(await listStreamActs(s.database.db, found.row, id))?.found.no ?? '';
    const result = q.preview
      ? await previewCommand(s, {
          row: found.row,
          actor,
          subjectId: id,
          decide: (tools) => decideOn(tools, { problemId: id, command: q.command, actor }),
        })
      : await commandProblem(s, actor, {
          campaign: q.campaign,
          problem: id,
          id: q.id === undefined ? undefined : partId(q.id, id),
          command: q.command,
        });
    if (isRefusal(result)) out.refused.push({ id, no, refusal: result });
    else out.done.push({ id, no });
  }
  return out;
}

/**
 * Id of a command's part on one problem: always the same for the same two, so that the whole may be sent again.
 * @returns a UUIDv8 made of SHA-256 over both ids
 */
export function partId(whole: string, problem: string): string {
  const bytes = createHash('sha256').update(`${whole.toLowerCase()}/${problem}`).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

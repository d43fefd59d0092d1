import type { Actor } from '../../domain/access/policy.ts';
import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import type { ProblemCommand } from '../../domain/problems/commands.ts';
import { decideProblem } from '../../domain/problems/decide.ts';
import { foldProblem } from '../../domain/problems/state.ts';
import { getCampaignState, listStreamActs } from '../../storage/acts/read.ts';
import type { Services } from '../services.ts';
import { commandProblem, findProblem } from './command.ts';

export interface BulkDone {
  readonly done: { readonly id: string; readonly no: string }[];
  readonly refused: { readonly id: string; readonly no: string; readonly refusal: Refusal }[];
}

/** One command for many problems, each decided by itself; a preview decides without writing. */
export async function commandMany(
  s: Services,
  actor: Actor,
  q: { campaign: string; ids: readonly string[]; command: ProblemCommand; preview: boolean },
): Promise<BulkDone> {
  const out: BulkDone = { done: [], refused: [] };
  for (const id of new Set(q.ids)) {
    const found = await findProblem(s, actor, q.campaign, id, `problem.${q.command.do}`);
    if (isRefusal(found)) {
      out.refused.push({ id, no: '', refusal: found });
      continue;
    }
    const p = foldProblem(await listStreamActs(s.database.db, found.row, id));
    const no = p?.found.no ?? '';
    const result = q.preview
      ? await preview(s, actor, found.row, id, q.command)
      : await commandProblem(s, actor, { campaign: q.campaign, problem: id, command: q.command });
    if (isRefusal(result)) out.refused.push({ id, no, refusal: result });
    else out.done.push({ id, no });
  }
  return out;
}

async function preview(s: Services, actor: Actor, row: Parameters<typeof getCampaignState>[1], id: string, command: ProblemCommand) {
  const campaign = await getCampaignState(s.database.db, row);
  const p = foldProblem(await listStreamActs(s.database.db, row, id));
  if (campaign === undefined || p === undefined) return refuse('item.unknown', {});
  const now = s.now();
  const by = { id: actor.id, org: actor.org, name: actor.name };
  return decideProblem(p, command, {
    settings: campaign.settings,
    actor: by,
    happenedAt: now,
    at: now,
    newIds: [],
    seenEvidence: new Set(),
  });
}

import { judge, type Actor, type Verb } from '../../domain/access/policy.ts';
import { refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import { foldCase } from '../../domain/penalties/case.ts';
import type { ProblemCommand } from '../../domain/problems/commands.ts';
import { decideProblem } from '../../domain/problems/decide.ts';
import { foldProblem, type Problem } from '../../domain/problems/state.ts';
import { seenEvidence } from '../../storage/acts/commands.ts';
import { findCampaign, listStreamActs, type CampaignRow } from '../../storage/acts/read.ts';
import { findItemId, isId } from '../../storage/ledger/ids.ts';
import { takeCommand, type CommandDone, type DecideTools } from '../command/take.ts';
import type { Services } from '../services.ts';

export interface ProblemRequest {
  readonly campaign: string;
  /** Id or number. */
  readonly problem: string;
  readonly id?: string | undefined;
  readonly happenedAt?: string | undefined;
  readonly command: ProblemCommand | { readonly do: 'split'; readonly parts: readonly string[]; readonly reason: string };
}

/**
 * Gives a command on one problem.
 * @refuses item.unknown (also outside the asker's jurisdiction), access.forbidden, what `decideProblem` and `takeCommand` refuse
 */
export async function commandProblem(s: Services, actor: Actor, q: ProblemRequest): Promise<CommandDone | Refusal> {
  const row = await findCampaign(s.database.db, q.campaign);
  const id = row === undefined ? undefined : isId(q.problem) ? q.problem : await findItemId(s.database.db, row.id, 'problem', q.problem);
  if (row === undefined || id === undefined) return refuse('item.unknown', {});
  return takeCommand(s, {
    row,
    actor,
    id: q.id,
    happenedAt: q.happenedAt,
    subjectId: id,
    content: { problem: id, ...q.command },
    shares: true,
    decide: (tools) => decide(tools, id, q.command, actor),
  });
}

async function decide(tools: DecideTools, problemId: string, command: ProblemRequest['command'], actor: Actor) {
  const p = foldProblem(await tools.load(problemId));
  const refusal = notAllowed(actor, `problem.${command.do}`, tools.row.slug, p);
  if (p === undefined || refusal !== undefined) return refusal ?? refuse('item.unknown', {});
  const ready = command.do === 'split' ? await withNumbers(tools, command) : command;
  const other = ready.do === 'merge' ? await loadOther(tools, ready.into) : undefined;
  const evidence = ready.do === 'claim' || ready.do === 'rebound' ? ready.evidence.map((e) => e.sha256) : [];
  return decideProblem(p, ready.do === 'merge' && other !== undefined ? { ...ready, into: other.id } : ready, {
    settings: tools.campaign.settings,
    actor: tools.actor,
    happenedAt: tools.happenedAt,
    at: tools.at,
    newIds: [tools.newId()],
    seenEvidence: await seenEvidence(tools.tx, tools.row, evidence),
    other,
    ...(ready.do === 'rebound' ? { newNo: await newNumber(tools) } : {}),
    ...(ready.do === 'accept' && ready.penaltyCase !== null ? { penaltyCaseStands: await caseStands(tools, ready.penaltyCase) } : {}),
  });
}

/** Numbers go on in the campaign's own pattern: SX2019-0001 is followed by SX2019-0002. */
export async function newNumber(tools: DecideTools): Promise<string> {
  const next = await tools.takeNo('problem');
  const [province, year] = tools.row.slug.split('-');
  const prefix = tools.row.slug === 'shanxi-2019' ? 'SX2019' : `${province ?? 'P'}${year ?? ''}`.toUpperCase();
  return `${prefix}-${String(next).padStart(4, '0')}`;
}

async function withNumbers(
  tools: DecideTools,
  command: { do: 'split'; parts: readonly unknown[]; reason: string },
): Promise<ProblemCommand> {
  const parts = [];
  for (const part of command.parts) {
    parts.push({
      id: tools.newId(),
      no: await newNumber(tools),
      text: typeof part === 'string' ? part : (part as { text: string }).text,
    });
  }
  return { do: 'split', parts, reason: command.reason };
}

async function loadOther(tools: DecideTools, idOrNo: string): Promise<Problem | undefined> {
  const id = await findItemId(tools.tx, tools.row.id, 'problem', idOrNo);
  return id === undefined ? undefined : foldProblem(await listStreamActs(tools.tx, tools.row, id));
}

async function caseStands(tools: DecideTools, idOrNo: string): Promise<boolean> {
  const id = await findItemId(tools.tx, tools.row.id, 'case', idOrNo);
  const c = id === undefined ? undefined : foldCase(await listStreamActs(tools.tx, tools.row, id));
  return c !== undefined && c.decided && !c.revoked;
}

/** Why the asker may not do this to a problem: what is outside the jurisdiction answers as if it did not exist. */
function notAllowed(actor: Actor, verb: Verb, slug: string, p: Problem | undefined): Refusal | undefined {
  const verdict = p === undefined ? 'absent' : judge(actor, verb, slug, p.found.place);
  if (verdict === 'allowed') return undefined;
  return verdict === 'absent' ? refuse('item.unknown', {}) : refuse('access.forbidden', { verb });
}

/**
 * A problem the asker may do something to.
 * @refuses item.unknown outside the jurisdiction, access.forbidden inside it
 */
export async function findProblem(
  s: Services,
  actor: Actor,
  slug: string,
  idOrNo: string,
  verb: Verb,
): Promise<{ row: CampaignRow; id: string } | Refusal> {
  const row = await findCampaign(s.database.db, slug);
  const id = row === undefined ? undefined : await findItemId(s.database.db, row.id, 'problem', idOrNo);
  if (row === undefined || id === undefined) return refuse('item.unknown', {});
  const p = foldProblem(await listStreamActs(s.database.db, row, id));
  return notAllowed(actor, verb, slug, p) ?? { row, id };
}

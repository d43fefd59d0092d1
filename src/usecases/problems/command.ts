import { judge, refusedAt, type Actor, type PlaceVerb } from '../../domain/access/policy.ts';
import type { Act, Draft } from '../../domain/acts/act.ts';
import { foldEvidence, type EvidenceObject } from '../../domain/evidence/state.ts';
import { evidenceStreamId } from '../../domain/evidence/stream.ts';
import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import { decideHaste, foldLead, hasteStreamId, isHaste } from '../../domain/leads/haste.ts';
import { usualHaste } from '../../domain/leads/rule.ts';
import { foldCase } from '../../domain/penalties/case.ts';
import type { FoundPart, ProblemCommand } from '../../domain/problems/commands.ts';
import { decideProblem, type DecideContext, type KeptEvidence } from '../../domain/problems/decide.ts';
import { foldProblem, type Problem } from '../../domain/problems/state.ts';
import { seenEvidence } from '../../storage/acts/commands.ts';
import { findCampaign, listStreamActs, type CampaignRow } from '../../storage/acts/read.ts';
import { listAlike } from '../../storage/evidence/alike.ts';
import { recentClears } from '../../storage/leads/clears.ts';
import { findItemId, isId } from '../../storage/ledger/ids.ts';
import { takeCommand, type CommandDone, type DecideTools } from '../command/take.ts';
import type { Services } from '../services.ts';

export interface ProblemRequest {
  readonly campaign: string;
  /** Id or number. */
  readonly problem: string;
  readonly id?: string | undefined;
  readonly happenedAt?: string | undefined;
  /** The version that the person saw; a newer one refuses the command and says what was done meanwhile. */
  readonly version?: number | undefined;
  readonly command: AskedCommand;
}

/** A command as a person gives it: parts of a split have texts, and get their ids and numbers here. */
export type AskedCommand = ProblemCommand | { readonly do: 'split'; readonly parts: readonly string[]; readonly reason: string };

/**
 * Gives a command on one problem.
 * @refuses item.unknown (also outside the asker's jurisdiction), access.forbidden, problem.changed, what `decideProblem` and
 *          `takeCommand` refuse
 */
export async function commandProblem(s: Services, actor: Actor, q: ProblemRequest): Promise<CommandDone | Refusal> {
  const row = await findCampaign(s.database.db, q.campaign);
  const id =
    row === undefined
      ? undefined
      : isId(q.problem)
        ? q.problem.toLowerCase()
        : await findItemId(s.database.db, row.id, 'problem', q.problem);
  if (row === undefined || id === undefined) return refuse('item.unknown', {});
  return takeCommand(s, {
    row,
    actor,
    id: q.id,
    happenedAt: q.happenedAt,
    subjectId: id,
    content: { problem: id, ...q.command },
    shares: true,
    apart: q.command.do === 'clear' ? `clear ${actor.id}` : undefined,
    decide: (tools) => decideOn(tools, { problemId: id, command: q.command, actor, version: q.version }),
  });
}

/** The decision of a command on a problem, over what it rests on. */
export async function decideOn(
  tools: DecideTools,
  q: { readonly problemId: string; readonly command: AskedCommand; readonly actor: Actor; readonly version?: number | undefined },
): Promise<Draft[] | Refusal> {
  const acts = await tools.hold(q.problemId);
  const p = foldProblem(acts);
  const { actor } = q;
  const refusal = notAllowed(actor, `problem.${q.command.do}`, tools.row.slug, p);
  if (p === undefined || refusal !== undefined) return refusal ?? refuse('item.unknown', {});
  const newer = changedSince(p, acts, q.version);
  if (newer !== undefined) return newer;
  const command = q.command.do === 'split' ? await withNumbers(tools, q.command) : q.command;
  const rests = await loadRests(tools, p, command, actor);
  const decided = decideProblem(p, command.do === 'merge' && rests.other !== undefined ? { ...command, into: rests.other.id } : command, {
    settings: tools.campaign.settings,
    organisations: tools.campaign.organisations,
    actor: tools.actor,
    happenedAt: tools.happenedAt,
    at: tools.at,
    newIds: [tools.newId()],
    ...rests,
    ...(command.do === 'rebound' ? { newNo: await tools.numbers.next() } : {}),
  });
  return isRefusal(decided) || command.do !== 'clear' ? decided : [...decided, ...(await hasteOf(tools, p))];
}

/** The lead that this clearance adds to, when whoever gives it clears faster than anybody can look. */
async function hasteOf(tools: DecideTools, p: Problem): Promise<Draft[]> {
  const rule = tools.campaign.settings.haste ?? usualHaste;
  // Held before it is counted: what another server lets the same person clear at this moment counts too.
  const id = hasteStreamId(tools.row.slug, tools.actor.id, tools.at);
  const said = await tools.hold(id);
  const before = await recentClears(tools.tx, tools.row, tools.actor.id, rule, tools.at);
  const fast = p.claimedRecordedAt !== null && tools.at - p.claimedRecordedAt < rule.fastMinutes * 60_000;
  const seen = { count: before.count + 1, fast: before.fast + (fast ? 1 : 0), org: tools.actor.org };
  if (!isHaste(rule, seen)) return [];
  return decideHaste(foldLead(said), id, rule, seen);
}

/** What was done to the problem after the version that the person saw. */
function changedSince(p: Problem, acts: readonly Act[], version: number | undefined): Refusal | undefined {
  if (version === undefined || version === p.version) return undefined;
  const since = acts.filter((a) => a.seq > version).map((a) => a.kind);
  return refuse('problem.changed', { no: p.found.no, version: p.version, since });
}

async function withNumbers(tools: DecideTools, command: Extract<AskedCommand, { do: 'split' }>): Promise<ProblemCommand> {
  const parts: FoundPart[] = [];
  for (const part of command.parts) {
    parts.push({ id: tools.newId(), no: await tools.numbers.next(), text: typeof part === 'string' ? part : part.text });
  }
  return { do: 'split', parts, reason: command.reason };
}

type Rests = Pick<DecideContext, 'seenEvidence' | 'kept' | 'alike' | 'other' | 'penaltyCase'>;

/** Everything beside the problem that its command rests on, held until it is written. */
async function loadRests(tools: DecideTools, p: Problem, command: ProblemCommand, actor: Actor): Promise<Rests> {
  const evidence = command.do === 'claim' || command.do === 'rebound' ? command.evidence.map((e) => e.sha256) : [];
  const otherId = command.do === 'merge' ? await findItemId(tools.tx, tools.row.id, 'problem', command.into) : undefined;
  const named = command.do === 'accept' ? command.penaltyCase : null;
  const caseId = named === null ? undefined : await findItemId(tools.tx, tools.row.id, 'case', named);
  const objects = evidence.map((hash) => evidenceStreamId(tools.row.slug, hash));
  const ids = [otherId, caseId, ...objects].filter((id) => id !== undefined);
  const acts = await tools.holdAll(ids);
  const of = (id: string | undefined) => (id === undefined ? [] : (acts.get(id) ?? []));
  const sees = (place: number) => judge(actor, 'item.read', tools.row.slug, place) === 'allowed';
  const claimed = command.do === 'check' || command.do === 'accept' ? p.claimEvidence.map((e) => e.sha256) : [];
  const alike = await listAlike(tools.tx, tools.row, p.id, claimed);
  const other = foldProblem(of(otherId));
  const penaltyCase = foldCase(of(caseId));
  return {
    seenEvidence: await seenEvidence(tools.tx, tools.row, evidence),
    kept: keptFor(
      p.id,
      objects.map((id) => foldEvidence(of(id))),
    ),
    // A reused picture is told wherever it came from; of a problem out of sight not even the number.
    alike: alike.map((a) => ({ sha256: a.sha256, no: sees(a.place) ? a.no : null })),
    // What lies outside the asker's sight does not exist for them, so nothing can refer to it.
    other: other !== undefined && sees(other.found.place) ? other : undefined,
    penaltyCase: penaltyCase !== undefined && sees(penaltyCase.place) ? penaltyCase : undefined,
  };
}

/** Objects that were handed in for a problem, by hash. */
function keptFor(problemId: string, objects: readonly (EvidenceObject | undefined)[]): ReadonlyMap<string, KeptEvidence> {
  const kept = new Map<string, KeptEvidence>();
  for (const o of objects) {
    const receipt = o?.receipts.find((r) => r.payload.itemId === problemId);
    if (o !== undefined && receipt !== undefined) {
      kept.set(o.sha256, { sealed: o.sealed, deviceTakenAt: receipt.payload.deviceTakenAt });
    }
  }
  return kept;
}

/** Why the asker may not do this to a problem: what is outside the jurisdiction answers as if it did not exist. */
function notAllowed(actor: Actor, verb: PlaceVerb, slug: string, p: Problem | undefined): Refusal | undefined {
  return p === undefined ? refuse('item.unknown', {}) : refusedAt(actor, verb, slug, p.found.place);
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
  verb: PlaceVerb,
): Promise<{ row: CampaignRow; id: string } | Refusal> {
  const row = await findCampaign(s.database.db, slug);
  const id = row === undefined ? undefined : await findItemId(s.database.db, row.id, 'problem', idOrNo);
  if (row === undefined || id === undefined) return refuse('item.unknown', {});
  const p = foldProblem(await listStreamActs(s.database.db, row, id));
  return notAllowed(actor, verb, slug, p) ?? { row, id };
}

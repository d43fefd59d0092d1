import { draft, type ActorRef, type Draft } from '../acts/act.ts';
import type { CampaignSettings } from '../campaign/settings.ts';
import { addDays, dateOf, formatInstant, isPlainDate, parseInstant, type Instant } from '../kernel/instant.ts';
import { refuse, assertNever, type Refusal } from '../kernel/refusal.ts';
import type { EvidenceRef } from '../evidence/acts.ts';
import { identifierForm, isBlank } from '../kernel/text.ts';
import type { PenaltyCase } from '../penalties/case.ts';
import { mayAccept, mayCheck, isRectifying, type Organisation } from './separation.ts';
import { noticeEnd } from './clocks.ts';
import type { ProblemCommand, ProblemVerb } from './commands.ts';
import type { Problem, ProblemState } from './state.ts';

/** What a decision may look at beside the problem itself; all of it loaded before. */
export interface DecideContext {
  readonly settings: CampaignSettings;
  /** Organisations registered in the campaign. */
  readonly organisations: readonly Organisation[];
  readonly actor: ActorRef;
  /** When it was done. */
  readonly happenedAt: Instant;
  /** When the server takes it in. */
  readonly at: Instant;
  /** Ids for new streams, in order of use. */
  readonly newIds: readonly string[];
  /** Evidence hashes that the campaign has already seen. */
  readonly seenEvidence: ReadonlySet<string>;
  /** Evidence that is kept for this problem, by hash; `generated` where nobody handed any in, and pages say so. */
  readonly kept: ReadonlyMap<string, KeptEvidence> | 'generated';
  /** Earlier pictures of other problems that the claim's look like; asked for a check and an acceptance. */
  readonly alike?: readonly AlikeEvidence[];
  /** Problem another one is merged into, when the command names one. */
  readonly other?: Problem | undefined;
  /** Number for a new problem, when the command opens one. */
  readonly newNo?: string;
  /** The penalty case named in an acceptance, when there is one that the actor may see. */
  readonly penaltyCase?: PenaltyCase | undefined;
}

/** An object of the evidence store, as it lies with a problem. */
export interface KeptEvidence {
  readonly sealed: boolean;
  /** When it was made, as the file itself says. */
  readonly deviceTakenAt: string | null;
}

/** A picture of the claim that looks like an earlier one of another problem. */
export interface AlikeEvidence {
  readonly sha256: string;
  /** The other problem's number; null where the actor does not see it. */
  readonly no: string | null;
}

/** States from which a command may be given; `any` lists say what is left out. */
const from: Readonly<Record<ProblemVerb, readonly ProblemState[]>> = {
  confirm: ['found'],
  notFounded: ['found', 'confirmed'],
  assign: ['confirmed', 'supervised', 'planned', 'rectifying', 'staged', 'returned'],
  plan: ['supervised', 'planned'],
  changeBody: ['planned', 'rectifying', 'staged', 'returned', 'claimed', 'checked'],
  start: ['planned', 'returned'],
  stage: ['rectifying', 'staged'],
  claim: ['rectifying', 'staged'],
  check: ['claimed'],
  return: ['claimed', 'checked', 'accepted'],
  accept: ['checked'],
  clear: ['accepted'],
  watch: ['cleared'],
  settle: ['watched'],
  extend: ['supervised', 'planned', 'rectifying', 'staged', 'returned'],
  withdraw: ['confirmed', 'supervised', 'planned', 'rectifying', 'staged', 'returned', 'claimed', 'checked'],
  merge: ['confirmed', 'supervised', 'planned', 'rectifying', 'staged', 'returned', 'claimed', 'checked'],
  split: ['found', 'confirmed'],
  rebound: ['cleared', 'watched', 'settled'],
};

/** Whether the state chart lets a command be given at all in this state. */
export function mayDo(state: ProblemState, verb: ProblemVerb): boolean {
  return from[verb].includes(state);
}

/**
 * Decides a command on a problem: the acts that follow, or why not.
 *
 * Pure: the same problem, command and context give the same answer.
 * @refuses problem.wrong-state, problem.before-finding, problem.evidence-missing, problem.evidence-old, problem.evidence-seen,
 *          problem.plan-incomplete, problem.plan-after-deadline, problem.same-person, problem.same-organisation,
 *          problem.penalty-missing, problem.penalty-not-standing, problem.notice-running, problem.rule-unknown,
 *          problem.rule-used-up, problem.rule-too-long, problem.two-persons, problem.merge-target, problem.text-missing,
 *          problem.plan-past, problem.body-unknown, problem.body-rectifies, problem.other-body, problem.evidence-not-kept,
 *          problem.evidence-contradicts, problem.evidence-alike, problem.penalty-other, problem.penalty-later, problem.watch-until, problem.watch-running
 * @legal   plan fields: Ecological and Environmental Code art. 29; separation of duties: acceptance practice (谁验收、谁负责)
 */
export function decideProblem(p: Problem, command: ProblemCommand, ctx: DecideContext): Draft[] | Refusal {
  if (!mayDo(p.state, command.do)) return refuse('problem.wrong-state', { state: p.state, verb: command.do, no: p.found.no });
  if (ctx.happenedAt < p.foundAt) {
    return refuse('problem.before-finding', { no: p.found.no, foundAt: formatInstant(p.foundAt) });
  }
  const text = missingText(command);
  if (text !== undefined) return refuse('problem.text-missing', { field: text });
  switch (command.do) {
    case 'confirm':
      return [draft('problem', p.id, 'ProblemConfirmed', {})];
    case 'notFounded':
      return [draft('problem', p.id, 'ProblemNotFounded', { reason: command.reason })];
    case 'assign': {
      const { government, department, person } = command;
      return [draft('problem', p.id, 'ProblemAssigned', { government, department, person })];
    }
    case 'plan':
      return decidePlan(p, command, ctx);
    case 'changeBody':
      return (
        wrongBody(p, command.body, ctx) ?? [draft('problem', p.id, 'AcceptanceBodyChanged', { body: command.body, reason: command.reason })]
      );
    case 'start':
      return [draft('problem', p.id, 'RectificationStarted', {})];
    case 'stage':
      return [draft('problem', p.id, 'RectificationStaged', { progress: command.progress })];
    case 'claim':
      return decideClaim(p, command.text, command.evidence, ctx);
    case 'check':
      return (
        mayCheck(p, ctx.actor) ??
        unexplained(p, command.alike, ctx) ?? [
          draft('problem', p.id, 'ProblemChecked', { text: command.text, ...explained(command.alike, ctx) }),
        ]
      );
    case 'return':
      return [draft('problem', p.id, 'ProblemReturned', { reason: command.reason })];
    case 'accept':
      return decideAccept(p, command, ctx);
    case 'clear':
      return decideClear(p, command.decisionNo, ctx);
    case 'watch':
      return decideWatch(p, command.until, ctx);
    case 'settle':
      return decideSettle(p, ctx);
    case 'extend':
      return decideExtend(p, command, ctx);
    case 'withdraw':
      return decideWithdraw(p, command.reason, ctx);
    case 'merge':
      return decideMerge(p, command.into, command.reason, ctx);
    case 'split':
      return decideSplit(p, command);
    case 'rebound':
      return decideRebound(p, command.reason, command.evidence, ctx);
    default:
      return assertNever(command);
  }
}

function missingText(command: ProblemCommand): string | undefined {
  for (const [field, value] of Object.entries(command)) {
    if (field !== 'do' && typeof value === 'string' && isBlank(value)) return field;
  }
  return undefined;
}

function decidePlan(p: Problem, plan: Extract<ProblemCommand, { do: 'plan' }>, ctx: DecideContext): Draft[] | Refusal {
  if (!isPlainDate(plan.deadline)) return refuse('problem.plan-incomplete', { field: 'deadline' });
  if (p.deadline !== null && plan.deadline > p.deadline) {
    return refuse('problem.plan-after-deadline', { planned: plan.deadline, deadline: p.deadline });
  }
  const today = dateOf(ctx.happenedAt, ctx.settings.utcOffsetMinutes);
  // Once the deadline has passed, a plan can name no other day than that one.
  const earliest = p.deadline !== null && p.deadline < today ? p.deadline : today;
  if (plan.deadline < earliest) return refuse('problem.plan-past', { planned: plan.deadline, today });
  const { implementer, goal, deadline, measures, acceptanceBody } = plan;
  return (
    wrongBody(p, acceptanceBody, ctx) ?? [
      draft('problem', p.id, 'ProblemPlanned', { implementer, goal, deadline, measures, acceptanceBody }),
    ]
  );
}

/** Why an organisation cannot be the acceptance body (验收主体): nobody knows it, or it rectifies. */
function wrongBody(p: Problem, body: string, ctx: DecideContext): Refusal | undefined {
  const known = ctx.organisations.some((o) => o.code === body) || ctx.settings.aspects.some((a) => a.acceptanceBody === body);
  if (!known) return refuse('problem.body-unknown', { body });
  return isRectifying(p, body, ctx) ? refuse('problem.body-rectifies', { body }) : undefined;
}

/** How far a clock of a camera may be off what its owner says. */
const clockError = 86_400_000;

function decideClaim(p: Problem, text: string, evidence: readonly EvidenceRef[], ctx: DecideContext): Draft[] | Refusal {
  if (evidence.length === 0) return refuse('problem.evidence-missing', { no: p.found.no });
  const seen = new Set(ctx.seenEvidence);
  for (const item of evidence) {
    const takenAt = parseInstant(item.takenAt);
    if (takenAt === undefined || takenAt <= p.foundAt || takenAt > ctx.at) {
      return refuse('problem.evidence-old', { name: item.name, foundAt: formatInstant(p.foundAt) });
    }
    if (seen.has(item.sha256)) return refuse('problem.evidence-seen', { name: item.name, sha256: item.sha256 });
    const wrong = notKept(p, item, takenAt, ctx);
    if (wrong !== undefined) return wrong;
    seen.add(item.sha256);
  }
  return [draft('problem', p.id, 'RectificationClaimed', { text, evidence })];
}

/** Why evidence does not count: its bytes are not sealed for this problem, or the file itself says another time. */
function notKept(p: Problem, item: EvidenceRef, takenAt: Instant, ctx: DecideContext): Refusal | undefined {
  if (ctx.kept === 'generated') return undefined;
  const kept = ctx.kept.get(item.sha256);
  if (kept?.sealed !== true) return refuse('problem.evidence-not-kept', { name: item.name, sha256: item.sha256 });
  const made = kept.deviceTakenAt === null ? undefined : parseInstant(kept.deviceTakenAt);
  if (made === undefined) return undefined;
  if (made <= p.foundAt - clockError) return refuse('problem.evidence-old', { name: item.name, foundAt: formatInstant(p.foundAt) });
  if (Math.abs(made - takenAt) > clockError) {
    return refuse('problem.evidence-contradicts', { name: item.name, said: item.takenAt, file: formatInstant(made) });
  }
  return undefined;
}

/** A picture that was handed in for another problem before counts only for a reason that is written down (同图复用须说明). */
function unexplained(p: Problem, reason: string | undefined, ctx: DecideContext): Refusal | undefined {
  const alike = ctx.alike ?? [];
  if (alike.length === 0 || reason !== undefined) return undefined;
  const others = [...new Set(alike.map((a) => a.no ?? '?'))];
  return refuse('problem.evidence-alike', { no: p.found.no, others });
}

/** The reason is kept where there was something to explain. */
function explained(reason: string | undefined, ctx: DecideContext): { alike?: string } {
  return reason === undefined || (ctx.alike ?? []).length === 0 ? {} : { alike: reason };
}

function decideAccept(p: Problem, c: Extract<ProblemCommand, { do: 'accept' }>, ctx: DecideContext): Draft[] | Refusal {
  const wrong = mayAccept(p, ctx);
  if (wrong !== undefined) return wrong;
  if (p.plan === null) return refuse('problem.plan-incomplete', { field: 'plan' });
  if (c.penaltyCase === null && c.noPenaltyReason === null) return refuse('problem.penalty-missing', { no: p.found.no });
  const unfit = c.penaltyCase === null ? undefined : unfitCase(p, c.penaltyCase, ctx);
  if (unfit !== undefined) return unfit;
  const again = unexplained(p, c.alike, ctx);
  if (again !== undefined) return again;
  const aspect = ctx.settings.aspects.find((a) => a.code === p.found.aspect && a.version === p.found.aspectVersion);
  const accepted = draft('problem', p.id, 'ProblemAccepted', {
    body: ctx.actor.org,
    criteria: c.criteria,
    penaltyCase: c.penaltyCase,
    noPenaltyReason: c.noPenaltyReason,
    noticeDays: aspect?.noticeDays ?? ctx.settings.defaultNoticeDays,
    ...explained(c.alike, ctx),
  });
  return [accepted];
}

/** Why a case is not this problem's penalty: it does not stand, came later, or is about somebody else. */
function unfitCase(p: Problem, named: string, ctx: DecideContext): Refusal | undefined {
  const c = ctx.penaltyCase;
  if (c === undefined || !c.decided || c.decidedAt === null || c.revoked) return refuse('problem.penalty-not-standing', { case: named });
  if (c.decidedAt > ctx.happenedAt) return refuse('problem.penalty-later', { case: c.no, decidedAt: formatInstant(c.decidedAt) });
  const about =
    c.problemId === p.id ||
    (c.sourceId !== null && c.sourceId === p.found.sourceId) ||
    (c.problemId === null && identifierForm(c.unit) === identifierForm(p.found.unit));
  return about ? undefined : refuse('problem.penalty-other', { case: c.no, unit: c.unit, no: p.found.no });
}

function decideClear(p: Problem, decisionNo: string, ctx: DecideContext): Draft[] | Refusal {
  const wrong = mayAccept(p, ctx);
  if (wrong !== undefined) return wrong;
  const offset = ctx.settings.utcOffsetMinutes;
  if (p.noticeDays > 0 && p.acceptedRecordedAt !== null) {
    const over = noticeEnd(p.acceptedRecordedAt, p.noticeDays, offset);
    if (ctx.happenedAt < over) return refuse('problem.notice-running', { until: formatInstant(over) });
  }
  return [draft('problem', p.id, 'ProblemCleared', { decisionNo })];
}

function decideWatch(p: Problem, until: string, ctx: DecideContext): Draft[] | Refusal {
  const today = dateOf(ctx.happenedAt, ctx.settings.utcOffsetMinutes);
  if (!isPlainDate(until) || until < today) return refuse('problem.watch-until', { until, today });
  return [draft('problem', p.id, 'ProblemWatched', { until })];
}

function decideSettle(p: Problem, ctx: DecideContext): Draft[] | Refusal {
  const { watchedUntil } = p;
  if (watchedUntil !== null && isPlainDate(watchedUntil) && dateOf(ctx.happenedAt, ctx.settings.utcOffsetMinutes) <= watchedUntil) {
    return refuse('problem.watch-running', { until: watchedUntil });
  }
  return [draft('problem', p.id, 'ProblemSettled', {})];
}

function decideExtend(p: Problem, c: Extract<ProblemCommand, { do: 'extend' }>, ctx: DecideContext): Draft[] | Refusal {
  const rule = ctx.settings.extensionRules.find((r) => r.code === c.rule);
  if (rule === undefined) return refuse('problem.rule-unknown', { rule: c.rule });
  if (p.deadline === null) return refuse('problem.wrong-state', { state: p.state, verb: 'extend', no: p.found.no });
  if (!Number.isInteger(c.days) || c.days < 1 || c.days > rule.maxDays) {
    return refuse('problem.rule-too-long', { rule: rule.code, days: c.days, maxDays: rule.maxDays });
  }
  if (p.extensions.filter((e) => e.rule === rule.code).length >= rule.times) {
    return refuse('problem.rule-used-up', { rule: rule.code, no: p.found.no });
  }
  const deadline = addDays(p.deadline, c.days);
  return [draft('problem', p.id, 'DeadlineExtended', { rule: rule.code, days: c.days, deadline, reason: c.reason })];
}

function decideWithdraw(p: Problem, reason: string, ctx: DecideContext): Draft[] | Refusal {
  if (p.proposal === null || p.proposal.kind !== 'withdraw') {
    return [draft('problem', p.id, 'WithdrawalProposed', { reason })];
  }
  if (p.proposal.by.id === ctx.actor.id) return refuse('problem.two-persons', { no: p.found.no, person: ctx.actor.name });
  return [draft('problem', p.id, 'ProblemWithdrawn', { reason, proposedBy: p.proposal.by.id })];
}

function decideMerge(p: Problem, into: string, reason: string, ctx: DecideContext): Draft[] | Refusal {
  const other = ctx.other;
  const impossible: readonly ProblemState[] = ['withdrawn', 'merged', 'split', 'notFounded'];
  if (other === undefined || other.id === p.id || impossible.includes(other.state)) {
    return refuse('problem.merge-target', { into });
  }
  if (p.proposal === null || p.proposal.kind !== 'merge' || p.proposal.into !== other.id) {
    return [draft('problem', p.id, 'MergeProposed', { into: other.id, reason })];
  }
  if (p.proposal.by.id === ctx.actor.id) return refuse('problem.two-persons', { no: p.found.no, person: ctx.actor.name });
  return [draft('problem', p.id, 'ProblemMerged', { into: other.id, reason, proposedBy: p.proposal.by.id })];
}

/** Only before supervision, so that a published count never changes by splitting; the parts count instead of the whole. */
function decideSplit(p: Problem, c: Extract<ProblemCommand, { do: 'split' }>): Draft[] | Refusal {
  if (c.parts.length < 2) return refuse('problem.split-needs-parts', { parts: c.parts.length });
  const firstFoundBy = [...(p.found.firstFoundBy ?? []), p.foundBy.id];
  const parts = c.parts.map((part) =>
    draft('problem', part.id, 'ProblemFound', { ...p.found, no: part.no, text: part.text, splitFrom: p.id, firstFoundBy }),
  );
  return [draft('problem', p.id, 'ProblemSplit', { into: c.parts.map((part) => part.id), reason: c.reason }), ...parts];
}

function decideRebound(p: Problem, reason: string, evidence: readonly EvidenceRef[], ctx: DecideContext): Draft[] | Refusal {
  const newId = ctx.newIds[0];
  if (newId === undefined || ctx.newNo === undefined) throw new Error('a rebound needs an id and a number for the new problem');
  for (const item of evidence) {
    const takenAt = parseInstant(item.takenAt);
    if (takenAt === undefined) return refuse('problem.evidence-old', { name: item.name, foundAt: formatInstant(p.foundAt) });
    const wrong = notKept(p, item, takenAt, ctx);
    if (wrong !== undefined) return wrong;
  }
  // The new problem is a finding of its own, whatever the old one was a part of.
  const { splitFrom: _splitFrom, firstFoundBy: _firstFoundBy, ...found } = p.found;
  return [
    draft('problem', p.id, 'ProblemRebounded', { reason, newProblemId: newId, newNo: ctx.newNo }),
    draft('problem', newId, 'ProblemFound', {
      ...found,
      no: ctx.newNo,
      text: reason,
      clue: 'rebound',
      evidence,
      reboundOf: p.id,
    }),
  ];
}

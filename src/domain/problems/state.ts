import { assertNever } from '../kernel/refusal.ts';
import { isOn, type ActOn } from '../acts/streams.ts';
import { inOrder, type Act } from '../acts/act.ts';
import type { EvidenceRef } from '../evidence/acts.ts';
import type { FoundPayload, PlanFields } from './acts.ts';
import type { Personal } from '../acts/sealed.ts';
import type { Instant, PlainDate } from '../kernel/instant.ts';
import type { ActorRef } from '../acts/act.ts';

/** The problem's states (PRODUCT chart): the line from found to settled, and those beside it. */
export const problemStates = [
  'found',
  'confirmed',
  'supervised',
  'planned',
  'rectifying',
  'staged',
  'returned',
  'claimed',
  'checked',
  'accepted',
  'cleared',
  'watched',
  'settled',
  'rebounded',
  'notFounded',
  'withdrawn',
  'merged',
  'split',
] as const;
export type ProblemState = (typeof problemStates)[number];

/** A problem (环境问题) as its acts say it stands. */
export interface Problem {
  readonly id: string;
  readonly version: number;
  readonly state: ProblemState;
  readonly found: FoundPayload;
  readonly foundBy: ActorRef;
  readonly foundAt: Instant;
  readonly supervised: {
    readonly letterId: string;
    readonly batch: number;
    /** The government that the letter is addressed to; null in acts of an earlier version. */
    readonly government: string | null;
    readonly recordedAt: Instant;
  } | null;
  /** The deadline in force; moves only by an extension. */
  readonly deadline: PlainDate | null;
  readonly extensions: readonly { readonly rule: string; readonly days: number }[];
  readonly plan: PlanFields | null;
  readonly owner: { readonly government: string; readonly department: string; readonly person: Personal } | null;
  readonly claimStanding: boolean;
  /** When the standing or the last claim was recorded. */
  readonly claimedRecordedAt: Instant | null;
  readonly claimedBy: readonly ActorRef[];
  /** Whoever planned, started, staged or claimed the rectification. */
  readonly rectifiedBy: readonly ActorRef[];
  readonly checkedBy: readonly ActorRef[];
  readonly claimEvidence: readonly EvidenceRef[];
  readonly acceptedBy: ActorRef | null;
  readonly acceptedAt: Instant | null;
  /** When the acceptance was recorded: what the public can know of it begins here. */
  readonly acceptedRecordedAt: Instant | null;
  readonly noticeDays: number;
  /** Recorded and happened instants of the clearing; kept after a rebound. */
  readonly clearedRecordedAt: Instant | null;
  readonly clearedHappenedAt: Instant | null;
  /** The day until which it is watched. */
  readonly watchedUntil: PlainDate | null;
  readonly rebound: { readonly newProblemId: string; readonly newNo: string; readonly recordedAt: Instant } | null;
  readonly proposal: { readonly kind: 'withdraw' | 'merge'; readonly by: ActorRef; readonly reason: string; readonly into?: string } | null;
  readonly lastHappenedAt: Instant;
}

/**
 * State of a problem from its acts, in any order and with any repetition.
 *
 * @param asOf  acts recorded later are ignored
 * @returns     undefined when it had not been found by then
 */
export function foldProblem(acts: readonly Act[], asOf?: Instant): Problem | undefined {
  let problem: Problem | undefined;
  for (const act of inOrder(acts, asOf)) problem = applyProblemAct(problem, act);
  return problem;
}

/** One act further. Acts that are no problem acts leave the state as it is. */
export function applyProblemAct(before: Problem | undefined, act: Act): Problem | undefined {
  if (act.kind === 'ProblemFound') {
    return {
      id: act.streamId,
      version: act.seq,
      state: 'found',
      found: act.payload,
      foundBy: act.actor,
      foundAt: act.happenedAt,
      supervised: null,
      deadline: null,
      extensions: [],
      plan: null,
      owner: null,
      claimStanding: false,
      claimedRecordedAt: null,
      claimedBy: [],
      rectifiedBy: [],
      checkedBy: [],
      claimEvidence: [],
      acceptedBy: null,
      acceptedAt: null,
      acceptedRecordedAt: null,
      noticeDays: 0,
      clearedRecordedAt: null,
      clearedHappenedAt: null,
      watchedUntil: null,
      rebound: null,
      proposal: null,
      lastHappenedAt: act.happenedAt,
    };
  }
  if (before === undefined || !isOn('problem', act)) return before;
  const change = changeOf(before, act);
  if (change === undefined) return before;
  return {
    ...before,
    ...change,
    version: act.seq,
    lastHappenedAt: act.happenedAt > before.lastHappenedAt ? act.happenedAt : before.lastHappenedAt,
  };
}

function changeOf(p: Problem, act: Exclude<ActOn<'problem'>, { readonly kind: 'ProblemFound' }>): Partial<Problem> | undefined {
  switch (act.kind) {
    case 'ProblemConfirmed':
      return { state: 'confirmed' };
    case 'ProblemNotFounded':
      return { state: 'notFounded' };
    case 'ProblemAssigned':
      return { owner: act.payload };
    case 'ProblemSupervised':
      return {
        state: 'supervised',
        supervised: {
          letterId: act.payload.letterId,
          batch: act.payload.batch,
          government: act.payload.government ?? null,
          recordedAt: act.recordedAt,
        },
        deadline: act.payload.deadline,
      };
    case 'ProblemPlanned':
      return { state: 'planned', plan: act.payload, rectifiedBy: [...p.rectifiedBy, act.actor] };
    case 'AcceptanceBodyChanged':
      return p.plan === null ? undefined : { plan: { ...p.plan, acceptanceBody: act.payload.body } };
    case 'RectificationStarted':
      return { state: 'rectifying', rectifiedBy: [...p.rectifiedBy, act.actor] };
    case 'RectificationStaged':
      return { state: 'staged', rectifiedBy: [...p.rectifiedBy, act.actor] };
    case 'RectificationClaimed':
      return {
        state: 'claimed',
        claimStanding: true,
        claimedRecordedAt: act.recordedAt,
        claimedBy: [...p.claimedBy, act.actor],
        rectifiedBy: [...p.rectifiedBy, act.actor],
        claimEvidence: act.payload.evidence,
      };
    case 'ProblemChecked':
      return { state: 'checked', checkedBy: [...p.checkedBy, act.actor] };
    case 'ProblemReturned':
      return { state: 'returned', claimStanding: false, acceptedBy: null, acceptedAt: null, acceptedRecordedAt: null };
    case 'ProblemAccepted':
      return {
        state: 'accepted',
        acceptedBy: act.actor,
        acceptedAt: act.happenedAt,
        acceptedRecordedAt: act.recordedAt,
        noticeDays: act.payload.noticeDays,
      };
    case 'ProblemCleared':
      return { state: 'cleared', clearedRecordedAt: act.recordedAt, clearedHappenedAt: act.happenedAt };
    case 'ProblemWatched':
      return { state: 'watched', watchedUntil: act.payload.until };
    case 'ProblemSettled':
      return { state: 'settled' };
    case 'DeadlineExtended':
      return {
        deadline: act.payload.deadline,
        extensions: [...p.extensions, { rule: act.payload.rule, days: act.payload.days }],
      };
    case 'WithdrawalProposed':
      return { proposal: { kind: 'withdraw', by: act.actor, reason: act.payload.reason } };
    case 'MergeProposed':
      return { proposal: { kind: 'merge', by: act.actor, reason: act.payload.reason, into: act.payload.into } };
    case 'ProblemWithdrawn':
      return { state: 'withdrawn', proposal: null };
    case 'ProblemMerged':
      return { state: 'merged', proposal: null };
    case 'ProblemSplit':
      return { state: 'split' };
    case 'ProblemRebounded':
      return {
        state: 'rebounded',
        rebound: { newProblemId: act.payload.newProblemId, newNo: act.payload.newNo, recordedAt: act.recordedAt },
      };
  }
  return assertNever(act);
}

/** Whether the problem is in the stock: supervised, neither cleared nor withdrawn, or rebounded. */
export function isOpen(p: Problem): boolean {
  if (p.supervised === null) return false;
  if (p.state === 'withdrawn' || p.state === 'merged') return false;
  return p.clearedRecordedAt === null || p.rebound !== null;
}

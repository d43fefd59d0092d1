import type { Personal } from '../acts/sealed.ts';
import type { EvidenceRef } from '../evidence/acts.ts';
import type { PlainDate } from '../kernel/instant.ts';
import type { PlaceCode } from '../kernel/place.ts';

/** The five fields every rectification plan must have (Ecological and Environmental Code, art. 29). */
export interface PlanFields {
  /** 实施主体 */
  readonly implementer: string;
  /** 整改目标 */
  readonly goal: string;
  /** 完成期限 */
  readonly deadline: PlainDate;
  /** 主要措施 */
  readonly measures: string;
  /** 验收主体: the organisation code of whoever will accept. */
  readonly acceptanceBody: string;
}

export interface FoundPayload {
  readonly no: string;
  /** The number that somebody else knows it by, such as a hotline's. */
  readonly outsideNo?: string;
  readonly sourceId: string | null;
  readonly unit: string;
  readonly place: PlaceCode;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly aspect: string;
  readonly aspectVersion: number;
  /** Further aspects; the problem counts only under its primary one. */
  readonly tags: readonly string[];
  /** Published type (对外口径类别). */
  readonly type: string;
  readonly text: string;
  /** Where the clue came from: inspection, selfCheck, hotline, telemetry, handover, rebound. */
  readonly clue: string;
  readonly evidence: readonly EvidenceRef[];
  readonly reboundOf?: string;
  readonly splitFrom?: string;
  /** Ids of whoever found the whole that this is a part of: they found the part too. */
  readonly firstFoundBy?: readonly string[];
}

/** Acts of a problem (环境问题). */
export interface ProblemPayloads {
  ProblemFound: FoundPayload;
  ProblemConfirmed: Record<string, never>;
  ProblemNotFounded: { readonly reason: string };
  ProblemAssigned: { readonly government: string; readonly department: string; readonly person: Personal };
  ProblemSupervised: {
    readonly letterId: string;
    readonly batch: number;
    readonly deadline: PlainDate;
    /** The government that the letter is addressed to. */
    readonly government?: string;
  };
  ProblemPlanned: PlanFields;
  /** The acceptance body that the plan named is replaced by another one. */
  AcceptanceBodyChanged: { readonly body: string; readonly reason: string };
  RectificationStarted: Record<string, never>;
  RectificationStaged: { readonly progress: string };
  RectificationClaimed: { readonly text: string; readonly evidence: readonly EvidenceRef[] };
  ProblemChecked: {
    readonly text: string;
    /** Why a picture that looks like an earlier one of another problem counts all the same. */
    readonly alike?: string;
  };
  ProblemReturned: { readonly reason: string };
  ProblemAccepted: {
    readonly body: string;
    readonly criteria: string;
    /** A penalty decision, or a reasoned decision not to punish: one of the two. */
    readonly penaltyCase: string | null;
    readonly noPenaltyReason: string | null;
    readonly noticeDays: number;
    /** As in a check. */
    readonly alike?: string;
  };
  ProblemCleared: { readonly decisionNo: string };
  ProblemWatched: { readonly until: PlainDate };
  ProblemSettled: Record<string, never>;
  DeadlineExtended: { readonly rule: string; readonly days: number; readonly deadline: PlainDate; readonly reason: string };
  WithdrawalProposed: { readonly reason: string };
  ProblemWithdrawn: { readonly reason: string; readonly proposedBy: string };
  MergeProposed: { readonly into: string; readonly reason: string };
  ProblemMerged: { readonly into: string; readonly reason: string; readonly proposedBy: string };
  ProblemSplit: { readonly into: readonly string[]; readonly reason: string };
  ProblemRebounded: { readonly reason: string; readonly newProblemId: string; readonly newNo: string };
}

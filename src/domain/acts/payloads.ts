import type { PlainDate } from '../kernel/instant.ts';
import type { PlaceCode } from '../kernel/place.ts';
import type { CampaignSettings, AspectDefinition, FigureDefinition, KeyTask } from '../campaign/settings.ts';
import type { LeadPayloads } from '../leads/acts.ts';
import type { BulletinPayloads } from '../publication/acts.ts';
import type { Personal } from './sealed.ts';
import type { RegisterItem } from '../registers/item.ts';

/** Evidence as metadata: the bytes live in the evidence store under the same hash. */
export interface EvidenceRef {
  /** SHA-256 of the original bytes, 64 hexadecimal digits. */
  readonly sha256: string;
  readonly kind: 'photo' | 'document' | 'monitoring' | 'video';
  readonly name: string;
  /** When it was made, ISO 8601 with offset, as its maker says. */
  readonly takenAt: string;
  readonly bytes?: number;
}

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

/** Payload of each kind of act. Kinds are past tense; a new kind shows every switch that must learn it. */
export interface Payloads extends BulletinPayloads, LeadPayloads {
  // campaign
  CampaignOpened: CampaignSettings;
  AspectDefined: AspectDefinition;
  AspectClosed: { readonly code: string; readonly version: number };
  KeyTaskDefined: KeyTask;
  FigureDefined: FigureDefinition;
  OrganisationRegistered: { readonly code: string; readonly name: string; readonly place: PlaceCode; readonly kind: string };
  /** Names erased under the Personal Information Protection Law, art. 47: their commitments, and why. */
  PersonalDataErased: { readonly commitments: readonly string[]; readonly reason: string };
  /** From the entry of this number on, every act of the log carries a mark; those before it are of an earlier release. */
  LogMarksBegun: { readonly size: number };
  TeamFormed: { readonly code: string; readonly name: string; readonly place: PlaceCode; readonly members: readonly Personal[] };
  // source 污染源
  SourceRegistered: {
    readonly no: string;
    readonly name: string;
    readonly uscc: string | null;
    readonly place: PlaceCode;
    readonly lon: number | null;
    readonly lat: number | null;
    readonly industry: string;
    readonly outlets: readonly string[];
    readonly scattered: boolean;
  };
  SourceClosureAccepted: { readonly reason: string };
  SourceRevived: { readonly reason: string };
  // inspection 现场检查, in the stream of its source
  InspectionCompleted: {
    readonly no: string;
    readonly place: PlaceCode;
    readonly aspect: string;
    readonly officers: readonly Personal[];
    readonly legalBody: string;
    readonly result: 'clean' | 'problems';
    readonly text: string;
  };
  // problem 环境问题
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
  // supervision 督办
  BatchIssued: { readonly no: number; readonly name: string; readonly deadline: PlainDate };
  LetterIssued: {
    readonly batch: number;
    readonly place: PlaceCode;
    readonly government: string;
    readonly docNo: string;
    readonly problems: number;
    readonly deadline: PlainDate;
  };
  LetterReceived: { readonly by: Personal };
  // penalties 行政处罚
  CaseFiled: {
    readonly no: string;
    readonly unit: string;
    readonly sourceId: string | null;
    readonly problemId: string | null;
    readonly place: PlaceCode;
    readonly cause: string;
    readonly department: string;
  };
  PenaltyDecided: { readonly docNo: string; readonly amountFen: number; readonly basis: string };
  DailyFineDecided: { readonly docNo: string; readonly amountFen: number; readonly from: PlainDate; readonly to: PlainDate };
  MeasureDecided: { readonly measure: string; readonly docNo: string };
  PenaltyRevoked: { readonly reason: string };
  // central inspection 中央环保督察
  TaskRegistered: {
    readonly no: string;
    readonly title: string;
    readonly place: PlaceCode;
    readonly lead: string;
    readonly deadline: PlainDate;
  };
  MeasureRegistered: { readonly no: string; readonly taskId: string; readonly text: string; readonly place: PlaceCode };
  CentralItemAccepted: { readonly body: string; readonly text: string };
  // engineering projects 工程项目
  ProjectRegistered: {
    readonly no: string;
    readonly name: string;
    readonly kind: string;
    readonly place: PlaceCode;
    readonly amount: number;
    readonly unit: string;
  };
  ProjectCompleted: { readonly body: string };
  // publication 公开
  CasePublished: { readonly no: string; readonly unit: string; readonly text: string };
  PublicationWithdrawn: { readonly reason: string };
  /** Figures released to the public as of an instant (ISO 8601 with offset); without ids: every figure of the dictionary. */
  FiguresPublished: { readonly asOf: string; readonly figures?: readonly string[] };
  // records of an outside register 外部登记册
  RecordAppeared: { readonly file: string; readonly row: number; readonly rowHash: string; readonly item: RegisterItem };
  RecordChanged: {
    readonly file: string;
    readonly row: number;
    readonly rowHash: string;
    /** Names of the fields whose values differ from the snapshot before. */
    readonly changed: readonly string[];
    readonly item: RegisterItem;
  };
  RecordVanished: { readonly file: string };
  // evidence 证据, in the stream of its object
  EvidenceReceived: {
    readonly sha256: string;
    readonly bytes: number;
    /** As the bytes show it. */
    readonly mediaType: string;
    readonly kind: EvidenceRef['kind'];
    readonly name: string;
    /** When it was made, as whoever handed it in says. */
    readonly takenAt: string | null;
    /** When it was made, as the file itself says; a claim as well. */
    readonly deviceTakenAt: string | null;
    /** Whether the file says where it was made; where stays in the sealed original. */
    readonly hasLocation: boolean;
    /** What a picture looks like (see `likenessOf`); absent where it is none, is too plain, or came in before this was looked at. */
    readonly likeness?: string;
    readonly itemId: string;
    readonly itemNo: string;
    readonly place: PlaceCode;
  };
  EvidenceSealed: { readonly reason: string };
  EvidenceViewed: { readonly rendition: string | null };
  EvidenceExported: { readonly purpose: string };
  RenditionDerived: {
    readonly source: string;
    readonly sha256: string;
    readonly transform: string;
    readonly bytes: number;
    readonly mediaType: string;
  };
}

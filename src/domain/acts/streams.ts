import type { Act, ActKind, StreamKind } from './act.ts';
import type { Payloads } from './payloads.ts';

/** What holds of one kind of stream. */
export interface StreamRule {
  /** Kinds of acts that open such a stream: only as its first act, and nothing else is its first act. */
  readonly opens: readonly ActKind[];
  /** Kinds of acts that it takes once it is open. */
  readonly takes: readonly ActKind[];
  /**
   * Whether an act rests on all acts before it, so that it cannot have happened before any of them did. Where it does not, the acts
   * are findings of their own (inspections of a source), or dated by somebody else (records of a register).
   */
  readonly rests: boolean;
}

/**
 * The one table of streams: what opens each kind, what it takes, and whether its acts rest on one another.
 *
 * Writing an act goes by it (`checkPlace`), so does the database: an act opens a row of `streams`, and each act refers to that row
 * with its kind.
 */
export const streamRules = {
  campaign: {
    opens: ['CampaignOpened'],
    takes: [
      'AspectDefined',
      'AspectClosed',
      'KeyTaskDefined',
      'FigureDefined',
      'OrganisationRegistered',
      'TeamFormed',
      'PersonalDataErased',
      'LogMarksBegun',
    ],
    rests: false,
  },
  source: { opens: ['SourceRegistered'], takes: ['SourceClosureAccepted', 'SourceRevived', 'InspectionCompleted'], rests: false },
  problem: {
    opens: ['ProblemFound'],
    takes: [
      'ProblemConfirmed',
      'ProblemNotFounded',
      'ProblemAssigned',
      'ProblemSupervised',
      'ProblemPlanned',
      'AcceptanceBodyChanged',
      'RectificationStarted',
      'RectificationStaged',
      'RectificationClaimed',
      'ProblemChecked',
      'ProblemReturned',
      'ProblemAccepted',
      'ProblemCleared',
      'ProblemWatched',
      'ProblemSettled',
      'DeadlineExtended',
      'WithdrawalProposed',
      'ProblemWithdrawn',
      'MergeProposed',
      'ProblemMerged',
      'ProblemSplit',
      'ProblemRebounded',
    ],
    rests: true,
  },
  batch: { opens: ['BatchIssued'], takes: [], rests: true },
  letter: { opens: ['LetterIssued'], takes: ['LetterReceived'], rests: true },
  case: { opens: ['CaseFiled'], takes: ['PenaltyDecided', 'DailyFineDecided', 'MeasureDecided', 'PenaltyRevoked'], rests: true },
  task: { opens: ['TaskRegistered'], takes: ['CentralItemAccepted'], rests: true },
  measure: { opens: ['MeasureRegistered'], takes: ['CentralItemAccepted'], rests: true },
  project: { opens: ['ProjectRegistered'], takes: ['ProjectCompleted'], rests: true },
  publication: { opens: ['CasePublished', 'FiguresPublished'], takes: ['PublicationWithdrawn'], rests: true },
  bulletin: {
    opens: ['BulletinDrafted'],
    takes: ['BulletinRevised', 'BulletinSubmitted', 'BulletinReturned', 'BulletinReleased', 'BulletinCorrected'],
    rests: true,
  },
  record: { opens: ['RecordAppeared'], takes: ['RecordAppeared', 'RecordChanged', 'RecordVanished'], rests: false },
  evidence: {
    opens: ['EvidenceReceived'],
    takes: ['EvidenceReceived', 'EvidenceSealed', 'EvidenceViewed', 'EvidenceExported', 'RenditionDerived'],
    rests: false,
  },
  // Raised by the command that gave rise to it, at whatever time that is said to have happened.
  lead: { opens: ['LeadRaised'], takes: ['LeadGrown', 'LeadClosed'], rests: false },
} as const satisfies Readonly<Record<StreamKind, StreamRule>>;

/** Acts that streams of a kind take, the opening ones included. */
export type ActOn<S extends StreamKind> = Extract<Act, { readonly kind: (typeof streamRules)[S]['opens' | 'takes'][number] }>;

/** Whether an act is of a stream of this kind, and one that such a stream takes. What is not, no fold looks at. */
export function isOn<S extends StreamKind>(stream: S, act: Act): act is ActOn<S> {
  const rule: StreamRule = streamRules[stream];
  return act.stream === stream && (rule.opens.includes(act.kind) || rule.takes.includes(act.kind));
}

type Placed = (typeof streamRules)[StreamKind]['opens' | 'takes'][number];
/** A kind of act that stands in no stream stops the build here. */
const everyKindIsPlaced: [ActKind] extends [Placed] ? true : Exclude<ActKind, Placed> = true;
void everyKindIsPlaced;

type TextField<K extends ActKind> = keyof Payloads[K] & string;

/** Members of payloads that name natural persons: a text, or a list of them (个人信息字段). */
export const personalFields: { readonly [K in ActKind]?: readonly TextField<K>[] } = {
  TeamFormed: ['members'],
  InspectionCompleted: ['officers'],
  ProblemAssigned: ['person'],
  LetterReceived: ['by'],
};

/**
 * Whether people write such acts in a campaign that was loaded from dated records (历史性专项): they publish its figures, quote them
 * and keep evidence. What its figures count comes with the records alone, so that answers change with a snapshot and nothing else.
 */
export function besideRecords(stream: StreamKind, kind: ActKind): boolean {
  return stream === 'publication' || stream === 'bulletin' || stream === 'evidence' || kind === 'PersonalDataErased';
}

/** Why an act cannot stand where it is to be appended. */
export type Misplaced = 'taken' | 'foreign' | 'unopened' | 'early';

/** What the place of an act is judged by. */
export interface Placing {
  readonly stream: StreamKind;
  readonly kind: ActKind;
  readonly happenedAt: number;
}

/**
 * Whether an act may be appended after the acts of its stream.
 *
 * @param before  acts of the stream so far, in order
 * @returns undefined when it may; `taken`: an opening act on a stream that is in use, of whatever kind; `foreign`: the stream is of
 *          another kind, or does not take such acts; `unopened`: the stream has no acts and this one opens none; `early`: it would
 *          have happened before an act that it rests on
 */
export function misplaced(act: Placing, before: readonly Placing[]): Misplaced | undefined {
  const rule: StreamRule = streamRules[act.stream];
  const first = before[0];
  if (first === undefined) return rule.opens.includes(act.kind) ? undefined : rule.takes.includes(act.kind) ? 'unopened' : 'foreign';
  const takes = rule.takes.includes(act.kind);
  if (!takes && rule.opens.includes(act.kind)) return 'taken';
  if (!takes || first.stream !== act.stream) return 'foreign';
  return rule.rests && before.some((b) => b.happenedAt > act.happenedAt) ? 'early' : undefined;
}

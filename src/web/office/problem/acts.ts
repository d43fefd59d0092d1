import type { CampaignView } from '../../../contract/campaign.ts';
import type { ActView } from '../../../contract/acts.ts';
import { nameOf } from '../ledger/columns.tsx';
import { shortHash } from '../../ui/format.ts';
import { orgName, type useDates } from '../../ui/campaign.ts';
import type { Words } from '../../ui/words.ts';

const stateOf: Readonly<Record<string, string>> = {
  ProblemFound: 'found',
  ProblemConfirmed: 'confirmed',
  ProblemNotFounded: 'notFounded',
  ProblemAssigned: 'confirmed',
  ProblemSupervised: 'supervised',
  ProblemPlanned: 'planned',
  AcceptanceBodyChanged: 'planned',
  RectificationStarted: 'rectifying',
  RectificationStaged: 'staged',
  RectificationClaimed: 'claimed',
  ProblemChecked: 'checked',
  ProblemReturned: 'returned',
  ProblemAccepted: 'accepted',
  ProblemCleared: 'cleared',
  ProblemWatched: 'watched',
  ProblemSettled: 'settled',
  DeadlineExtended: 'planned',
  WithdrawalProposed: 'withdrawn',
  ProblemWithdrawn: 'withdrawn',
  MergeProposed: 'merged',
  ProblemMerged: 'merged',
  ProblemSplit: 'split',
  ProblemRebounded: 'rebounded',
  SourceClosureAccepted: 'cleared',
  SourceRevived: 'rebounded',
  PenaltyRevoked: 'withdrawn',
  RecordVanished: 'withdrawn',
};

/** Which state's shape marks an act in a history. */
export function actState(kind: string): string {
  return stateOf[kind] ?? 'found';
}

export interface ActContext {
  readonly campaign: CampaignView;
  readonly words: Words;
  readonly dates: ReturnType<typeof useDates>;
  readonly money: (minor: number) => string;
}

/** What an act says beyond its name, in sentences; fields it does not know are left to its raw page. */
export function actDetail(act: ActView, c: ActContext): string[] {
  const { t } = c.words;
  const p = act.payload;
  const text = (key: string): string => (typeof p[key] === 'string' ? p[key] : '');
  const number = (key: string): number => (typeof p[key] === 'number' ? p[key] : 0);
  const out: string[] = [];
  const add = (line: string) => {
    if (line.trim() !== '') out.push(line);
  };
  switch (act.kind) {
    case 'EvidenceReceived':
      add(t('acts:detail.receivedFor', { name: text('name'), no: text('itemNo') }));
      if (text('deviceTakenAt') !== '') add(t('acts:detail.deviceTime', { time: text('deviceTakenAt').slice(0, 16).replace('T', ' ') }));
      if (p.hasLocation === true) add(t('acts:detail.located'));
      break;
    case 'EvidenceSealed':
      add(t('acts:detail.sealed'));
      break;
    case 'EvidenceViewed':
      add(t(p.rendition === null ? 'acts:detail.viewedOriginal' : 'acts:detail.viewedCopy'));
      break;
    case 'EvidenceExported':
      add(t('acts:detail.purpose', { purpose: text('purpose') }));
      break;
    case 'RenditionDerived':
      add(t('acts:detail.transform', { transform: text('transform'), hash: shortHash(text('sha256')) }));
      break;
    case 'ProblemFound':
      add(text('text'));
      add(files(p.evidence, c));
      break;
    case 'ProblemAssigned':
      add(
        t('acts:detail.assigned', {
          government: orgName(c.campaign, text('government')),
          department: text('department'),
          person: text('person'),
        }),
      );
      break;
    case 'ProblemSupervised':
      add(t('acts:detail.supervised', { batch: number('batch'), deadline: dateText(text('deadline'), c) }));
      break;
    case 'ProblemPlanned':
      add(
        t('acts:detail.planned', {
          implementer: text('implementer'),
          deadline: dateText(text('deadline'), c),
          body: orgName(c.campaign, text('acceptanceBody')),
        }),
      );
      break;
    case 'AcceptanceBodyChanged':
      add(t('acts:detail.body', { body: orgName(c.campaign, text('body')) }));
      add(text('reason'));
      break;
    case 'RectificationClaimed':
      add(text('text'));
      add(files(p.evidence, c));
      break;
    case 'ProblemChecked':
      add(text('text'));
      add(p.alike === undefined ? '' : t('acts:detail.alike', { reason: text('alike') }));
      break;
    case 'ProblemAccepted':
      add(text('criteria'));
      add(
        p.penaltyCase === null
          ? t('acts:detail.noPenalty', { reason: text('noPenaltyReason') })
          : t('acts:detail.penalty', { no: text('penaltyCase') }),
      );
      add(p.alike === undefined ? '' : t('acts:detail.alike', { reason: text('alike') }));
      add(t('acts:detail.notice', { count: number('noticeDays') }));
      break;
    case 'ProblemCleared':
      add(t('acts:detail.decision', { no: text('decisionNo') }));
      break;
    case 'ProblemWatched':
      add(t('acts:detail.until', { date: dateText(text('until'), c) }));
      break;
    case 'DeadlineExtended':
      add(t('acts:detail.extended', { rule: text('rule'), count: number('days'), deadline: dateText(text('deadline'), c) }));
      add(text('reason'));
      break;
    case 'ProblemRebounded':
      add(text('reason'));
      add(t('acts:detail.rebounded', { no: text('newNo') }));
      break;
    case 'InspectionCompleted':
      add(t(`acts:detail.result.${text('result')}`, { defaultValue: text('result') }));
      add(
        `${nameOf(c.campaign.aspects, text('aspect'), c.words)} ${Array.isArray(p.officers) ? p.officers.join(c.words.lang === 'zh' ? '、' : ', ') : ''}`,
      );
      add(text('text'));
      break;
    case 'PenaltyDecided':
    case 'DailyFineDecided':
      add(`${text('docNo')} ${c.money(number('amountFen'))}`);
      break;
    case 'RecordAppeared':
    case 'RecordChanged':
      // What changed stands below, value by value.
      add(t('acts:detail.appeared', { file: text('file'), row: number('row') }));
      break;
    case 'RecordVanished':
      add(t('acts:detail.vanished', { file: text('file') }));
      break;
    default:
      for (const key of ['text', 'progress', 'reason', 'docNo', 'no', 'body']) add(text(key));
  }
  return out;
}

function dateText(date: string, c: ActContext): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(date) ? c.dates.date(date) : date;
}

function files(evidence: unknown, c: ActContext): string {
  return Array.isArray(evidence) && evidence.length > 0 ? c.words.t('acts:detail.files', { count: evidence.length }) : '';
}

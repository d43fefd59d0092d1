import { describe, expect, test } from 'vitest';
import type { ActView } from '../../../contract/acts.ts';
import type { CampaignView } from '../../../contract/campaign.ts';
import { streamRules } from '../../../domain/acts/streams.ts';
import { wordsOf } from '../../i18n/words-of.ts';
import { formatDate, formatDay, formatDayTime, formatMoment, formatTime, moneyText } from '../../ui/format.ts';
import type { Lang } from '../../ui/language.ts';
import { toneOf } from '../../ui/StateMark.tsx';
import { actDetail, actState, type ActContext } from './acts.ts';

const campaign = {
  currency: 'CNY',
  currencyDigits: 2,
  organisations: [{ code: 'gov-1', name: '洪洞县人民政府', place: 141024, kind: 'government' }],
  aspects: [{ code: 'coke', version: 1, name: { zh: '焦化', en: 'coke' } }],
} as unknown as CampaignView;

const context: Readonly<Record<Lang, ActContext>> = { zh: await contextOf('zh'), en: await contextOf('en') };

async function contextOf(lang: Lang): Promise<ActContext> {
  return {
    campaign,
    words: await wordsOf(lang),
    dates: {
      date: (at) => formatDate(at, 480, lang),
      day: (at) => formatDay(at, 480, lang),
      moment: (at) => formatMoment(at, 480, lang),
      dayTime: (at) => formatDayTime(at, 480, lang),
      time: (at) => formatTime(at, 480),
    },
    money: (minor) => moneyText(minor, campaign, lang),
  };
}

const act = (kind: string, payload: Record<string, unknown> = {}): ActView => ({
  id: '1',
  seq: 1,
  kind,
  payload,
  actor: { id: '', org: '', name: '' },
  happenedAt: '2019-08-05T10:00:00Z',
  recordedAt: '2019-08-05T10:00:00Z',
  leafHash: '',
});
const zh = (kind: string, payload?: Record<string, unknown>) => actDetail(act(kind, payload), context.zh);
const en = (kind: string, payload?: Record<string, unknown>) => actDetail(act(kind, payload), context.en);
const kinds = Object.entries(streamRules).flatMap(([, rule]) => [...rule.opens, ...rule.takes]);

describe('what an act says beyond its name', () => {
  test('of a letter is its batch and its deadline as a date of the language', () => {
    expect(zh('ProblemSupervised', { batch: 2, deadline: '2019-08-20' }).join()).toMatch(/2.*2019年8月20日/);
    expect(en('ProblemSupervised', { batch: 2, deadline: '2019-08-20' })).toEqual(['In a letter of batch 2, deadline 20 Aug 2019.']);
  });

  test('of a deadline that is no date is left as it was written', () => {
    expect(en('ProblemWatched', { until: '2019年底' })).toEqual(['Watched until 2019年底']);
  });

  test('of an organisation is its name, of an unknown one what was written', () => {
    expect(en('ProblemAssigned', { government: 'gov-1', department: '环保局', person: '王某' })).toEqual(['洪洞县人民政府, 环保局, 王某']);
    expect(en('AcceptanceBodyChanged', { body: '某某委员会', reason: '机构改革' })).toEqual([
      'Acceptance body is now 某某委员会',
      '机构改革',
    ]);
  });

  test('of an acceptance is its penalty, or why there is none, and how long the notice is', () => {
    const accepted = { criteria: '已拆除', penaltyCase: '晋罚1号', noPenaltyReason: null, noticeDays: 5 };
    expect(en('ProblemAccepted', accepted)).toEqual(['已拆除', 'Penalty case 晋罚1号', 'Public notice of 5 days']);
    expect(en('ProblemAccepted', { ...accepted, penaltyCase: null, noPenaltyReason: '轻微' })).toContain('No penalty: 轻微');
    expect(en('ProblemAccepted', { ...accepted, alike: '角度不同' })).toHaveLength(4);
  });

  test('of a claim is its text and how much evidence came with it, none of it when there was none', () => {
    expect(en('RectificationClaimed', { text: '已完成', evidence: [{}, {}] })).toEqual(['已完成', 'Evidence: 2.']);
    for (const evidence of [[], undefined, null, 'x']) expect(en('RectificationClaimed', { text: '已完成', evidence })).toEqual(['已完成']);
  });

  test('of a fine is its document and the money', () => {
    expect(zh('PenaltyDecided', { docNo: '晋环罚〔2019〕1号', amountFen: 3_555_000_000 })).toEqual(['晋环罚〔2019〕1号 3,555万元']);
    expect(en('DailyFineDecided', { docNo: 'x', amountFen: 100 })).toEqual(['x 1 yuan']);
  });

  test('of an inspection joins its officers as the language does', () => {
    const seen = { result: 'problems', aspect: 'coke', officers: ['甲', '乙'], text: '' };
    expect(zh('InspectionCompleted', seen)[1]).toBe('焦化 甲、乙');
    expect(en('InspectionCompleted', seen)[1]).toBe('coke 甲, 乙');
    // Names that were erased are no names.
    expect(en('InspectionCompleted', { ...seen, officers: null })[1]?.trim()).toBe('coke');
  });

  test('of evidence that was viewed tells the copy from the original', () => {
    const [copy, original] = [zh('EvidenceViewed', { rendition: 'a' }), zh('EvidenceViewed', { rendition: null })];
    expect(copy).toHaveLength(1);
    expect(copy).not.toEqual(original);
  });

  test('of an act nobody here knows is what texts it has, and no more', () => {
    expect(en('SomethingNew', { text: 'a', reason: 'b', secret: 'c', no: 'W1' })).toEqual(['a', 'b', 'W1']);
  });
});

describe('an act of any kind', () => {
  test.each(kinds)('%s with nothing in it, or with something else in it, still says no more than words', (kind) => {
    const odd = { text: 7, evidence: 'x', officers: {}, batch: 'two', deadline: 20190820, amountFen: 'much', penaltyCase: undefined };
    for (const payload of [{}, odd])
      for (const lines of [zh(kind, payload), en(kind, payload)])
        for (const line of lines) {
          expect(line.trim()).not.toBe('');
          expect(line).not.toMatch(/undefined|NaN|\[object|\{\{/);
        }
  });

  test.each(kinds)('%s has a shape among the states', (kind) => {
    expect(['open', 'claimed', 'cleared', 'verified', 'overdue', 'rebound']).toContain(toneOf(actState(kind)));
  });

  test('that undoes what was reached is marked as such', () => {
    for (const kind of ['ProblemReturned', 'ProblemRebounded', 'SourceRevived']) expect(toneOf(actState(kind)), kind).toBe('rebound');
    for (const kind of ['ProblemCleared', 'ProblemSettled', 'SourceClosureAccepted']) expect(toneOf(actState(kind)), kind).toBe('cleared');
    expect([actState('SomethingNew'), toneOf('nothing of ours')]).toEqual(['found', 'open']);
  });
});

import { describe, expect, test } from 'vitest';
import type { DeskGroup } from '../../../contract/desk.ts';
import { parseInstant, type Instant } from '../../../domain/kernel/instant.ts';
import { deskTaskNames } from '../../../domain/desk/tasks.ts';
import { handedOnKinds } from '../../../domain/desk/way.ts';
import { wordsOf } from '../../i18n/words-of.ts';
import { deskAnswer } from './answer.ts';
import { linkOfGroup, linkOfLine } from './links.ts';
import { marksAhead, placeMarks, type Mark } from './marks.ts';

const [zh, en] = [await wordsOf('zh'), await wordsOf('en')];
const now = parseInstant('2019-08-05T18:00:00+08:00') as Instant;
const where = { slug: 'c', asOf: null };

const group = (code: string, count: number, more: Partial<DeskGroup> = {}): DeskGroup => ({
  ...{ code, count, since: null, due: null, ahead: [], later: null, query: `desk=${code}`, lines: [] },
  ...more,
});
const due = (on: string, daysLeft: number) => ({ due: { on, daysLeft } });

describe('the sentence on top', () => {
  test('says how many kinds wait, and of the first three how many and how urgent', () => {
    const groups = [
      group('overdue', 2683, due('2019-07-26', -10)),
      group('plan', 3, due('2019-08-05', 0)),
      group('claim', 1, due('2019-08-08', 3)),
      group('settle', 9),
    ];
    expect(deskAnswer(groups, zh)).toBe('等您办理4类：逾期2,683个，最久超10天；编制整改方案3个，今天到期；申报完成1个，3天后到期。');
    expect(deskAnswer(groups, en)).toBe(
      '4 kinds of tasks wait for you: Overdue 2,683, up to 10 days over; Write plans 3, due today; Claim completion 1, due in 3 days.',
    );
  });

  test('does not count what can only be done later, and has no plural of one', () => {
    const groups = [group('clear', 0, { later: { count: 4, next: '2019-08-09T00:00:00+08:00' } }), group('confirm', 1)];
    expect(deskAnswer(groups, zh)).toBe('等您办理1类：确认新登记1个。');
    expect(deskAnswer(groups, en)).toBe('One kind of task waits for you: Confirm findings 1.');
    expect(deskAnswer([groups[0] as DeskGroup], zh)).toBe('现在没有等您办理的事项。');
  });
});

test('every task has a name, an action and, where something waits later, words for it, in both languages', () => {
  const codes = [...deskTaskNames, 'release', 'revise', 'lead', 'receive'];
  const keys = [
    ...codes.flatMap((c) => [`desk:task.${c}`, `desk:act.${c}`]),
    ...['clear', 'settle'].map((c) => `desk:later.${c}`),
    ...[...handedOnKinds, 'BulletinSubmitted'].map((k) => `desk:sent.kind.${k}`),
    ...['WithdrawalProposed', 'MergeProposed', 'BulletinSubmitted'].map((k) => `desk:sent.waits.${k}`),
    ...['ProblemReturned', 'ProblemNotFounded', 'BulletinReturned'].map((k) => `desk:returned.kind.${k}`),
  ];
  for (const words of [zh, en]) {
    expect(keys.filter((key) => words.t(key, { count: 1, defaultValue: 'no text' }) === 'no text')).toEqual([]);
  }
});

describe('the days ahead', () => {
  test('hold each deadline once, at the end of its day, and the end of what runs', () => {
    const groups = [
      group('plan', 9, { ahead: [{ on: '2019-08-06', count: 2 }] }),
      group('claim', 9, { ahead: [{ on: '2019-08-06', count: 1 }] }),
      group('clear', 0, { later: { count: 3, next: '2019-08-08T00:00:00+08:00' } }),
      group('settle', 0, { later: { count: 3, next: '2019-10-08T00:00:00+08:00' } }),
    ];
    expect(marksAhead(groups, now, 480)).toEqual([
      {
        at: parseInstant('2019-08-07T00:00:00+08:00'),
        from: false,
        what: [
          { code: 'plan', count: 2 },
          { code: 'claim', count: 1 },
        ],
      },
      { at: parseInstant('2019-08-08T00:00:00+08:00'), from: true, what: [{ code: 'clear', count: 0 }] },
    ]);
  });

  test('have no words over each other nor over the edge, however many and however narrow', () => {
    const marks = Array.from({ length: 8 }, (_, i): Mark => ({ at: (now + (i + 1) * 43_200_000) as Instant, from: false, what: [] }));
    for (const width of [320, 358, 800, 1360]) {
      const placed = placeMarks(
        marks,
        now,
        width,
        () => '24:00 编制整改方案12个',
        () => 140,
      );
      expect(placed.length).toBe(8);
      for (const row of [0, 1]) {
        const spans = placed
          .filter((m) => m.row === row && m.text !== '')
          .map((m): [number, number] => (m.left ? [m.x - 150, m.x] : [m.x, m.x + 150]));
        for (const [a, b] of spans) expect(a >= 0 && b <= width).toBe(true);
        for (let i = 1; i < spans.length; i++) expect(spans[i]?.[0]).toBeGreaterThanOrEqual(spans[i - 1]?.[1] as number);
      }
    }
  });
});

describe('links', () => {
  const one = { place: null, count: 1, since: null, due: null, no: 'SX-1', text: '厂', id: null };

  test('lead to the list of exactly these, or to the one there is', () => {
    expect(linkOfGroup(where, group('plan', 2, { query: 'desk=plan&view=mine', lines: [one] }))).toBe('/c/c/ledger?desk=plan&view=mine');
    expect(linkOfGroup(where, group('plan', 1, { lines: [one] }))).toBe('/c/c/p/SX-1');
    expect(linkOfGroup(where, group('release', 2, { query: null, lines: [{ ...one, id: 'b' }] }))).toBe('/c/c/bulletins');
    expect(linkOfGroup(where, group('release', 1, { query: null, lines: [{ ...one, id: 'b' }] }))).toBe('/c/c/bulletins/b');
    expect(linkOfGroup(where, group('lead', 1, { query: null, lines: [{ ...one, no: null }] }))).toBe('/c/c');
  });

  test('of a place narrow the same list', () => {
    const g = group('check', 9);
    expect(linkOfLine(where, g, { ...one, place: 140_100, count: 4, no: null })).toBe('/c/c/ledger?desk=check&city=140100');
    expect(linkOfLine(where, g, { ...one, place: 140_105, count: 4, no: null })).toBe('/c/c/ledger?desk=check&county=140105');
  });
});

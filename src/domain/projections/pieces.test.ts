import { describe, expect, test } from 'vitest';
import { fewSettings } from '../../../test/generators/settings.ts';
import { on, stream } from '../../../test/fixtures/small-campaign.ts';
import type { Instant } from '../kernel/instant.ts';
import { dimNumbers, factContext, noOf, nowhere, stateNo } from './context.ts';
import { factsOfCampaign } from './fact-list.ts';
import { isOpenState, itemKinds } from './item-kinds.ts';
import { lineSpans, type Item } from './lines.ts';
import { spanChanges, spansOf, type Active, type Span } from './spans.ts';
import { counted, countsUntil } from './steps.ts';

describe('numbers of classifications', () => {
  test('are those of the settings, and 0 for what is unknown or none', () => {
    const numbers = dimNumbers(fewSettings());
    expect([noOf(numbers.aspect, 'boilers'), noOf(numbers.type, 'boilers'), noOf(numbers.measure, 'seizure')]).toEqual([6, 6, 2]);
    expect([noOf(numbers.aspect, 'scattered'), noOf(numbers.type, 'northern-three'), noOf(numbers.measure, 'boilers')]).toEqual([5, 3, 0]);
    expect(noOf(numbers.aspect, null)).toBe(0);
    expect(nowhere).toEqual({ place: 0, batch: 0, aspect: 0, type: 0, measure: 0 });
  });

  test('of states count from 1, and a state that is not listed is an error', () => {
    const ctx = factContext(fewSettings());
    expect([stateNo(ctx, 'found'), stateNo(ctx, 'cleared'), stateNo(ctx, 'revoked')]).toEqual([1, 11, 21]);
    expect(() => stateNo(ctx, 'lost')).toThrow("state lost is not in the campaign's list");
  });
});

describe('facts of a campaign', () => {
  test('are those of its streams and those of its register, each once', () => {
    const own = [
      'problem.found problem.supervised problem.withdrawn problem.claimed problem.rectified problem.rebounded problem.open',
      'problem.due problem.overdue problem.ontime case.penalty case.typical source.registered source.inspected',
      'source.inspectedUnder scattered.closed batch.issued letter.issued central.task central.task.accepted central.measure',
      'central.measure.accepted project.registered project.completed publication.case publication.figures',
    ].flatMap((line) => line.split(' '));
    expect(factsOfCampaign(fewSettings())).toEqual(own);
    const facts = ['record.any', 'case.penalty', 'record.any'].map((fact) => ({ fact, when: [] }));
    expect(factsOfCampaign({ ...fewSettings(), facts })).toEqual([...own, 'record.any']);
  });
});

describe('what the ledger lists', () => {
  test('is problems, cases and records, and what of them is still to be done', () => {
    expect(Object.keys(itemKinds)).toEqual(['problem', 'case', 'record']);
    const states = [...fewSettings().states, 'open', 'closed', 'vanished'];
    expect(states.filter(isOpenState)).toEqual([
      ...['supervised', 'planned', 'rectifying', 'staged', 'returned', 'claimed', 'checked', 'accepted'],
      'filed',
      'open',
    ]);
  });
});

describe('lines of the ledger', () => {
  const item: Item = {
    id: 'p',
    kind: 'problem',
    no: '1',
    sourceId: null,
    unit: '',
    place: 140_105,
    aspect: 1,
    type: 1,
    text: '',
    clue: '',
    lon: null,
    lat: null,
    batch: 1,
    state: 1,
    deadlineAt: null,
    foundAt: 1 as Instant,
    firstRecordedAt: 1 as Instant,
    updatedAt: 1 as Instant,
    version: 1,
    ownerOrg: null,
    amounts: null,
  };
  const lines = (...list: readonly (readonly [number, Partial<Item>])[]) =>
    lineSpans(list.map(([at, change]) => ({ at: at as Instant, item: { ...item, ...change } }))).map((s) => [s.from, s.to, s.item.version]);

  test.each<[string, Partial<Item>]>([
    ['state', { state: 2 }],
    ['batch', { batch: 2 }],
    ['deadline', { deadlineAt: 5 as Instant }],
    ['place', { place: 140_106 }],
    ['aspect', { aspect: 2 }],
    ['type', { type: 2 }],
  ])('end where the %s changes', (_, change) => {
    expect(lines([1, {}], [3, { ...change, version: 2 }])).toEqual([
      [1, 3, 1],
      [3, null, 2],
    ]);
  });

  test('go on, with what is newest, where nothing changes that they are looked for by', () => {
    expect(lines([1, {}], [3, { text: 'x', ownerOrg: 'o', version: 2 }], [4, { version: 3 }])).toEqual([[1, null, 3]]);
    expect(lines()).toEqual([]);
  });

  test('of no length are left out', () => {
    expect(lines([1, {}], [1, { state: 2, version: 2 }])).toEqual([[1, null, 2]]);
    expect(lines([1, {}], [3, { state: 2, version: 2 }], [3, { state: 3, version: 3 }])).toEqual([
      [1, 3, 1],
      [3, null, 3],
    ]);
  });
});

describe('counted intervals', () => {
  const dims = { place: 1, batch: 1, aspect: 1, type: 1, measure: 1 };
  const active = (more: Partial<Active> = {}): Active => ({ fact: 'a', from: 1 as Instant, dims, amount: 1, ...more });
  const spans = (...list: readonly (readonly [number, ...Active[]])[]) =>
    spansOf(list.map(([at, ...rest]) => ({ at: at as Instant, active: rest }))).map((s) => [s.fact, s.from, s.to]);

  test.each<[string, Partial<Active>]>([
    ['amount', { amount: 2 }],
    ['place', { dims: { ...dims, place: 2 } }],
    ['batch', { dims: { ...dims, batch: 2 } }],
    ['aspect', { dims: { ...dims, aspect: 2 } }],
    ['type', { dims: { ...dims, type: 2 } }],
    ['measure', { dims: { ...dims, measure: 2 } }],
  ])('end where the %s changes', (_, change) => {
    expect(spans([1, active()], [3, active({ from: 3 as Instant, ...change })])).toEqual([
      ['a', 1, 3],
      ['a', 3, null],
    ]);
    expect(spans([1, active()], [3, active({ from: 3 as Instant })])).toEqual([['a', 1, null]]);
  });

  test('of one fact under two keys run side by side', () => {
    const [one, two] = [active({ key: 'a#1' }), active({ key: 'a#2', from: 2 as Instant })];
    expect(spans([1, one], [2, one, two], [5, two])).toEqual([
      ['a', 1, 5],
      ['a', 2, null],
    ]);
    // The second ends first and still stands after the first, which began before it.
    expect(spans([1, one], [2, one, two], [5, one], [9])).toEqual([
      ['a', 1, 9],
      ['a', 2, 5],
    ]);
  });

  test('come by fact, then by beginning', () => {
    const b = active({ fact: 'b' });
    const late = active({ from: 9 as Instant });
    expect(spans([1, b, active()], [2], [9, late, active({ fact: 'B', from: 9 as Instant })])).toEqual([
      ['B', 9, null],
      ['a', 1, 2],
      ['a', 9, null],
      ['b', 1, 2],
    ]);
  });

  test('that begin later than their act move with their beginning until they have begun', () => {
    const due = (from: number) => active({ from: from as Instant });
    expect(spans([1, due(10)], [2, due(20)])).toEqual([['a', 20, null]]);
    expect(spans([1, due(10)], [2, due(10)], [15, due(15)])).toEqual([['a', 10, null]]);
    expect(spans([1, due(10)], [12, due(20)])).toEqual([
      ['a', 10, 12],
      ['a', 20, null],
    ]);
    // Due at the very instant of the next act: it had not begun before.
    expect(spans([1, due(10)], [10, due(10)])).toEqual([['a', 10, null]]);
    expect(spans([1, due(10)], [10])).toEqual([]);
  });

  test('change by those that are gone and those that are new, whatever it is that differs', () => {
    const one: Span = { fact: 'a', from: 1 as Instant, to: null, dims, amount: 1 };
    const others: Span[] = [
      { ...one, fact: 'b' },
      { ...one, from: 2 as Instant },
      { ...one, to: 3 as Instant },
      { ...one, amount: 2 },
      ...(['place', 'batch', 'aspect', 'type', 'measure'] as const).map((key) => ({ ...one, dims: { ...dims, [key]: 2 } })),
    ];
    for (const other of others) expect(spanChanges([one], [other])).toEqual({ gone: [one], added: [other] });
    const [ended, later]: [Span, Span] = [
      { ...one, to: 3 as Instant },
      { ...one, to: 4 as Instant },
    ];
    expect(spanChanges([ended], [later])).toEqual({ gone: [ended], added: [later] });
    expect(spanChanges([one], [{ ...one }])).toEqual({ gone: [], added: [] });
    expect(spanChanges([], [one])).toEqual({ gone: [], added: [one] });
    // Numbers that could run into one another when they are written side by side.
    const [left, right] = [
      { ...one, dims: { ...dims, place: 11, batch: 1 } },
      { ...one, dims: { ...dims, place: 1, batch: 11 } },
    ];
    expect(spanChanges([left], [right])).toEqual({ gone: [left], added: [right] });
  });
});

describe('what counts from one act until another takes it back', () => {
  test('has nowhere and nothing but what was said, counts from each act on, and acts of other streams change nothing', () => {
    expect(counted('a')).toEqual({ fact: 'a', dims: nowhere });
    expect(counted('a', { place: 5, batch: 2 })).toEqual({ fact: 'a', dims: { ...nowhere, place: 5, batch: 2 } });
    const steps = countsUntil(['publication'], (act) => (act.kind === 'PublicationWithdrawn' ? [] : [counted('a', { place: 5 })]));
    const acts = [
      ...stream('letter', 'l', ['07-01', { kind: 'LetterReceived', payload: {} }]),
      ...stream('publication', 'u', ['07-02', { kind: 'CasePublished', payload: {} }]),
      ...stream('letter', 'l', ['07-03', { kind: 'LetterReceived', payload: {} }]),
      ...stream('publication', 'u', ['07-04', { kind: 'PublicationWithdrawn', payload: {} }]),
    ];
    const one = (at: string) => ({ fact: 'a', dims: { ...nowhere, place: 5 }, from: on(at), amount: 0 });
    expect(steps(acts)).toEqual([
      { at: on('07-01'), active: [] },
      { at: on('07-02'), active: [one('07-02')] },
      { at: on('07-03'), active: [one('07-03')] },
      { at: on('07-04'), active: [] },
    ]);
  });
});

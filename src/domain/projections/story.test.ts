import { describe, expect, test } from 'vitest';
import { on, smallCampaign, stream } from '../../../test/fixtures/small-campaign.ts';
import { fewSettings } from '../../../test/generators/settings.ts';
import type { Act } from '../acts/act.ts';
import type { EvidenceRef } from '../evidence/acts.ts';
import type { Instant } from '../kernel/instant.ts';
import { factContext } from './context.ts';
import type { Item } from './lines.ts';
import { projectStream } from './project.ts';

const ctx = () => factContext(fewSettings());
const actsOf = (id: string): readonly Act[] => {
  const acts = smallCampaign.find((s) => s[0]?.streamId === id);
  if (acts === undefined) throw new Error(`no stream ${id}`);
  return acts;
};
/** Intervals as lines: fact, from, to, then place/batch/aspect/type/measure and the amount. */
const written = (acts: readonly Act[]) =>
  projectStream(acts, ctx()).facts.map(({ fact, from, to, dims: d, amount }) => [
    fact,
    from,
    to,
    `${d.place}/${d.batch}/${d.aspect}/${d.type}/${d.measure}`,
    amount,
  ]);
const span = (fact: string, from: string, to: string | null, dims: string, amount = 0) => [
  fact,
  on(from),
  to === null ? null : on(to),
  dims,
  amount,
];

describe('the counted intervals of a story', () => {
  test('of a problem that was cleared in time: nothing of it is overdue, on time it is from its deadline on', () => {
    const under = '140105/1/6/5/0';
    expect(written(actsOf('p1'))).toEqual([
      span('problem.claimed', '07-10', null, under),
      span('problem.due', '07-21T00:00:00', null, under),
      span('problem.found', '07-01', '07-03', '140105/0/6/5/0'),
      span('problem.found', '07-03', null, under),
      span('problem.ontime', '07-21T00:00:00', null, under),
      span('problem.open', '07-03', '07-13', under),
      span('problem.rectified', '07-13', null, under),
      span('problem.supervised', '07-03', null, under),
    ]);
  });

  test('of one that was cleared too late and rebounded: overdue until the record came, in the stock again from the rebound on', () => {
    const under = '140106/1/6/11/0';
    expect(written(actsOf('p2'))).toEqual([
      span('problem.claimed', '07-18', null, under),
      span('problem.due', '07-21T00:00:00', null, under),
      span('problem.found', '07-01', '07-03', '140106/0/6/11/0'),
      span('problem.found', '07-03', null, under),
      span('problem.open', '07-03', '07-22', under),
      span('problem.open', '08-01', null, under),
      span('problem.overdue', '07-21T00:00:00', '07-22', under),
      span('problem.rebounded', '08-01', null, under),
      span('problem.rectified', '07-22', null, under),
      span('problem.supervised', '07-03', null, under),
    ]);
  });

  test('of one that was recorded late: on time by what happened, from when it was recorded', () => {
    const under = '140105/1/5/5/0';
    expect(written(actsOf('p3')).filter(([fact]) => /due|ontime/.test(String(fact)))).toEqual([
      span('problem.due', '07-21T00:00:00', null, under),
      span('problem.ontime', '07-22', null, under),
      span('problem.overdue', '07-21T00:00:00', '07-22', under),
    ]);
  });

  test('of one whose deadline moved: overdue from the new one only', () => {
    const under = '140213/2/11/11/0';
    expect(written(actsOf('p5')).filter(([fact]) => /due|claimed/.test(String(fact)))).toEqual([
      span('problem.due', '07-31T00:00:00', null, under),
      span('problem.overdue', '07-31T00:00:00', null, under),
    ]);
  });

  test('of one that was withdrawn, returned, unfounded or split', () => {
    const withdrawn = '140213/2/11/11/0';
    expect(written(actsOf('p6'))).toEqual([
      span('problem.found', '07-01', '07-04', '140213/0/11/11/0'),
      span('problem.found', '07-04', null, withdrawn),
      span('problem.open', '07-04', '07-15', withdrawn),
      span('problem.supervised', '07-04', null, withdrawn),
      span('problem.withdrawn', '07-15', null, withdrawn),
    ]);
    expect(written(actsOf('p7')).at(-1)).toEqual(span('problem.withdrawn', '07-16', null, '140105/2/6/6/0'));
    expect(written(actsOf('p4'))[0]).toEqual(span('problem.claimed', '07-10', '07-11', '140212/2/5/6/0'));
    expect(written(actsOf('p8'))).toEqual([span('problem.found', '07-01', '07-04', '140105/0/6/6/0')]);
    expect(written(actsOf('p9'))).toEqual([span('problem.found', '07-01', '07-05', '140212/0/11/11/0')]);
  });

  test('of cases: the amount as it stood, one measure, nothing once revoked', () => {
    expect(written(actsOf('c1'))).toEqual([
      span('case.penalty', '07-08', '07-20', '140105/0/0/0/0', 100_000),
      span('case.penalty', '07-20', null, '140105/0/0/0/0', 2_100_000),
      span('case.typical', '07-08', null, '140105/0/0/0/2'),
    ]);
    expect(written(actsOf('c2'))).toEqual([span('case.penalty', '07-09', '07-19', '140212/0/0/0/0', 50_000)]);
    expect(written(actsOf('c3'))).toEqual([span('case.typical', '07-11', null, '140213/0/0/0/3')]);
  });

  test('of sources: inspected once, under each aspect once, closed while they are closed', () => {
    const place = '140105/0/0/0/0';
    expect(written(actsOf('s1'))).toEqual([
      span('source.inspected', '07-03', null, place),
      span('source.inspectedUnder', '07-03', null, '140105/0/6/0/0'),
      span('source.inspectedUnder', '07-09', null, '140105/0/5/0/0'),
      span('source.registered', '07-01', null, place),
    ]);
    expect(written(actsOf('s5'))).toEqual([
      span('scattered.closed', '07-12', '07-14', '140213/0/0/0/0'),
      span('source.registered', '07-01', null, '140213/0/0/0/0'),
    ]);
    expect(written(actsOf('s4'))).toEqual([span('source.registered', '07-01', null, '140213/0/0/0/0')]);
  });

  test.each([
    ['b2', [span('batch.issued', '07-04', null, '0/2/0/0/0')]],
    ['l1', [span('letter.issued', '07-03', null, '140100/1/0/0/0')]],
    ['u1', [span('publication.case', '07-06', null, '0/0/0/0/0')]],
    ['u2', [span('publication.case', '07-06', '07-16', '0/0/0/0/0')]],
    ['u3', [span('publication.figures', '07-28', null, '0/0/0/0/0')]],
    ['t1', [span('central.task', '07-01', null, '140000/0/0/0/0'), span('central.task.accepted', '07-30', null, '140000/0/0/0/0')]],
    ['m2', [span('central.measure', '07-02', null, '140200/0/0/0/0')]],
    ['r1', [span('project.completed', '07-30', null, '140105/0/0/0/0'), span('project.registered', '07-01', null, '140105/0/0/0/0')]],
  ])('of %s', (id, wanted) => {
    expect(written(actsOf(id))).toEqual(wanted);
  });

  test('are the same in whatever order and however often its acts come', () => {
    for (const acts of smallCampaign) {
      expect(written([...acts].reverse())).toEqual(written(acts));
      expect(written([...acts, ...acts])).toEqual(written(acts));
    }
  });
});

describe('the ledger of a story', () => {
  const common = {
    no: 'FEW-1',
    sourceId: null,
    unit: '云岫演示铸造有限公司',
    text: '物料堆场未封闭',
    clue: 'inspection',
    lon: null,
    lat: null,
    foundAt: on('07-01'),
    firstRecordedAt: on('07-01'),
    ownerOrg: null,
    amounts: null,
  };
  const p5: Item = {
    ...common,
    id: 'p5',
    kind: 'problem',
    place: 140_213,
    aspect: 11,
    type: 11,
    batch: 0,
    state: 1,
    deadlineAt: null,
    updatedAt: on('07-01'),
    version: 1,
  };

  test('has a line of a problem for each change of what it is sorted and filtered by', () => {
    const issued = { ...p5, batch: 2, state: 3, deadlineAt: on('07-26T00:00:00'), updatedAt: on('07-04'), version: 2 };
    expect(projectStream(actsOf('p5'), ctx()).items).toEqual([
      { from: on('07-01'), to: on('07-04'), item: p5 },
      { from: on('07-04'), to: on('07-20'), item: issued },
      {
        from: on('07-20'),
        to: null,
        item: { ...issued, deadlineAt: on('07-31T00:00:00'), updatedAt: on('07-20'), version: 3 },
      },
    ]);
  });

  test('has lines of a case by its state, the last one with the newest amount', () => {
    const { items } = projectStream(actsOf('c1'), ctx());
    const filed: Item = {
      ...common,
      id: 'c1',
      kind: 'case',
      no: 'A-1',
      place: 140_105,
      aspect: 0,
      type: 0,
      text: '超标',
      clue: '',
      batch: 0,
      state: 19,
      deadlineAt: null,
      foundAt: on('07-02'),
      firstRecordedAt: on('07-02'),
      updatedAt: on('07-02'),
      version: 1,
    };
    expect(items).toEqual([
      { from: on('07-02'), to: on('07-08'), item: filed },
      {
        from: on('07-08'),
        to: null,
        item: { ...filed, state: 20, updatedAt: on('07-21'), version: 5, amounts: { fine: 2_100_000 } },
      },
    ]);
    expect(projectStream(actsOf('c2'), ctx()).items.map((i) => i.item.state)).toEqual([19, 20, 21]);
  });

  test('names whoever has to act once a problem was assigned', () => {
    const assigned = stream(
      'problem',
      'p',
      ['07-01', { kind: 'ProblemFound', payload: (actsOf('p5')[0] as Act).payload }],
      ['07-02', { kind: 'ProblemAssigned', payload: { government: 'gov-140213', department: '分局', person: '' } }],
    );
    const { items } = projectStream(assigned, ctx());
    expect(items).toEqual([
      { from: on('07-01'), to: null, item: { ...p5, id: 'p', ownerOrg: 'gov-140213', updatedAt: on('07-02'), version: 2 } },
    ]);
  });

  test('has nothing of streams that it does not list', () => {
    for (const id of ['s1', 'b1', 'l1', 'u1', 't1', 'm1', 'r1']) expect(projectStream(actsOf(id), ctx()).items).toEqual([]);
  });
});

describe('beside its intervals and lines a stream leaves', () => {
  const ref = (digit: string): EvidenceRef => ({ sha256: digit.repeat(64), kind: 'photo', name: 'a.jpg', takenAt: '2019-07-01T10:00:00Z' });
  const found = (more: object) => {
    const payload = (actsOf('p5')[0] as Act).payload as object;
    return { kind: 'ProblemFound' as const, payload: { ...payload, evidence: [ref('a')], ...more } };
  };

  test('a source as it is looked up', () => {
    expect(projectStream(actsOf('s1'), ctx()).source).toEqual({ id: 's1', no: 'S-1', name: '云岫', uscc: null, place: 140_105 });
    expect(projectStream(actsOf('p1'), ctx()).source).toBeNull();
    expect(projectStream(actsOf('s1').slice(1), ctx()).source).toBeNull();
  });

  test('the evidence of a finding, which may have been seen, and of a claim, which must be new', () => {
    const claim = { kind: 'RectificationClaimed' as const, payload: { text: '', evidence: [ref('b'), ref('c')] } };
    expect(projectStream(stream('problem', 'p', ['07-01', found({})], ['07-02', claim]), ctx()).evidence).toEqual([
      { sha256: 'a'.repeat(64), mustBeNew: false },
      { sha256: 'b'.repeat(64), mustBeNew: true },
      { sha256: 'c'.repeat(64), mustBeNew: true },
    ]);
    expect(projectStream(stream('problem', 'p', ['07-01', found({ splitFrom: 'whole' })]), ctx()).evidence).toEqual([]);
    expect(projectStream(actsOf('c1'), ctx()).evidence).toEqual([]);
  });

  test('the objects of the evidence store', () => {
    const received = {
      sha256: 'a'.repeat(64),
      bytes: 1,
      mediaType: 'text/plain',
      kind: 'document',
      name: 'a.txt',
      takenAt: null,
      deviceTakenAt: null,
      hasLocation: false,
      itemId: 'p1',
      itemNo: 'FEW-1',
      place: 140_105,
    };
    const kept = stream('evidence', 'e', ['07-01', { kind: 'EvidenceReceived', payload: received }]);
    expect(projectStream(kept, ctx()).objects.map((o) => [o.streamId, o.itemId, o.receivedAt])).toEqual([['e', 'p1', on('07-01')]]);
    expect(projectStream(actsOf('p1'), ctx()).objects).toEqual([]);
  });

  test('nothing at all where nothing is kept of its kind, or there are no acts', () => {
    const nothing = { facts: [], items: [], source: null, evidence: [], objects: [] };
    const closed = { kind: 'AspectClosed' as const, payload: {} };
    for (const kind of ['campaign', 'bulletin', 'lead'] as const) {
      expect(projectStream(stream(kind, 'x', ['07-01', closed]), ctx())).toEqual(nothing);
    }
    expect(projectStream([], ctx())).toEqual(nothing);
  });
});

describe('a record of an outside register', () => {
  const item = {
    key: 'k',
    register: 'case',
    no: 'R-1',
    unit: '甲厂',
    unitKey: null,
    place: 140_105,
    lon: 112.5,
    lat: 37.8,
    aspect: 'boilers',
    type: 'other',
    state: 'open',
    text: '文',
    openedOn: '2019-06-30',
    deadline: '2019-07-20',
    steps: [],
    amounts: { fine: 700 },
    flags: ['serious'],
    fields: {},
  };
  const row = { file: 'f.csv', row: 2, rowHash: 'h' };
  const acts = stream(
    'record',
    'x1',
    ['07-01', { kind: 'RecordAppeared', payload: { ...row, item } }],
    ['07-05', { kind: 'RecordChanged', payload: { ...row, changed: ['amounts'], item: { ...item, amounts: {}, place: 140_106 } } }],
    ['07-09', { kind: 'RecordVanished', payload: { file: 'f.csv' } }],
  );
  const settings = {
    ...fewSettings(),
    states: ['open', 'closed', 'vanished'],
    facts: [
      { fact: 'record.serious', when: [{ field: 'flag', equals: ['serious'] }], amount: 'fine' },
      { fact: 'record.any', when: [{ field: 'state', equals: ['open'] }] },
      { fact: 'record.closed', when: [{ field: 'state', equals: ['closed'] }] },
    ],
  };

  test('counts under the facts of its mapping, with its amount, until it is gone', () => {
    const facts = projectStream(acts, factContext(settings)).facts.map((s) => [s.fact, s.from, s.to, s.dims, s.amount]);
    const dims = (place: number) => ({ place, batch: 0, aspect: 6, type: 11, measure: 0 });
    expect(facts).toEqual([
      ['record.any', on('07-01'), on('07-05'), dims(140_105), 0],
      ['record.any', on('07-05'), on('07-09'), dims(140_106), 0],
      ['record.serious', on('07-01'), on('07-05'), dims(140_105), 700],
      ['record.serious', on('07-05'), on('07-09'), dims(140_106), 0],
    ]);
  });

  test('stands in the ledger with its own dates, and as vanished once it is gone', () => {
    const first: Item = {
      id: 'x1',
      kind: 'record',
      no: 'R-1',
      sourceId: null,
      unit: '甲厂',
      place: 140_105,
      aspect: 6,
      type: 11,
      text: '文',
      clue: 'case',
      lon: 112.5,
      lat: 37.8,
      batch: 0,
      state: 1,
      deadlineAt: on('07-21T00:00:00'),
      foundAt: Date.parse('2019-06-30T00:00:00+08:00') as Instant,
      firstRecordedAt: on('07-01'),
      updatedAt: on('07-01'),
      version: 1,
      ownerOrg: null,
      amounts: { fine: 700 },
    };
    const second = { ...first, place: 140_106, amounts: {}, updatedAt: on('07-05'), version: 2 };
    expect(projectStream(acts, factContext(settings)).items).toEqual([
      { from: on('07-01'), to: on('07-05'), item: first },
      { from: on('07-05'), to: on('07-09'), item: second },
      { from: on('07-09'), to: null, item: { ...second, state: 3, updatedAt: on('07-09'), version: 3 } },
    ]);
  });
});

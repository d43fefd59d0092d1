import { describe, expect, test } from 'vitest';
import { stream } from '../../../test/fixtures/small-campaign.ts';
import type { PlaceCode } from '../kernel/place.ts';
import { foldProblem, type Problem } from '../problems/state.ts';
import { decideIssue, decideSupervise, type BatchPlan } from './issue.ts';

function problem(id: string, place: PlaceCode, confirmed = true): Problem {
  const payload = {
    no: `FEW-${id}`,
    sourceId: null,
    unit: '云岫演示铸造有限公司',
    place,
    lon: null,
    lat: null,
    aspect: 'boilers',
    aspectVersion: 1,
    tags: [],
    type: 'other',
    text: '',
    clue: 'inspection',
    evidence: [],
  };
  const found = ['07-01', { kind: 'ProblemFound' as const, payload }] as const;
  const confirm = ['07-02', { kind: 'ProblemConfirmed' as const, payload: {} }] as const;
  const p = foldProblem(stream('problem', id, found, ...(confirmed ? [confirm] : [])));
  if (p === undefined) throw new Error('not found');
  return p;
}

const letter = (city: PlaceCode) => ({ id: `letter-${city}`, government: `gov-${city}`, docNo: `演1-${city}` });
const plan = (more: Partial<BatchPlan> = {}): BatchPlan => ({
  batchId: 'batch-1',
  no: 1,
  name: '第一批',
  deadline: '2019-07-20',
  issuedOn: '2019-07-03',
  problems: [problem('p1', 140_212), problem('p2', 140_105), problem('p3', 140_106)],
  letters: new Map([140_100, 140_200].map((city) => [city, letter(city)])),
  ...more,
});
const refused = (code: string, details: object) => ({ refused: true, code, details });

describe('a batch', () => {
  test('is issued with one letter a city, by code, each followed by the problems that it supervises', () => {
    const supervised = (id: string, city: number) => ({
      stream: 'problem',
      streamId: id,
      kind: 'ProblemSupervised',
      payload: { letterId: `letter-${city}`, batch: 1, deadline: '2019-07-20', government: `gov-${city}` },
    });
    const issued = (city: number, problems: number) => ({
      stream: 'letter',
      streamId: `letter-${city}`,
      kind: 'LetterIssued',
      payload: { batch: 1, place: city, government: `gov-${city}`, docNo: `演1-${city}`, problems, deadline: '2019-07-20' },
    });
    expect(decideIssue(plan())).toEqual([
      { stream: 'batch', streamId: 'batch-1', kind: 'BatchIssued', payload: { no: 1, name: '第一批', deadline: '2019-07-20' } },
      issued(140_100, 2),
      supervised('p2', 140_100),
      supervised('p3', 140_100),
      issued(140_200, 1),
      supervised('p1', 140_200),
    ]);
  });

  test('takes a problem that was named twice once', () => {
    const one = problem('p1', 140_105);
    expect(decideIssue(plan({ problems: [one, one] }))).toMatchObject([
      { kind: 'BatchIssued' },
      { kind: 'LetterIssued', payload: { problems: 1 } },
      { kind: 'ProblemSupervised' },
    ]);
  });

  test('has a deadline that is a day, and not before that of its issue', () => {
    for (const deadline of ['2019-07-02', '2019-02-30', 'soon', '']) {
      expect(decideIssue(plan({ deadline }))).toEqual(refused('batch.deadline', { deadline }));
    }
    expect(decideIssue(plan({ deadline: '2019-07-03' }))).toHaveLength(6);
  });

  test('is not issued empty, nor with a problem that is not confirmed, all or nothing', () => {
    expect(decideIssue(plan({ problems: [] }))).toEqual(refused('batch.empty', {}));
    const wrong = [problem('p1', 140_105), problem('p2', 140_105, false), problem('p3', 140_212, false)];
    expect(decideIssue(plan({ problems: wrong }))).toEqual(refused('batch.not-confirmed', { nos: ['FEW-p2', 'FEW-p3'], count: 2 }));
    const many = Array.from({ length: 25 }, (_, i) => problem(`p${i}`, 140_105, false));
    expect(decideIssue(plan({ problems: many }))).toEqual(
      refused('batch.not-confirmed', { nos: Array.from({ length: 20 }, (_, i) => `FEW-p${i}`), count: 25 }),
    );
  });

  test('cannot leave a city without its letter', () => {
    expect(() => decideIssue(plan({ letters: new Map([[140_100, letter(140_100)]]) }))).toThrow('no letter prepared for 140200');
  });
});

test('a problem goes into a letter once it is confirmed', () => {
  expect(decideSupervise(problem('p1', 140_105, false), letter(140_100), 2, '2019-07-20')).toEqual(
    refused('batch.not-confirmed', { nos: ['FEW-p1'], count: 1 }),
  );
  expect(decideSupervise(problem('p1', 140_105), letter(140_100), 2, '2019-07-20')).toEqual({
    stream: 'problem',
    streamId: 'p1',
    kind: 'ProblemSupervised',
    payload: { letterId: 'letter-140100', batch: 2, deadline: '2019-07-20', government: 'gov-140100' },
  });
});

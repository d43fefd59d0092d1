import { describe, expect, test } from 'vitest';
import { fewSettings } from '../../../test/generators/settings.ts';
import type { Act, ActKind } from '../acts/act.ts';
import { parseInstant, type Instant } from '../kernel/instant.ts';
import { factContext } from '../projections/context.ts';
import { standingOfClock } from '../projections/clocks.ts';
import { clocksOf } from '../projections/project.ts';

const ctx = factContext(fewSettings());
const at = (text: string) => parseInstant(`${text}:00+08:00`) as Instant;

/** An act as a test tells it. */
type Told = readonly [kind: ActKind, happened: string, payload?: object, recorded?: string];

/** Acts of one problem, each at a time of the campaign's clock; recorded when they happened unless said. */
function history(...list: readonly Told[]): Act[] {
  const first: Told = ['ProblemFound', '2019-07-01T09:00', { no: 'FEW-1', place: 141_024, aspect: 'a', evidence: [] }];
  return [first, ...list].map(
    ([kind, happened, payload = {}, recorded = happened], i) =>
      ({
        ...{ id: String(i), campaign: 'few', stream: 'problem', streamId: 'p', seq: i + 1, kind, schema: 1, payload },
        ...{ actor: { id: 'u', org: 'o', name: '' }, happenedAt: at(happened), recordedAt: at(recorded) },
      }) as unknown as Act,
  );
}

const supervised = ['ProblemSupervised', '2019-07-03T10:00', { letterId: 'l', batch: 1, deadline: '2019-08-10' }] as const;
const planned = ['ProblemPlanned', '2019-07-05T10:00', { deadline: '2019-08-01' }] as const;
const claimed = (day: string) => ['RectificationClaimed', `${day}T10:00`, { evidence: [] }] as const;
const accepted = (day: string, noticeDays = 5) => ['ProblemAccepted', `${day}T10:00`, { noticeDays }] as const;
const cleared = (day: string) => ['ProblemCleared', `${day}T10:00`] as const;

/** Name, number, first instant after it, and how each clock stands at an instant. */
const stands = (acts: readonly Act[], asOf: string) =>
  clocksOf(acts, ctx, at(asOf)).map((c) => [
    `${c.name} ${c.no}`,
    new Date(c.dueAt + 8 * 3_600_000).toISOString().slice(0, 16),
    standingOfClock(c, at(asOf)),
  ]);

describe('the clocks of a problem', () => {
  test('begin with the letter: before it there is none, and of what was never recorded none', () => {
    expect(clocksOf([], ctx)).toEqual([]);
    expect(stands(history(supervised), '2019-07-03T09:59')).toEqual([]);
    expect(clocksOf(history(supervised), ctx)).toEqual([
      { name: 'rectify', no: 1, startedAt: at('2019-07-03T10:00'), dueAt: at('2019-08-11T00:00'), ended: null },
    ]);
  });

  test('the deadline runs through its last day, and then is overdue by time alone', () => {
    const acts = history(supervised);
    expect(stands(acts, '2019-08-10T23:59')).toEqual([['rectify 1', '2019-08-11T00:00', 'running']]);
    expect(stands(acts, '2019-08-11T00:00')).toEqual([['rectify 1', '2019-08-11T00:00', 'overdue']]);
  });

  test('an extension moves the deadline from its recording on', () => {
    const acts = history(supervised, ['DeadlineExtended', '2019-08-09T10:00', { rule: 'r', days: 10, deadline: '2019-08-20' }]);
    expect(stands(acts, '2019-08-09T09:59')).toEqual([['rectify 1', '2019-08-11T00:00', 'running']]);
    expect(stands(acts, '2019-08-15T00:00')).toEqual([['rectify 1', '2019-08-21T00:00', 'running']]);
  });

  test('are met or late by when it happened, not by when it was recorded', () => {
    const late = ['ProblemCleared', '2019-08-10T23:00', {}, '2019-08-15T10:00'] as const;
    expect(stands(history(supervised, late), '2019-08-14T00:00')).toEqual([['rectify 1', '2019-08-11T00:00', 'overdue']]);
    expect(stands(history(supervised, late), '2019-08-15T10:00')).toEqual([['rectify 1', '2019-08-11T00:00', 'met']]);
    expect(stands(history(supervised, cleared('2019-08-11')), '2019-09-01T00:00')).toEqual([['rectify 1', '2019-08-11T00:00', 'late']]);
  });

  test('a claim meets the plan, a return takes that back, and the next claim is late', () => {
    const acts = history(supervised, planned, claimed('2019-08-01'), ['ProblemReturned', '2019-08-03T10:00'], claimed('2019-08-05'));
    const plan = (asOf: string) => stands(acts, asOf)[1];
    expect(plan('2019-07-31T00:00')).toEqual(['plan 1', '2019-08-02T00:00', 'running']);
    expect(plan('2019-08-02T12:00')).toEqual(['plan 1', '2019-08-02T00:00', 'met']);
    expect(plan('2019-08-04T00:00')).toEqual(['plan 1', '2019-08-02T00:00', 'overdue']);
    expect(plan('2019-08-05T10:00')).toEqual(['plan 1', '2019-08-02T00:00', 'late']);
  });

  test('another plan lifts the clock of the one before and has its own', () => {
    const acts = history(supervised, planned, ['ProblemPlanned', '2019-07-06T10:00', { deadline: '2019-08-08' }]);
    expect(stands(acts, '2019-07-07T00:00')).toEqual([
      ['rectify 1', '2019-08-11T00:00', 'running'],
      ['plan 1', '2019-08-02T00:00', 'lifted'],
      ['plan 2', '2019-08-09T00:00', 'running'],
    ]);
    // What was lifted is not opened again by a return.
    const returned = history(
      supervised,
      planned,
      ['ProblemPlanned', '2019-07-06T10:00', { deadline: 'as soon as possible' }],
      claimed('2019-07-20'),
      ['ProblemReturned', '2019-07-21T10:00'],
    );
    expect(stands(returned, '2019-07-22T00:00')[1]).toEqual(['plan 1', '2019-08-02T00:00', 'running']);
  });

  test('a notice counts from the day of its recording, is over by itself, and a second acceptance has its own', () => {
    const acts = history(
      supervised,
      ['ProblemAccepted', '2019-07-20T10:00', { noticeDays: 5 }, '2019-07-22T23:30'],
      ['ProblemReturned', '2019-07-24T10:00'],
      accepted('2019-08-01'),
      cleared('2019-08-07'),
    );
    const notices = (asOf: string) => stands(acts, asOf).filter(([name]) => name?.startsWith('notice'));
    expect(notices('2019-07-22T23:30')).toEqual([['notice 1', '2019-07-28T00:00', 'running']]);
    expect(notices('2019-08-02T00:00')).toEqual([
      ['notice 1', '2019-07-28T00:00', 'lifted'],
      ['notice 2', '2019-08-07T00:00', 'running'],
    ]);
    expect(notices('2019-08-07T00:00')[1]).toEqual(['notice 2', '2019-08-07T00:00', 'over']);
    expect(notices('2019-08-07T10:00')[1]).toEqual(['notice 2', '2019-08-07T00:00', 'met']);
  });

  test('an aspect without notice has none', () => {
    expect(stands(history(supervised, accepted('2019-07-20', 0)), '2019-07-21T00:00')).toHaveLength(1);
  });

  test('the watch is met when it is settled, lifted when it rebounds', () => {
    const watched = ['ProblemWatched', '2019-08-10T10:00', { until: '2019-09-09' }] as const;
    const until = (more: Told, asOf: string) => stands(history(supervised, cleared('2019-08-09'), watched, more), asOf)[1];
    expect(until(['ProblemSettled', '2019-09-10T10:00'], '2019-09-09T23:59')).toEqual(['watch 1', '2019-09-10T00:00', 'running']);
    expect(until(['ProblemSettled', '2019-09-10T10:00'], '2019-09-10T00:00')).toEqual(['watch 1', '2019-09-10T00:00', 'over']);
    expect(until(['ProblemSettled', '2019-09-10T10:00'], '2019-09-10T10:00')).toEqual(['watch 1', '2019-09-10T00:00', 'met']);
    expect(until(['ProblemRebounded', '2019-09-01T10:00', { newProblemId: 'q', newNo: 'FEW-2' }], '2019-09-02T00:00')).toEqual([
      'watch 1',
      '2019-09-10T00:00',
      'lifted',
    ]);
  });

  test('whoever takes a problem out lifts what runs, and leaves what was met', () => {
    const acts = history(supervised, planned, claimed('2019-07-20'), ['ProblemWithdrawn', '2019-07-25T10:00']);
    expect(stands(acts, '2019-07-26T00:00')).toEqual([
      ['rectify 1', '2019-08-11T00:00', 'lifted'],
      ['plan 1', '2019-08-02T00:00', 'met'],
    ]);
    for (const kind of ['ProblemMerged', 'ProblemSplit'] as const)
      expect(stands(history(supervised, [kind, '2019-07-25T10:00']), '2019-07-26T00:00')[0]?.[2]).toBe('lifted');
  });
});

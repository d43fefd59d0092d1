import { describe, expect, test } from 'vitest';
import { instant } from '../../domain/kernel/instant.ts';
import { lineCounts } from './known.ts';
import { choosePlan } from './plan.ts';
import type { LedgerFilter } from './query.ts';

/** Two cities, three batches; nearly all of batches 1 and 2 is in state 11, half of batch 3 in state 5. */
const counts = lineCounts(
  [140_100, 140_200].flatMap((place) => [
    { place, batch: 0, measure: 2, n: 10_000 },
    { place, batch: 1, measure: 11, n: 99_000 },
    { place, batch: 1, measure: 5, n: 1000 },
    { place, batch: 2, measure: 11, n: 99_500 },
    { place, batch: 2, measure: 5, n: 500 },
    { place, batch: 3, measure: 11, n: 50_000 },
    { place, batch: 3, measure: 5, n: 50_000 },
    { place, batch: 3, measure: 8, n: 2000 },
  ]),
);
const asked = (more: Partial<LedgerFilter> = {}): LedgerFilter => ({
  campaignId: 1,
  kind: 'problem',
  ranges: [{ from: 140_000, to: 150_000 }],
  batches: null,
  states: null,
  aspects: null,
  types: null,
  clues: null,
  owner: null,
  deadline: null,
  supervised: false,
  text: null,
  asOf: instant(0),
  current: true,
  ...more,
});
const batches = [0, 1, 2, 3];
const choose = (more: Partial<LedgerFilter>, sort: Parameters<typeof choosePlan>[1] = 'no', text: number | null = null) =>
  choosePlan(asked(more), sort, counts, text, batches);

describe('the plan of a page', () => {
  test('merges batches where the order goes with them, and passes over lines in one run where it does not', () => {
    for (const sort of ['no', 'deadline', 'found', 'updated'] as const)
      expect(choose({}, sort)).toEqual({ by: 'batches', sparse: [], inTurn: false, waiting: 'few' });
    for (const sort of ['place', 'state'] as const) expect(choose({}, sort)).toEqual({ by: 'line' });
  });

  test('takes the batches that hold few of the states together', () => {
    expect(choose({ states: [5] })).toEqual({ by: 'batches', sparse: [0, 1, 2], inTurn: false, waiting: 'few' });
    // Problems without a batch are found through the tree anyway.
    expect(choose({ states: [5], current: false })).toEqual({ by: 'batches', sparse: [1, 2], inTurn: false, waiting: 'few' });
    expect(choose({ states: [11] })).toEqual({ by: 'batches', sparse: [0], inTurn: false, waiting: 'few' });
  });

  test('gathers what is rare', () => {
    expect(choose({ states: [8] })).toEqual({ by: 'gather', through: 'state' });
    expect(choose({ states: [8], current: false }, 'state')).toEqual({ by: 'gather', through: 'state' });
    expect(choose({ ranges: [{ from: 140_105, to: 140_106 }] })).toEqual({ by: 'gather', through: 'place' });
    expect(choose({ ranges: [{ from: 140_100, to: 140_200 }] })).toEqual({ by: 'batches', sparse: [], inTurn: false, waiting: 'few' });
    expect(choose({ owner: 'gov-140105', states: [11] })).toEqual({ by: 'gather', through: 'owner' });
    expect(choose({ source: 'a' }, 'found')).toEqual({ by: 'gather', through: 'source' });
  });

  test('gathers through rare words and looks frequent ones up', () => {
    expect(choose({ text: '洗煤' }, 'no', 100)).toEqual({ by: 'gather', through: 'text' });
    expect(choose({ text: '污水' }, 'no', 100_000)).toEqual({ by: 'batches', sparse: [], inTurn: true, waiting: 'few' });
    expect(choose({ clues: ['hotline'] }, 'found')).toMatchObject({ by: 'batches', inTurn: true });
  });

  test('reads changes of the past from their own run, those of some states through the tree', () => {
    expect(choose({ current: false }, 'updated')).toEqual({ by: 'line' });
    expect(choose({ current: false, states: [11] }, 'updated')).toEqual({ by: 'line' });
    expect(choose({ current: false, states: [5] }, 'updated')).toEqual({ by: 'tree' });
  });

  test('gathers the lines of some days where they are few, and passes over the others where they are many', () => {
    const within = { from: instant(0), before: null };
    const days = (more: Partial<LedgerFilter>, lines: number) => choosePlan(asked(more), 'deadline', counts, null, batches, lines);
    expect(days({ found: within }, 900)).toEqual({ by: 'gather', through: 'days' });
    expect(days({ found: within }, 40_001)).toMatchObject({ by: 'batches', inTurn: false });
    // In the past a last change is looked up line by line.
    expect(days({ updated: within, current: false }, 900)).toEqual({ by: 'gather', through: 'days' });
    expect(days({ updated: within, current: false }, 9000)).toMatchObject({ by: 'batches', inTurn: true });
  });

  test('needs states for the tree over time, whatever days are asked for', () => {
    const deadline = { after: null, upTo: instant(0) };
    expect(choose({ current: false, deadline }, 'updated')).toEqual({ by: 'line' });
    expect(choose({ current: false, deadline, states: [11] }, 'updated')).toEqual({ by: 'tree' });
  });

  test('knows whether many problems of the states asked for wait for a batch, wherever they are', () => {
    const crowd = lineCounts([
      { place: 140_100, batch: 0, measure: 2, n: 300_000 },
      { place: 140_100, batch: 0, measure: 3, n: 300 },
      { place: 140_100, batch: 1, measure: 3, n: 400_000 },
    ]);
    const waiting = (more: Partial<LedgerFilter>) => choosePlan(asked({ current: false, ...more }), 'deadline', crowd, null, [0, 1]);
    expect(waiting({})).toMatchObject({ waiting: 'many' });
    expect(waiting({ ranges: [{ from: 140_200, to: 140_300 }] })).toMatchObject({ waiting: 'many' });
    expect(waiting({ states: [3] })).toMatchObject({ by: 'batches', waiting: 'few' });
  });

  test('goes state after state in the past, where a state has many lines or few', () => {
    expect(choose({ current: false }, 'state')).toEqual({ by: 'states' });
  });
});

import { expect, test } from 'vitest';
import { parseInstant, type Instant } from '../../domain/kernel/instant.ts';
import type { FigureDefinition } from '../../domain/campaign/settings.ts';
import { presentFigure, presentHistory, presentRecords, presentReleasedFigure, presentReleasedRecords } from './present.ts';

const instant = (text: string) => parseInstant(text) as Instant;
const standing = {
  campaign: 'shanxi-2019',
  asOf: instant('2019-08-05T10:00:00Z'),
  watermark: instant('2019-08-05T09:59:59.5Z'),
  logSize: 7,
  utcOffsetMinutes: 480,
};
const stamp = { campaign: 'shanxi-2019', asOf: '2019-08-05T18:00:00+08:00', watermark: '2019-08-05T17:59:59.500+08:00', logSize: 7 };
const definition = {
  id: 'problems.open',
  version: 2,
  unit: 'problem',
  name: { zh: '未结', en: 'open' },
  predicate: { zh: '未结的', en: 'still open' },
  filters: ['city'],
  count: { fact: 'problem.open' },
} as FigureDefinition;
const sql = { count: 'select 1', ids: 'select 2' };
const figure = { id: 'problems.open', version: 2, filter: {}, numerator: 3, denominator: null, value: 3, unit: 'problem' };

test('a figure goes out with its definition, without how it is counted in facts', () => {
  const haste = { leads: 1, clears: 20 };
  expect(presentFigure({ standing, figure, overall: null, definition, sql, beside: [], haste })).toEqual({
    ...stamp,
    figure,
    overall: null,
    absent: null,
    definition: {
      id: 'problems.open',
      version: 2,
      unit: 'problem',
      name: { zh: '未结', en: 'open' },
      predicate: { zh: '未结的', en: 'still open' },
      filters: ['city'],
      sql,
    },
    beside: [],
    haste,
  });
});

test('why there is no value: an estimate has no draw, even where a count would be too small', () => {
  const seen = { standing, figure: null, overall: null, definition, sql, beside: [] };
  const estimate = { ...definition, estimate: {} } as FigureDefinition;
  expect(presentReleasedFigure({ ...seen, hidden: 'small' }).absent).toBe('small');
  expect(presentReleasedFigure({ ...seen, hidden: null }).absent).toBe(null);
  expect(presentReleasedFigure({ ...seen, definition: estimate, hidden: 'withheld' }).absent).toBe('no-draw');
  expect(presentFigure({ ...seen, definition: estimate, haste: null }).absent).toBe('no-draw');
});

test('the press is told nothing of leads', () => {
  const told = presentReleasedFigure({ standing, figure, overall: null, definition, sql, beside: [], hidden: null });
  expect(Object.keys(told)).not.toContain('haste');
});

test('points and records are of instants in the time of the campaign', () => {
  const at = instant('2019-08-01T00:00:00Z');
  expect(presentHistory({ standing, points: [{ at, numerator: 1, denominator: null }] })).toEqual({
    ...stamp,
    points: [{ at: '2019-08-01T08:00:00+08:00', numerator: 1, denominator: null }],
  });
  const record = {
    ...{ id: 'x', kind: 'problem', no: 'SX-1', unit: '某厂', title: '粉尘', place: 140_105, batch: 1, amount: 0 },
    ...{ aspect: 'boilers', type: null, since: at, happenedAt: null },
  };
  const page = { standing, part: 'numerator' as const, total: 9, next: 'k' };
  const happened = { ...record, happenedAt: instant('2019-07-31T16:00:00Z') };
  expect(presentRecords({ ...page, records: [record, happened] }).records).toEqual([
    { ...record, since: '2019-08-01T08:00:00+08:00', happenedAt: null },
    { ...record, since: '2019-08-01T08:00:00+08:00', happenedAt: '2019-08-01T00:00:00+08:00' },
  ]);
});

test('a public record names neither unit nor subject, and its place is 0 where it may not be told', () => {
  const record = { no: 'SX-1', place: null, aspect: null, batch: 2, state: 'cleared', since: '2019-08-01', amount: null };
  expect(presentReleasedRecords({ standing, part: 'numerator', total: 1, next: null, records: [record] })).toEqual({
    ...stamp,
    part: 'numerator',
    next: null,
    total: 1,
    records: [
      {
        ...{ id: 'SX-1', kind: 'record', no: 'SX-1', unit: null, title: null, place: 0, batch: 2 },
        ...{ aspect: null, type: null, since: '2019-08-01', happenedAt: null, amount: 0 },
      },
    ],
  });
});

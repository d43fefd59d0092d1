import { describe, expect, test } from 'vitest';
import { on } from '../../../test/fixtures/small-campaign.ts';
import { fewSettings } from '../../../test/generators/settings.ts';
import type { Campaign } from '../campaign/campaign.ts';
import { dictionary } from '../clearance/dictionary.ts';
import type { FigureDefinition } from '../campaign/settings.ts';
import { instant } from '../kernel/instant.ts';
import { resolveToken } from './resolve.ts';
import { parseToken, type FigureToken } from './token.ts';

const rate = dictionary.find((d) => d.id === 'clearance.rate') as FigureDefinition;
const campaign: Campaign = {
  settings: fewSettings(),
  keyTasks: [],
  figures: [rate, { ...rate, version: 3 }, dictionary.find((d) => d.id === 'clearance.verified') as FigureDefinition],
  organisations: [],
  teams: [],
  closedAspects: new Set(),
  version: 1,
};
const bounds = { asOf: on('07-28'), now: on('08-05'), watermark: on('08-04') };
const resolve = (inner: string) => resolveToken(parseToken(inner) as FigureToken, campaign, bounds);
const refused = (code: string, details: object) => ({ refused: true, code, details });

describe('a token in a campaign', () => {
  test('is its definition with its filter, as of the bulletin or of its own instant', () => {
    expect(resolve('clearance.rate@3 batches=2,1')).toEqual({
      definition: { ...rate, version: 3 },
      filter: { batches: [1, 2] },
      asOf: on('07-28'),
    });
    expect(resolve('clearance.rate@1 asOf=2019-07-07T18:00:00+08:00')).toMatchObject({ definition: rate, asOf: on('07-07T18:00:00') });
  });

  test.each([
    ['problems.open@1', 'figure.unknown', { figure: 'problems.open', known: ['clearance.rate', 'clearance.verified'] }],
    ['clearance.rate@2', 'token.version-unknown', { figure: 'clearance.rate', version: 2, known: ['1', '3'] }],
    ['clearance.verified@1', 'token.estimate', { figure: 'clearance.verified' }],
    ['clearance.rate@1 city=150100', 'filter.unknown-value', { key: 'city', value: '150100' }],
    [`clearance.rate@1 asOf=${'x'.repeat(70)}`, 'asof.malformed', { value: 'x'.repeat(60) }],
    [
      'clearance.rate@1 asOf=2019-08-05T10:00:00.001+08:00',
      'asof.future',
      { value: '2019-08-05T10:00:00.001+08:00', now: '2019-08-05T02:00:00.000Z' },
    ],
    ['clearance.rate@1 asOf=2019-08-05T10:00:00+08:00', 'asof.in-flight', { watermark: '2019-08-04T02:00:00.000Z' }],
    ['clearance.rate@1 asOf=2019-08-04T10:00:00.001+08:00', 'asof.in-flight', { watermark: '2019-08-04T02:00:00.000Z' }],
  ])('%s is refused as %s', (inner, code, details) => {
    expect(resolve(inner)).toEqual(refused(code, details));
  });

  test('may be of the last instant that is certain, and a bulletin ahead of its time names that instant', () => {
    expect(resolve('clearance.rate@1 asOf=2019-08-04T10:00:00+08:00')).toMatchObject({ asOf: on('08-04') });
    const ahead = { ...bounds, asOf: instant(on('08-05') + 1) };
    expect(resolveToken(parseToken('clearance.rate@1') as FigureToken, campaign, ahead)).toEqual(
      refused('asof.future', { value: '2019-08-05T02:00:00.001Z', now: '2019-08-05T02:00:00.000Z' }),
    );
  });
});

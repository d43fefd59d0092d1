import { describe, expect, test } from 'vitest';
import { answers, atLast, on, smallCampaign } from '../../../test/fixtures/small-campaign.ts';
import { fewSettings } from '../../../test/generators/settings.ts';
import { dictionary } from './dictionary.ts';
import { referenceFigure } from './reference.ts';
import type { FigureFilter } from './filter.ts';

const acts = smallCampaign.flat();
const ask = (list: typeof acts, id: string, filter: FigureFilter, at: string) => {
  const answer = referenceFigure(list, fewSettings(), id, filter, on(at));
  if (answer === undefined) return undefined;
  const { numerator, denominator, ids } = answer;
  return [denominator === null ? `${numerator}` : `${numerator}/${denominator}`, [...ids].sort().join(' ')];
};

describe('the reference of a figure', () => {
  test.each(answers)('%s %j as of %s is %s: %s', (id, filter, at, value, counted) => {
    expect(ask(acts, id, filter, at)).toEqual([value, counted]);
  });

  test('is the same in whatever order and however often the acts come', () => {
    for (const list of [[...acts].reverse(), [...acts, ...acts]]) {
      for (const [id, filter, at, value, counted] of answers) expect([id, ask(list, id, filter, at)]).toEqual([id, [value, counted]]);
    }
  });

  test('is there for every figure but the estimates, and for nothing that is no figure', () => {
    const without = dictionary.filter((d) => ask(acts, d.id, {}, atLast) === undefined).map((d) => d.id);
    expect(without).toEqual(['clearance.verified']);
    expect(ask(acts, 'problems.imagined', {}, atLast)).toBeUndefined();
  });

  test('of nothing is nothing', () => {
    expect(ask([], 'problems.open', {}, atLast)).toEqual(['0', '']);
    expect(ask([], 'clearance.rate', {}, atLast)).toEqual(['0/0', '']);
    expect(ask([], 'central.tasks', {}, atLast)).toEqual(['0', '']);
  });
});

import { expect, test } from 'vitest';
import { isLostByLeaving, loseByLeaving } from './guard.ts';

test('what would be lost is told by whoever typed it: one form that is safe does not free another', () => {
  const [one, two] = [{}, {}];
  loseByLeaving(one, true);
  loseByLeaving(two, true);
  loseByLeaving(one, true);
  loseByLeaving(one, false);
  expect([isLostByLeaving(one), isLostByLeaving(two)]).toEqual([false, true]);
  loseByLeaving(one, false);
  loseByLeaving(two, false);
  expect([isLostByLeaving(one), isLostByLeaving(two)]).toEqual([false, false]);
});

import { expect, test } from 'vitest';
import { problemVerbs, type ProblemVerb } from '../../../domain/problems/commands.ts';
import { mayDo } from '../../../domain/problems/decide.ts';
import { problemStates } from '../../../domain/problems/state.ts';
import { mainAction, nameOfVerb } from './main-action.ts';

test('a county officer who has written the plan is led to the start of the rectification, not to the plan again', () => {
  expect(mainAction('supervised', ['assign', 'plan', 'extend'])).toBe('plan');
  expect(mainAction('planned', ['assign', 'plan', 'changeBody', 'start', 'extend'])).toBe('start');
  expect(mainAction('returned', ['assign', 'changeBody', 'start'])).toBe('start');
  expect(mainAction('rectifying', ['stage', 'claim'])).toBe('claim');
});

test('what takes a problem off the line, or only says something of it, never stands out', () => {
  const aside: ProblemVerb[] = ['notFounded', 'assign', 'changeBody', 'stage', 'return', 'extend', 'withdraw', 'merge', 'split', 'rebound'];
  for (const state of problemStates) expect(mainAction(state, aside)).toBeUndefined();
});

test('what stands out may be given in that state', () => {
  for (const state of problemStates) {
    const main = mainAction(state, problemVerbs);
    if (main !== undefined) expect([state, main, mayDo(state, main)]).toEqual([state, main, true]);
  }
});

test('nothing stands out in a state of a register', () => {
  expect(mainAction('open', problemVerbs)).toBeUndefined();
  expect(mainAction('constructor', problemVerbs)).toBeUndefined();
});

test('a plan that is there is changed', () => {
  expect([nameOfVerb('plan', false), nameOfVerb('plan', true), nameOfVerb('start', true)]).toEqual([
    'problem:verb.plan',
    'problem:verb.replan',
    'problem:verb.start',
  ]);
});

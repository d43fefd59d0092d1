import { afterAll, beforeAll, expect, test } from 'vitest';
import { waiting } from '../fixtures/act-kinds.ts';
import { expectHolds, summary } from './hostile-holds.ts';
import { runHostile, type HostileRun } from './hostile-run.ts';

let run: HostileRun;
// Ten thousand of them are in test/long.
beforeAll(async () => {
  run = await runHostile(200, 11);
}, 180_000);
afterAll(() => run?.app.close());

test('whatever people of all roles ask for at the same time, what is published holds and everything verifies', async () => {
  await expectHolds(run);
}, 60_000);

test('much of it was taken and much of it refused, for many reasons', () => {
  const said = [...run.answers.keys()];
  expect(said.filter((key) => key.startsWith('2')).length).toBeGreaterThan(0);
  for (const code of [
    'command.id-conflict',
    'item.unknown',
    'access.forbidden',
    'problem.wrong-state',
    'problem.changed',
    'input.invalid',
  ]) {
    expect(
      said.filter((key) => key.includes(code)),
      summary(run),
    ).not.toEqual([]);
  }
  expect(run.acts.length).toBeGreaterThan(300);
  // Nobody wrote an act that is said to have no command.
  const live = run.acts.filter((a) => a.recordedAt >= run.began).map((a) => a.kind);
  expect(live.filter((kind) => kind in waiting)).toEqual([]);
});

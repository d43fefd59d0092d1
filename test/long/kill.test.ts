import { expect, test } from 'vitest';
import { killRounds } from '../kill/rounds.ts';

test('a hundred kills of the process or its database lose nothing acknowledged and apply nothing twice', async () => {
  const { taken } = await killRounds(100, 2);
  expect(taken).toBeGreaterThan(1000);
});

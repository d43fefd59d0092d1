import { expect, test } from 'vitest';
import { killRounds } from './rounds.ts';

test('ten kills of the process or its database lose nothing acknowledged and apply nothing twice', { timeout: 180_000 }, async () => {
  const { taken } = await killRounds(10, 1);
  expect(taken).toBeGreaterThan(50);
});

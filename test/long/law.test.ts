import { expect, test } from 'vitest';
import { compareLaw } from '../properties/law.ts';

test('the verifier and the domain agree on every act of a hundred thousand random histories', () => {
  const { histories, written, hostile, disagreements } = compareLaw(1999, 0, 100_000);
  expect(disagreements).toEqual([]);
  expect(histories).toBe(100_000);
  console.log(`${written} acts decided, ${[...hostile.values()].reduce((a, b) => a + b, 0)} put past the rules`);
});

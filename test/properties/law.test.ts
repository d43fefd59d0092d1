import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { spoils } from '../generators/law-spoils.ts';
import { compareLaw } from './law.ts';

const codesIn = (file: string) =>
  [...readFileSync(new URL(`../../src/domain/${file}`, import.meta.url), 'utf8').matchAll(/refuse\('([a-z.-]+)'/g)].map(
    (m) => m[1] as string,
  );

// A hundred thousand of them are in test/long.
test('the verifier names an act exactly when the domain would not have decided it', () => {
  const { histories, written, hostile, disagreements } = compareLaw(2019, 0, 3000);
  expect(disagreements).toEqual([]);
  expect(histories).toBe(3000);
  expect(written).toBeGreaterThan(100_000);
  // Each refusal of these rules came up, and each way of writing past them.
  const wanted = [
    ...codesIn('problems/decide.ts'),
    ...codesIn('supervision/issue.ts'),
    ...codesIn('publication/published.ts').filter((code) => code.startsWith('publication.')),
    ...codesIn('publication/bulletin.ts').filter((code) => code !== 'bulletin.changed'),
    ...codesIn('evidence/decide.ts'),
    'misplaced early',
    ...spoils.map((s) => s.name),
  ];
  expect(wanted.filter((why) => !hostile.has(why))).toEqual([]);
}, 60_000);

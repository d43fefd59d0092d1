import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

// What is done on a schedule is a job with a lease (decision 12). A timer beside the runner would do it in each process.
const source = fileURLToPath(new URL('../../src', import.meta.url));

/** Where something is done again and again without the runner, and why. Nobody is added without a reason. */
const exempt: Readonly<Record<string, string>> = {
  'http/server/bytes.ts': 'watches one reader, as long as there is an answer',
  'http/server/slow-bodies.ts': 'watches one body, as long as it comes',
  'documents/inspection/run.ts': 'watches one process that inspects one file',
};

test('nothing is repeated by a timer of its own', () => {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .map((f) => f.split(sep).join('/'))
    .filter((f) => /\.ts$/.test(f) && !/\.test\.ts$/.test(f) && !f.startsWith('web/'));
  const found = files.filter((f) => /\bsetInterval\s*\(/.test(readFileSync(join(source, f), 'utf8')));
  expect(files.length).toBeGreaterThan(300);
  expect(found.filter((f) => exempt[f] === undefined)).toEqual([]);
  // A reason without its timer is out of date.
  expect(Object.keys(exempt).filter((f) => !found.includes(f))).toEqual([]);
});

test('jobs wait in the runner only', () => {
  const jobs = readdirSync(join(source, 'jobs'), { recursive: true, encoding: 'utf8' })
    .map((f) => f.split(sep).join('/'))
    .filter((f) => /\.ts$/.test(f) && !/\.test\.ts$/.test(f) && !f.startsWith('runner/'));
  expect(jobs.length).toBeGreaterThan(4);
  expect(jobs.filter((f) => /\bset(?:Timeout|Interval)\b|timers\/promises/.test(readFileSync(join(source, 'jobs', f), 'utf8')))).toEqual(
    [],
  );
});

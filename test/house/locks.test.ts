import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { locks } from '../../src/storage/locks.ts';

const source = fileURLToPath(new URL('../../src', import.meta.url));

test('no two advisory locks share a number', () => {
  expect(new Set(Object.values(locks)).size).toBe(Object.keys(locks).length);
});

test('no advisory lock is taken by a number written at its place', () => {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((f) => /\.(ts|sql)$/.test(f) && !f.endsWith('.test.ts'));
  const own = files.filter((f) => /advisory\w*lock\w*\(\s*\d/.test(readFileSync(join(source, f), 'utf8')));
  expect(files.length).toBeGreaterThan(300);
  expect(own).toEqual([]);
});

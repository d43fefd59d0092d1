import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { dictionary } from '../../src/domain/clearance/dictionary.ts';
import { figurePages } from '../../tools/lib/figure-pages.ts';

test('every figure has a page in docs that says what its definition says', () => {
  for (const [name, text] of figurePages(dictionary)) {
    expect(readFileSync(new URL(`../../docs/figures/${name}`, import.meta.url), 'utf8'), name).toBe(text);
  }
});

test('the dictionary is the published one: ids, versions, units, filters and predicates', () => {
  const binding = JSON.parse(readFileSync(new URL('../fixtures/figures.json', import.meta.url), 'utf8')) as {
    figures: { id: string; version: number; unit: string; predicate: string; filters: string[] }[];
  };
  const ours = dictionary.map((f) => ({ id: f.id, version: f.version, unit: f.unit, predicate: f.predicate.en, filters: [...f.filters] }));
  expect(ours).toEqual(binding.figures);
});

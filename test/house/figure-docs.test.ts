import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { dictionary } from '../../src/domain/clearance/dictionary.ts';
import { figurePages } from '../../tools/lib/figure-pages.ts';

test('every figure has a page in docs that says what its definition says', () => {
  for (const [name, text] of figurePages(dictionary)) {
    expect(readFileSync(new URL(`../../docs/figures/${name}`, import.meta.url), 'utf8'), name).toBe(text);
  }
});

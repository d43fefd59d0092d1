import { describe, expect, test } from 'vitest';
import { writtenRefusals } from '../../test/fixtures/written.ts';
import { refusals } from './refusals.ts';

const names = (text: string) => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]))].sort();

describe('what is refused', () => {
  test('has the codes that were written down, each with its status', () => {
    expect(new Map(Object.entries(refusals).map(([code, words]) => [code, words.status]))).toEqual(writtenRefusals());
  });

  test.each(Object.entries(refusals))('%s says so in Chinese and in English, and both name the same details', (_, words) => {
    // A name may be all that stands before the sentence, so a text is a sentence once they are out of it.
    const bare = (text: string) => text.replace(/\{\w+\}/g, '');
    expect(bare(words.zh)).toMatch(/^[^a-z]*\p{Script=Han}/u);
    expect(bare(words.en)).toMatch(/^[^\p{Script=Han}]*[A-Za-z]{3}[^\p{Script=Han}]*$/u);
    expect(names(words.en)).toEqual(names(words.zh));
    expect(words.zh).toMatch(/(。|\})$/);
    expect(words.en).toMatch(/(\.|\})$/);
  });
});

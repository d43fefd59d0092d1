import { expect, test } from 'vitest';
import { wordsOf } from '../i18n/words-of.ts';
import { ApiError } from './api.ts';
import { refusalWords } from './refusal-words.ts';

const [zh, en] = [await wordsOf('zh'), await wordsOf('en')];
const refused = (messages: { zh: string; en: string }) =>
  new ApiError(409, { type: '', title: '', status: 409, code: 'a.b', detail: '', messages, details: {} });

test('a refusal is said in the language of the page, and in the other one where its own is missing', () => {
  const both = refused({ zh: '不行', en: 'no' });
  expect([refusalWords(both, zh), refusalWords(both, en)]).toEqual(['不行', 'no']);
  expect([refusalWords(refused({ zh: '不行', en: '' }), en), refusalWords(refused({ zh: '', en: 'no' }), zh)]).toEqual(['不行', 'no']);
});

test('a fault of ours shows none of its inner words', () => {
  for (const error of [new TypeError('x is not a function'), 'text', undefined, null, { problem: 1 }]) {
    expect(refusalWords(error, zh)).toBe(zh.t('shell:crash.body'));
    expect(refusalWords(error, en)).not.toMatch(/function|object|undefined/);
  }
});

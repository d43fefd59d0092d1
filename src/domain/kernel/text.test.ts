import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { identifierForm, isBlank, isWellFormed, tidyLine, tidyText, untidyPath } from './text.ts';

describe('the kept form of a text', () => {
  test.each([
    ['line ends of every kind', 'a\r\nb\rc\vd\fe\u0085f\u2028g', 'a\nb\nc\nd\ne\nf\ng'],
    ['controls go, tabs become spaces', 'a\u0000b\u0001c\td\u001fe\u007f', 'abc de'],
    ['the order of showing is not changed by a text', '甲\u202e乙\u2066丙\u2069', '甲乙丙'],
    ['composed characters', 'e\u0301', 'é'],
    ['noncharacters and marks of byte order', '\ufeffa\ufffeb\u{1ffff}', 'ab'],
    ['white space at the ends', ' \u3000 甲 乙 \n', '甲 乙'],
    ['joiners inside words stay', 'क्\u200dष', 'क्\u200dष'],
  ])('%s', (_, raw, kept) => {
    expect(tidyText(raw)).toBe(kept);
  });

  test('of one line has no line breaks', () => {
    expect(tidyLine('甲 \r\n\n 乙')).toBe('甲 乙');
  });

  test('is its own kept form, and XML takes every character of it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (raw) => {
        const kept = tidyText(raw);
        expect(tidyText(kept)).toBe(kept);
        expect(untidyPath({ a: [kept] })).toBeUndefined();
        // XML 1.0, production 2: Char
        for (const c of kept) {
          const n = c.codePointAt(0) as number;
          expect(n === 0x9 || n === 0xa || n === 0xd || (n >= 0x20 && n <= 0xd7ff) || (n >= 0xe000 && n <= 0xfffd) || n >= 0x10000).toBe(
            true,
          );
        }
      }),
    );
  });
});

test('a lone surrogate is no text, a pair is', () => {
  expect([isWellFormed('x\ud800y'), isWellFormed('\udc00'), isWellFormed('𠮷')]).toEqual([false, false, true]);
});

test.each([
  ['', true],
  ['\u3000\u200b', true],
  ['\u00ad\u2060\u3164 \n', true],
  ['。', false],
  [' 甲', false],
])('nothing can be seen of %j: %s', (text, blank) => {
  expect(isBlank(text)).toBe(blank);
});

describe('a value with a text that is not in its kept form', () => {
  test.each([
    [{ a: 'ok\nok' }, undefined],
    [{ a: { b: ['ok', 'no\r'] } }, 'a.b.1'],
    [{ a: 'x\ud800' }, 'a'],
    [{ a: 'e\u0301' }, 'a'],
    [{ a: 1, b: null, c: 'nul\u0000' }, 'c'],
  ])('%j is found at %s', (value, path) => {
    expect(untidyPath(value)).toBe(path);
  });
});

test.each([
  ['ＳＸ２０１９－０００１', 'SX2019-0001'],
  ['sx2019-0001', 'SX2019-0001'],
  [' SX2019-7777 ', 'SX2019-7777'],
  ['SX2019—0273', 'SX2019-0273'],
  ['SX2019\u200b-0001', 'SX2019-0001'],
])('the identifier %j is %s', (typed, form) => {
  expect(identifierForm(typed)).toBe(form);
});

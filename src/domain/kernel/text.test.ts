import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { identifierForm, isBlank, isWellFormed, tidyLine, tidyText, untidyPath, writableText } from './text.ts';

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

describe('a text from before texts had a form', () => {
  test.each([
    ['line ends become line feeds, of Windows one for two', 'a\r\nb\rc\u2029d', 'a\nb\nc\nd'],
    ['what no file can hold is left out', 'a\u0000b\ufffec\u202ed', 'abcd'],
    ['half a character becomes a replacement mark, each', 'a\ud800b\udc00\udc00', 'a\ufffdb\ufffd\ufffd'],
    ['whole characters, tabs, composition and spaces at the ends stay', ' 𠮷\te\u0301 ', ' 𠮷\te\u0301 '],
  ])('is written so that %s', (_, kept, written) => {
    expect(writableText(kept)).toBe(written);
  });
});

describe('the one line of a text', () => {
  test('has one space for each run of line breaks, and lines that are empty leave none', () => {
    expect(tidyLine('甲\n \n\u3000\n乙\n\n丙')).toBe('甲 乙 丙');
    expect(tidyLine('第一行\n第二 行')).toBe('第一行 第二 行');
    expect(tidyLine(' \n ')).toBe('');
  });
});

describe('a value in its kept form', () => {
  test('is so all the way down, and the first text that is not is named by its path', () => {
    expect(untidyPath('a\rb')).toBe('');
    expect(untidyPath('a\rb', 'payload')).toBe('payload');
    expect(untidyPath(['ok', { b: 'x\u0000', c: 'y\u0000' }])).toBe('1.b');
    expect(untidyPath({ a: [[['\ufeff']]] }, 'p')).toBe('p.a.0.0.0');
    expect(untidyPath({ a: 'x', b: 'x\u2028y', c: '\r' })).toBe('b');
    expect(untidyPath({ a: '\u2029y' })).toBe('a');
    for (const other of [null, undefined, 7, true, {}, [], { a: null }, { a: [1, 2] }]) expect(untidyPath(other)).toBeUndefined();
  });
});

test.each(['‐', '‑', '‒', '–', '—', '―', '−', '﹘', '﹣', '－', 'ー'])('the dash %s in an identifier is a hyphen', (dash) => {
  expect(identifierForm(`a${dash}1`)).toBe('A-1');
});

test('an identifier has no spaces, wherever they were typed, and nothing unseen', () => {
  expect(identifierForm('\u3000sx 2019\u00a0-\u00ad0001\n2\u200e')).toBe('SX2019-00012');
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { kinds } from '../../demo/texts.ts';
import { seeded } from '../../demo/random.ts';
import { foldText, foldVersion, searchKeys } from './search.ts';

const finds = (text: string, word: string) => {
  const keys = new Set(searchKeys(text));
  return searchKeys(word).every((key) => keys.has(key));
};
const chinese = fc.string({ unit: fc.constantFrom(...'督办问题整改污水处理厂散乱演示，。（）SX2019-0047abＡＢ１２'), maxLength: 60 });

describe('search keys', () => {
  test('find every two neighbouring characters of a text', () => {
    fc.assert(
      fc.property(chinese, (text) => {
        const chars = [...text];
        for (let i = 0; i + 1 < chars.length; i++) expect(finds(text, chars.slice(i, i + 2).join(''))).toBe(true);
      }),
    );
  });

  test('find every two neighbouring letters or digits of any script, once folded', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        const chars = [...foldText(text)];
        for (let i = 0; i + 1 < chars.length; i++) {
          const pair = chars.slice(i, i + 2).join('');
          if (/^[\p{L}\p{N}]{2}$/u.test(pair) && foldText(pair) === pair) expect(finds(foldText(text), pair)).toBe(true);
        }
      }),
    );
  });

  test('find any longer word that stands in the text', () => {
    const r = seeded(1, 1);
    for (const kind of Object.values(kinds)) {
      for (const problem of kind.problems) {
        const text = problem(r);
        for (let i = 0; i + 4 <= text.length; i++) expect(finds(text, text.slice(i, i + 4))).toBe(true);
      }
    }
  });

  test('fold width and case', () => {
    expect(searchKeys('ＳＸ２０１９')).toEqual(searchKeys('sx2019'));
  });

  test.each([
    [
      '“六个百分之百”',
      ['"六个百分之百"', '＂六个百分之百＂', '「六个百分之百」', '『六个百分之百』', "'六个百分之百'", '‘六个百分之百’', '«六个百分之百»'],
    ],
    [
      'SX2019-0273',
      ['SX2019—0273', 'SX2019–0273', 'SX2019－0273', 'SX2019−0273', 'ＳＸ２０１９‑０２７３', 'sx2019——0273', 'SX2019\u00ad-0273'],
    ],
    ['废\u200b机油\u2060泄\ufeff漏', ['废机油泄漏', '废\u200d机油泄漏', '废机油\ufe0f泄漏']],
    ['一号 锅炉', ['一号\u3000锅炉', '一号\u00a0锅炉', '一号\u2003\u202f锅炉', '一号\t锅炉', '一号\r\n锅炉']],
    ['甲·乙', ['甲•乙', '甲・乙', '甲･乙', '甲‧乙']],
    ['5~10天', ['5～10天', '5〜10天']],
    ['废机油', ['⽤废机油'.slice(1), '\u202e废机油\u202c']],
  ])('fold %j and what looks like it to one form', (text, others) => {
    for (const other of others) {
      expect(foldText(other)).toBe(foldText(text));
      expect(searchKeys(other)).toEqual(searchKeys(text));
    }
  });

  test('fold what is folded already to itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'督办 \u3000\u200b“”—－·•～ABａ１"-') }), (text) => {
        expect(foldText(foldText(text))).toBe(foldText(text));
      }),
    );
  });

  test('are none for one character', () => {
    expect(searchKeys('水')).toEqual([]);
  });
});

describe('what is stored for the search', () => {
  // Worked out from the rule: first code point times 0x9e3779b1, exclusive or with the second, as a signed number of 32 bits.
  test.each([
    ['督办', [-117_111_571]],
    ['督办问', [-117_111_571, 1_798_789_328]],
    ['问 督办', [-117_111_571]],
    ['问，督办。', [-117_111_571]],
    ['ＳＸ', [317_434_619]],
    ['abcab', [-1_858_300_511, -217_768_845, 796_135_186]],
    ['𠮷野', [1_866_729_801]],
  ])('of %j is %j', (text, keys) => {
    expect(searchKeys(text)).toEqual(keys);
  });

  test('stays as it is as long as the version of folding does', () => {
    expect([foldVersion, foldText(' Ａ\u3000\u00a0“b”—c・\u200bD～')]).toEqual([2, ' a "b"-c·d~']);
    expect(foldText('a \u200b b')).toBe('a b');
    expect(foldText('㈱ ﬁ')).toBe('(株) fi');
    expect(foldText('―――')).toBe('-');
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Compared, possibleDuplicates, textsAlike } from './duplicates.ts';

const at = (no: string, more: Partial<Compared> = {}) => ({
  no,
  sourceId: null,
  unit: '漱石演示砖瓦厂',
  place: 141_023,
  text: '隧道窑脱硫塔停用，台账补写',
  ...more,
});
const pump = '隧道窑脱硫塔加药泵停运，台账当日已填正常';
const shown = (found: Compared, ...others: ReturnType<typeof at>[]) =>
  possibleDuplicates(found, others).map((d) => [d.other.no, d.because]);

describe('how alike two texts are', () => {
  test('goes from nothing to all of it', () => {
    expect(textsAlike(pump, pump)).toBe(100);
    expect(textsAlike(pump, '成品堆场未苫盖，面积约900平方米')).toBe(0);
    // Four pairs (ab bc cd de) and five (the same and ef), four of them shared: 2 x 4 of 4 + 5.
    expect(textsAlike('abcde', 'abcdef')).toBe(88);
  });

  test('does not look at width, case and punctuation', () => {
    expect(textsAlike('COD超标，pH异常', 'ｃｏｄ超标；PH异常')).toBe(100);
  });

  test('says nothing of a text that is hardly begun', () => {
    expect(textsAlike('脱硫塔', '脱硫塔')).toBe(0);
  });

  test('is the same either way round, and never beyond its ends', () => {
    const text = fc.string({ unit: fc.constantFrom(...'脱硫塔停用台账 ab'), maxLength: 20 });
    fc.assert(
      fc.property(text, text, (a, b) => {
        const n = textsAlike(a, b);
        expect(n).toBe(textsAlike(b, a));
        expect(n >= 0 && n <= 100).toBe(true);
      }),
    );
  });
});

describe('a problem that is about to be recorded', () => {
  test('may be one at the same source, whatever either says', () => {
    const found = at('new', { sourceId: 's1', text: pump });
    expect(shown(found, at('1', { sourceId: 's1', unit: '旧名', text: '成品堆场未苫盖' }))).toEqual([['1', 'source']]);
  });

  test('may be one at the same unit in the same county, however its name is typed; not in another county', () => {
    const found = at('new', { unit: ' 漱石演示砖瓦厂（二）', text: '' });
    expect(shown(found, at('1', { unit: '漱石演示砖瓦厂(二)', text: 'x' }))).toEqual([['1', 'unit']]);
    expect(shown(found, at('1', { unit: '漱石演示砖瓦厂(二)', place: 141_024 }))).toEqual([]);
  });

  test('may be one whose text is alike in the same county; not in another county', () => {
    const found = at('new', { unit: '甲', text: '隧道窑脱硫塔停用，台账事后补写' });
    expect(shown(found, at('1', { unit: '乙' }))).toEqual([['1', 'text']]);
    expect(shown(found, at('1', { unit: '乙', place: 141_024 }))).toEqual([]);
    expect(shown(found, at('1', { unit: '乙', text: '成品堆场未苫盖，面积约900平方米' }))).toEqual([]);
  });

  test('is not one at another source only because neither has one, nor because no unit is named', () => {
    expect(shown(at('new', { unit: '', text: '' }), at('1', { unit: '', text: '' }))).toEqual([]);
    expect(shown(at('new', { unit: '甲', text: '' }), at('1', { unit: '乙', text: '' }))).toEqual([]);
  });

  test('has the most alike shown first, and no more than are read', () => {
    const found = at('new', { text: pump });
    const many = Array.from({ length: 9 }, (_, i) => at(`${i}`, { text: '成品堆场未苫盖' }));
    const list = shown(found, ...many, at('alike'));
    expect(list[0]).toEqual(['alike', 'unit']);
    expect(list.map(([no]) => no)).toEqual(['alike', '0', '1', '2', '3', '4']);
  });
});

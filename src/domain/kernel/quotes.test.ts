import { describe, expect, test } from 'vitest';
import { fillNames, innerQuotes, inQuotes } from './quotes.ts';

describe('a name in quotation marks', () => {
  test.each([
    ['山西省“百日清零”专项行动', '“山西省‘百日清零’专项行动”'],
    ['清零行动', '“清零行动”'],
    ['关于“六个‘百分之百’”的行动', '“关于‘六个“百分之百”’的行动”'],
    ['‘回头看’行动', '“‘回头看’行动”'],
    ['山西省"百日清零"行动', '“山西省‘百日清零’行动”'],
    ['O’Brien 的“行动”', '“O’Brien 的‘行动’”'],
    ['半个“引号', '“半个‘引号”'],
    ['', '“”'],
  ])('%s', (name, shown) => {
    expect(inQuotes(name)).toBe(shown);
  });

  test('is changed in a template only where the template quotes it', () => {
    const values: Record<string, string> = { campaign: '“百日”行动', n: '3' };
    expect(fillNames('没有名为“{campaign}”的行动（{campaign}，{n}）', (key) => values[key] ?? '')).toBe(
      '没有名为“‘百日’行动”的行动（“百日”行动，3）',
    );
  });
});

describe('marks inside a quotation', () => {
  test.each([
    ['three deep', '“一‘二“三”二’一”', '‘一“二‘三’二”一’'],
    ['one after the other', '“一”和“二”', '‘一’和‘二’'],
    ['straight ones, open and closed by turns', '"一"和"二"', '‘一’和‘二’'],
    ['closed without being opened', '一”二', '一’二'],
    ['closed twice', '“一””“二”', '‘一’’‘二’'],
    ['an apostrophe inside double marks', '“O’Brien”', '‘O’Brien’'],
    ['an apostrophe two deep', '“一“O’Brien”二”', '‘一“O’Brien”二’'],
    ['single marks closed before double ones', '‘一’“二”', '‘一’‘二’'],
    ['an apostrophe after single marks were closed', '‘一’ O’Brien', '‘一’ O’Brien'],
  ])('%s', (_, typed, shown) => {
    expect(innerQuotes(typed)).toBe(shown);
  });

  test('of a template stay where they do not hold just a name', () => {
    const value = () => '“名”';
    expect(fillNames('“{a} {b}”', value)).toBe('““名” “名””');
    expect(fillNames('{a}', value)).toBe('“名”');
    expect(fillNames('“{a}”', value)).toBe('“‘名’”');
    expect(fillNames('{} { a } {long_name1}', value)).toBe('{} { a } “名”');
  });
});

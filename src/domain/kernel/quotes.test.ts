import { describe, expect, test } from 'vitest';
import { fillNames, inQuotes } from './quotes.ts';

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

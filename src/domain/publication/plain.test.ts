import { describe, expect, test } from 'vitest';
import { parseBody } from './document.ts';
import { plainNumbers } from './plain.ts';

const of = (body: string) => plainNumbers(parseBody(body));

describe('numbers that were marked as no figures', () => {
  test('are listed with the sentence that they stand in, bound figures as …', () => {
    expect(of('全省检查。累计督办{{problems.supervised@1}}个，清零率{{=99%}}，列全国第一。下一步继续。')).toEqual([
      { text: '99%', sentence: '累计督办…个，清零率99%，列全国第一。', kind: 'share' },
    ]);
    expect(of('还有{{=123}}个在路上')).toEqual([{ text: '123', sentence: '还有123个在路上', kind: 'count' }]);
  });

  test.each([
    ['占{{=85}}%。', 'share'],
    ['提高{{=3.5}}个百分点', 'share'],
    ['up {{=12 percent}} since May', 'share'],
    ['罚款{{=120}}万元', 'count'],
    ['{{=2000}}余家企业', 'count'],
    ['关停{{=30家}}', 'count'],
    ['{{=1,914}} problems were found', 'count'],
    ['拨打{{=12369}}举报', 'other'],
    ['依据{{=GB 3095}}执行', 'other'],
    ['第{{=3}}次会议', 'count'],
  ])('%s is a %s', (body, kind) => {
    expect(of(body).map((n) => n.kind)).toEqual([kind]);
  });

  test('stand in headings, lists and cells too, and a decimal point ends no sentence', () => {
    const body = '# 一周{{=7}}天\n\n- 甲{{=1.5%}}。乙\n\n| 市 | 数 |\n| 太原 | {{=44}} |';
    expect(of(body)).toEqual([
      { text: '7', sentence: '一周7天', kind: 'count' },
      { text: '1.5%', sentence: '甲1.5%。', kind: 'share' },
      { text: '44', sentence: '44', kind: 'other' },
    ]);
    expect(of('Rates rose to 3.14 then {{=99%}}. Then more.')).toEqual([
      { text: '99%', sentence: 'Rates rose to 3.14 then 99%.', kind: 'share' },
    ]);
  });

  test('of a text without any are none, and a long run is read in no time', () => {
    expect(of('督办{{problems.supervised@1}}个')).toEqual([]);
    expect(of(`${'1'.repeat(50_000)}{{=5}}${'余'.repeat(50_000)}`)).toHaveLength(1);
  });
});

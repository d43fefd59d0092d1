import { describe, expect, test } from 'vitest';
import { literalsIn } from './literals.ts';

/** What was found as text and value; a percentage says so. */
const found = (run: string) => literalsIn(run).map((l) => `${l.text}=${l.value}${l.percent ? '%' : ''}`);

describe('what a number in a text says', () => {
  test.each([
    ['共2507个', '2507=2507'],
    ['共２５０７个', '２５０７=2507'],
    ['1,914 of 2,507', '1,914=1914 2,507=2507'],
    ['罚款3,555万元', '3,555万=35550000'],
    ['1.2亿元、3万亿元', '1.2亿=120000000 3万亿=3000000000000'],
    ['5百、6千', '5百=500 6千=6000'],
    ['35.55 million, 2 billion, 7 thousand', '35.55 million=35550000 2 billion=2000000000 7 thousand=7000'],
    ['65.73%、50.18％', '65.73%=65.73% 50.18％=50.18%'],
    ['65.73 percent or 7 per cent', '65.73 percent=65.73% 7 per cent=7%'],
    ['四批、两项、十家', '四=4 两=2 十=10'],
    ['十二个、二十五家、三十人', '十二=12 二十五=25 三十=30'],
    ['三百零五件、一千二百条、二千〇五十起', '三百零五=305 一千二百=1200 二千〇五十=2050'],
    ['一百个', '一百=100'],
    ['two, three, four, five, six, seven', 'two=2 three=3 four=4 five=5 six=6 seven=7'],
    ['eight, nine, ten, eleven and Twelve', 'eight=8 nine=9 ten=10 eleven=11 Twelve=12'],
    // A suggestion rests on the value: these were taken for none, and a figure that counts nothing was offered for them.
    ['twenty, thirty or a hundred', 'twenty=20 thirty=30 hundred=100'],
    ['两万家、三万五千件', '两万=20000 三万五千=35000'],
    ['一亿二千三百万人、十万零五百条', '一亿二千三百万=123000000 十万零五百=100500'],
    ['三万亿件、二百三十四万五千六百七十八个', '三万亿=3000000000000 二百三十四万五千六百七十八=2345678'],
  ])('%s', (run, wanted) => {
    expect(found(run).join(' ')).toBe(wanted);
  });

  test('stands where it stands, in reading order, full-width digits as long as they are', () => {
    expect(literalsIn('甲四批，１２个，two')).toEqual([
      { text: '四', from: 1, to: 2, value: 4, percent: false },
      { text: '１２', from: 4, to: 6, value: 12, percent: false },
      { text: 'two', from: 8, to: 11, value: 2, percent: false },
    ]);
  });

  test('stands where it stands behind a date and a document number too', () => {
    expect(literalsIn('8月5日共12个')).toMatchObject([{ text: '12', from: 5, to: 7 }]);
    expect(literalsIn('〔2019〕3号：四批')).toMatchObject([{ text: '四', from: 9, to: 10 }]);
  });

  test('ends before the commas of its sentence', () => {
    expect(literalsIn('1,234, 5')).toMatchObject([
      { text: '1,234', to: 5 },
      { text: '5', value: 5 },
    ]);
    expect(literalsIn('12,,')).toMatchObject([{ text: '12', to: 2 }]);
  });
});

describe('what is no number', () => {
  test.each([
    '2019-08-05、2019-08-05T18:00:00+08:00、2019-08-05T10:00Z',
    '2019年、2019年8月、2019年8月5日、8月5日、5日',
    '18时、18时30分、18点、18:00、18：00：05',
    '5 August 2019, 1 Jul, August 5, 2019, October 2019, Sept 3, May 1',
    '2019 and 1999',
    '2019百日清零、2019—2020、in 2019 and problems of 2020',
    '第3条、第十二批、第一、二、三批、第2—4条、第2至第4条',
    '〔2019〕12号、12号',
    'batch 3, batches 1, 2 and 4, No. 7, Article 29, section 2',
    'PM2.5、PM10、SX2019-0047、HJ-212、GB2260',
    '一个、一种、一次、一类、一批次',
    '统一、同一家、逐一、每一家、各一件、另一个、某一类、唯一一个、进一步、零一',
    '万家寨、万个、亿人',
    'someone, often, tenth',
  ])('%s', (run) => {
    expect(found(run)).toEqual([]);
  });

  test.each([
    ['20190 and 2019%', '20190=20190 2019%=2019%'],
    ['2019万', '2019万=20190000'],
    // As many as a year has, before a word that counts or measures, are no year: 1,914 problems were published.
    ['督办1914个，罚款2000元，2019 起', '1914=1914 2000=2000 2019=2019'],
    ['1914 problems, 1999 of them in 2019', '1914=1914 1999=1999'],
    ['3 batches', '3=3'],
    ['一家', '一=1'],
    ['A 5', '5=5'],
  ])('but a number is one that only looks like it: %s', (run, wanted) => {
    expect(found(run).join(' ')).toBe(wanted);
  });
});

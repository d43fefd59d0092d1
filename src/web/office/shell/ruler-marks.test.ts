import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { marksOf, scaleOf, ticksOf } from './ruler-marks.ts';
import type { Span } from './span.ts';

const hundred: Span = { from: '2019-07-01', to: '2019-10-08', days: 100, counted: true };
const register: Span = { from: '2018-11-15', to: '2020-03-02', days: 474, counted: false };
const order = {
  span: hundred,
  offset: 480,
  width: 1360,
  size: 12,
  today: { day: 36, text: '8月5日，第36天' },
  from: '7月1日',
  to: '10月8日',
  batches: [
    { issuedAt: '2019-07-12T09:00:00+08:00', text: '第1批' },
    { issuedAt: '2019-08-20T09:00:00+08:00', text: '第2批' },
  ],
  windows: [{ from: '2019-09-10', text: '庆典期间' }],
};
const texts = (o: Partial<typeof order> = {}) => marksOf({ ...order, ...o }).map((m) => m.text);

describe('the labels of the ruler', () => {
  test('name today, the ends, the batches and the windows', () => {
    expect(texts()).toEqual(['8月5日，第36天', '7月1日', '10月8日', '第1批', '第2批', '庆典期间']);
  });

  test('name no today before the first day or after the last', () => {
    for (const day of [0, -5, 101]) expect(texts({ today: { day, text: 'today' } })).not.toContain('today');
    for (const day of [1, 100]) expect(texts({ today: { day, text: 'today' } })).toContain('today');
  });

  test('stand at their days', () => {
    const { xOf, step } = scaleOf(hundred, 1360);
    const [today, first, last, batch] = marksOf(order);
    expect([xOf(1), today?.x, first?.x, last?.x]).toEqual([1, xOf(36), 0, 1360]);
    // Nine in the morning of the twelfth day.
    expect(batch?.x).toBeCloseTo(xOf(12) + (9 / 24) * step);
  });

  test('of a window that begins where today is named stand aside of it', () => {
    const marks = marksOf({ ...order, batches: [], windows: [{ from: '2019-08-05', text: '窗口' }] });
    const today = marks.find((m) => m.kind === 'today');
    expect(marks.find((m) => m.kind === 'window')?.from).toBe((today?.to ?? 0) + 8);
  });

  test('that would cover today’s are left out, and today’s never is', () => {
    expect(texts({ today: { day: 1, text: '7月1日，第1天' } })).not.toContain('7月1日');
    expect(texts({ batches: [{ issuedAt: '2019-08-05T12:00:00+08:00', text: '第3批' }] })).not.toContain('第3批');
    expect(texts({ width: 60 })[0]).toBe('8月5日，第36天');
  });

  test('lie on the ruler and not on each other, however narrow it is and wherever today stands', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 200, max: 2000 }),
        fc.integer({ min: -3, max: 104 }),
        fc.array(fc.integer({ min: 0, max: 99 }), { maxLength: 6 }),
        (width, day, days) => {
          const batches = days.map((d, i) => ({ issuedAt: new Date(Date.UTC(2019, 6, 1 + d, 4)).toISOString(), text: `第${i + 1}批` }));
          const marks = marksOf({ ...order, width, today: { day, text: '8月5日，第36天' }, batches });
          for (const m of marks) expect(m.from >= 0 && m.to <= width + 0.001).toBe(true);
          const sorted = [...marks].sort((a, b) => a.from - b.from);
          sorted.forEach((m, i) => i > 0 && expect(m.from - (sorted[i - 1]?.to ?? 0)).toBeGreaterThanOrEqual(6 - 0.001));
        },
      ),
    );
  });

  test('of something before or after the days of the ruler name nothing on it', () => {
    const outside = [
      { issuedAt: '2019-05-01T09:00:00+08:00', text: '预备批' },
      { issuedAt: '2019-12-01T09:00:00+08:00', text: '补批' },
    ];
    expect(texts({ batches: outside, from: '', to: '', today: { day: 0, text: '' } }).filter((text) => text.endsWith('批'))).toEqual([]);
    expect(texts({ windows: [{ from: '2020-01-01', text: '来年' }] })).not.toContain('来年');
  });
});

describe('the ticks of the ruler', () => {
  test('are one a day in a campaign, longer on the first and every tenth', () => {
    const ticks = ticksOf(hundred);
    expect(ticks).toHaveLength(100);
    expect(ticks.filter((t) => t.tall).map((t) => t.day)).toEqual([1, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100]);
  });

  test('are the first of each month of a register, longer at quarters, over years and leap days', () => {
    const ticks = ticksOf(register);
    expect(ticks).toHaveLength(16);
    // 2018-12-01 is the 17th day, 2019-01-01 the 48th, 2020-03-01 the 473rd.
    expect([ticks[0]?.day, ticks[1]?.day, ticks.at(-1)?.day]).toEqual([17, 48, 473]);
    expect(ticks.filter((t) => t.tall).map((t) => t.day)).toEqual([48, 138, 229, 321, 413]);
  });

  test('of no days are none', () => {
    expect([ticksOf({ ...hundred, days: 0 }), ticksOf({ ...register, days: 3 })]).toEqual([[], []]);
  });
});

test('a ruler of one day, or without width, has its day somewhere', () => {
  expect(scaleOf({ ...hundred, days: 1 }, 100).xOf(1)).toBe(1);
  expect(Number.isFinite(scaleOf({ ...hundred, days: 0 }, 0).xOf(1))).toBe(true);
});

import { describe, expect, test } from 'vitest';
import { fewSettings } from '../../../test/generators/settings.ts';
import { printBatches, printCohort, printDate, printMoment } from './cohort.ts';

describe('batches in a text', () => {
  test.each([
    [[1], '第1批', 'batch 1'],
    [[1, 2, 3], '第1–3批', 'batches 1–3'],
    [[1, 2, 3, 5], '第1–3、5批', 'batches 1–3, 5'],
    [[5, 3, 2, 1], '第1–3、5批', 'batches 1–3, 5'],
    [[2, 4, 10, 11], '第2、4、10–11批', 'batches 2, 4, 10–11'],
  ])('%j are %s and %s', (numbers, zh, en) => {
    expect([printBatches(numbers, 'zh'), printBatches(numbers, 'en')]).toEqual([zh, en]);
  });
});

describe('a cohort in a text', () => {
  const settings = fewSettings();
  const named = {
    ...settings,
    places: settings.places.map((p) => (p.code === 140_100 ? { ...p, nameEn: 'Taiyuan' } : p)),
    aspects: [
      ...settings.aspects,
      { ...(settings.aspects[0] as (typeof settings.aspects)[number]), version: 2, name: { zh: '督察新', en: 'New' } },
    ],
  };
  const both = (filter: Parameters<typeof printCohort>[0]) => [printCohort(filter, named, 'zh'), printCohort(filter, named, 'en')];

  test('names places in the language of the text, or as the campaign has them, or by their code', () => {
    expect(both({ city: '140100' })).toEqual(['太原市', 'Taiyuan']);
    expect(both({ city: '140200' })).toEqual(['大同市', '大同市']);
    expect(both({ county: '140199' })).toEqual(['140199', '140199']);
  });

  test('names classes by their newest name, or by their code', () => {
    expect(both({ aspect: 'central-inspection' })).toEqual(['督察新', 'New']);
    const seizure = settings.measures.find((m) => m.code === 'seizure');
    expect(seizure?.name.zh).toBe('查封、扣押');
    expect(both({ measure: 'seizure' })).toEqual([seizure?.name.zh, seizure?.name.en]);
    expect(both({ type: 'noise' })).toEqual(['noise', 'noise']);
  });

  test('puts batches first, then places, then classes, and is empty without a filter', () => {
    const filter = { batches: [1, 2], city: '140100', county: '140199', type: 'a', aspect: 'b', measure: 'c' };
    expect(both(filter)).toEqual(['第1–2批，太原市，140199，b，a，c', 'batches 1–2, Taiyuan, 140199, b, a, c']);
    expect(both({})).toEqual(['', '']);
  });
});

describe('a day and a moment in a text', () => {
  test('are written without leading zeros of month and day', () => {
    expect([printDate('2019-08-05', 'zh'), printDate('2019-08-05', 'en')]).toEqual(['2019年8月5日', '5 Aug 2019']);
    const firsts = Array.from({ length: 12 }, (_, i) => printDate(`2020-${String(i + 1).padStart(2, '0')}-01`, 'en'));
    expect(firsts.map((d) => d.split(' ')[1]).join(' ')).toBe('Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec');
  });

  test('have their minutes, and seconds only when there are any', () => {
    expect([printMoment('2019-08-05T18:00:00+08:00', 'zh'), printMoment('2019-08-05T18:00:00+08:00', 'en')]).toEqual([
      '2019年8月5日18:00',
      '5 Aug 2019, 18:00',
    ]);
    expect(printMoment('2019-08-05T18:00:07.5+08:00', 'en')).toBe('5 Aug 2019, 18:00:07');
  });
});

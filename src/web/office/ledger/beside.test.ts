import { describe, expect, test } from 'vitest';
import { besideSearch } from './beside.ts';

const campaign = {
  places: [
    { code: 140_000, name: '山西省', nameEn: 'Shanxi', level: 'province' },
    { code: 141_000, name: '临汾市', nameEn: 'Linfen', level: 'city' },
    { code: 141_002, name: '尧都区', nameEn: 'Yaodu', level: 'county' },
    { code: 141_024, name: '洪洞县', nameEn: 'Hongtong', level: 'county' },
    { code: 141_099, name: '洪洞园区', nameEn: 'Hongtong park', level: 'county', statisticsOnly: true },
  ],
  batches: [{ no: 1 }, { no: 12 }],
} as never;
const found = (q: string) => besideSearch({ q, view: 'overdue' }, campaign);

describe('beside the words of a search', () => {
  test.each(['洪洞', '洪洞县', 'hongtong', 'Hong'])('a place that they name is a filter: %s', (q) => {
    expect(found(q).places).toEqual([{ code: 141_024, filter: { view: 'overdue', q: undefined, city: undefined, county: '141024' } }]);
  });

  test('the other words stay words', () => {
    expect(found('焦化 临汾').places).toEqual([
      { code: 141_000, filter: { view: 'overdue', q: '焦化', city: '141000', county: undefined } },
    ]);
  });

  test.each(['第12批', '12批', 'batch 12', 'Batch12', '焦化 第12批'])('a batch that they name is offered: %s', (q) => {
    expect(found(q).batches).toEqual([12]);
  });

  test.each(['', '洪', '县', '山西', 'ho', '第3批', '12', '焦化'])('nothing is made of what names nothing: %s', (q) => {
    expect(found(q)).toEqual({ places: [], batches: [] });
  });
});

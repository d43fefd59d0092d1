import { describe, expect, test } from 'vitest';
import { isOfAddress } from './address.ts';

const at = (path: string) => {
  const { pathname, search } = new URL(path, 'https://clearzero.example');
  return { pathname, search };
};
const page = '/public/shanxi-2019/figures/clearance.rate';

describe('a page is of its address', () => {
  test.each([
    [page, {}],
    [`${page}?asOf=2019-08-05T18:00:00%2B08:00`, {}],
    [`${page}?batches=1,2,3&asOf=x`, { batches: [1, 2, 3] }],
    [`${page}?batches=3,1,2`, { batches: [1, 2, 3] }],
    [`${page}?city=140100&batches=1`, { batches: [1], city: '140100' }],
    [`${page}?type=${encodeURIComponent('大气')}`, { type: '大气' }],
    [`${page}?city=&other=1`, {}],
    [`/public/en/shanxi-2019/figures/clearance.rate?county=141024`, { county: '141024' }],
  ])('%s', (address, filter) => {
    expect(isOfAddress(at(address), 'clearance.rate', filter)).toBe(true);
  });

  test.each([
    ['batches named twice', `${page}?batches=1,1,2`, { batches: [1, 2] }],
    ['blanks between batches', `${page}?batches=1,%202`, { batches: [1, 2] }],
    ['a sign that is written as a number', '/public/shanxi-2019/figures/clearance%2Erate', {}],
  ])('also as a person wrote it, which the server takes for the same: %s', (_, address, filter) => {
    expect(isOfAddress(at(address), 'clearance.rate', filter)).toBe(true);
  });
});

describe('a page of something else than its address is found out', () => {
  test.each([
    ['another figure', '/public/shanxi-2019/figures/clearance.net', {}],
    ['a figure whose name begins alike', `${page}.net`, {}],
    ['all in place of a cohort', `${page}?batches=1,2`, {}],
    ['a cohort in place of all', page, { batches: [1, 2] }],
    ['another cohort', `${page}?batches=1,2`, { batches: [1, 3] }],
    ['a batch more', `${page}?batches=1,2`, { batches: [1, 2, 12] }],
    ['two digits for two batches', `${page}?batches=12`, { batches: [1, 2] }],
    ['a city in place of a county', `${page}?county=141000`, { city: '141000' }],
    ['another place', `${page}?city=140100`, { city: '140200' }],
    ['one place of two', `${page}?city=140100&city=140200`, { city: '140100' }],
    ['a list in place of one class', `${page}?aspect=b,a`, { aspect: 'a,b' }],
    ['a key nobody asked for', page, { measure: 'seal' }],
    ['an address that cannot be read', '/public/shanxi-2019/figures/%E0%A4%A', {}],
    ['no figure at all', '/public/shanxi-2019/', {}],
  ])('%s', (_, address, filter) => {
    expect(isOfAddress(at(address), 'clearance.rate', filter)).toBe(false);
  });
});

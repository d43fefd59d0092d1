import { expect, test } from 'vitest';
import { api, inCampaign } from './api.ts';
import { filterQuery, pages, paths } from './office.ts';
import { fill, queryText, to } from './pattern.ts';
import { publicPaths } from './public.ts';

const now = { slug: 'shanxi-2019', asOf: null };
const past = { slug: 'shanxi-2019', asOf: '2019-08-05T18:00:00+08:00' };

test('a link keeps the instant it was made at', () => {
  expect(paths.dashboard(now)).toBe('/c/shanxi-2019');
  expect(paths.dashboard(past)).toBe('/c/shanxi-2019?asOf=2019-08-05T18%3A00%3A00%2B08%3A00');
});

test('a figure link carries its filter', () => {
  expect(paths.figure(now, 'clearance.rate', { batches: [1, 2, 3] })).toBe('/c/shanxi-2019/figures/clearance.rate?batches=1%2C2%2C3');
});

test('a ledger link keeps its question and the instant', () => {
  expect(paths.ledger(past, { view: 'overdue', city: '140100' })).toBe(
    '/c/shanxi-2019/ledger?view=overdue&city=140100&asOf=2019-08-05T18%3A00%3A00%2B08%3A00',
  );
});

test('a number with a slash stays one segment', () => {
  expect(paths.item(now, 'A/1')).toBe('/c/shanxi-2019/p/A%2F1');
});

test('the API takes the same filter keys', () => {
  const query = inCampaign(now, { ...filterQuery({ city: '140100' }), part: 'numerator' });
  expect(to(api.figureRecords, { id: 'problems.open' }, query)).toBe(
    '/api/figures/problems.open/records?campaign=shanxi-2019&city=140100&part=numerator',
  );
});

test('a parameter that is missing or of another address does not compile', () => {
  // @ts-expect-error the id is missing
  expect(() => to(api.item, {})).not.toThrow();
  // @ts-expect-error an item has no number in its address
  expect(to(api.item, { id: 'SX-1', no: 2 })).toBe('/api/items/SX-1');
  // @ts-expect-error the ledger has no parameters
  expect(to(api.ledger, { id: 'SX-1' })).toBe('/api/ledger');
  // @ts-expect-error what is a number of tiles is the rest of the address
  expect(() => to(api.logTile, { campaign: 'c' })).not.toThrow();
  expect(to(api.problemCommand('notFounded'), { id: 'x' })).toBe('/api/problems/x/notFounded');
});

test('whatever a parameter holds, it stays in its segment; the rest of an address may have several', () => {
  expect(to(api.item, { id: '../a?b=c#d' })).toBe('/api/items/..%2Fa%3Fb%3Dc%23d');
  expect(to(api.item, { id: '$& :id' })).toBe('/api/items/%24%26%20%3Aid');
  expect(to(api.logTile, { campaign: 'c', '*': 'entries/x001/2 3' })).toBe('/api/log/c/tile/entries/x001/2%203');
  expect(fill('/a/:no/b.:no', { no: 3 })).toBe('/a/3/b.3');
});

test('a query is written as forms of pages write it, empty values left out', () => {
  const odd = "a b~!'()*&=+%清零";
  expect(queryText({ q: odd, none: null, empty: '', batches: [1, 2], n: 0 })).toBe(
    `?${new URLSearchParams({ q: odd, batches: '1,2', n: '0' }).toString()}`,
  );
});

test('public addresses are permanent', () => {
  const zh = { lang: 'zh', ...past } as const;
  expect(publicPaths.home({ ...zh, asOf: null })).toBe('/public/shanxi-2019');
  expect(publicPaths.records({ ...zh, lang: 'en' }, 'clearance.rate', { batches: [1, 2], city: null })).toBe(
    '/public/en/shanxi-2019/figures/clearance.rate/records?batches=1,2&asOf=2019-08-05T18:00:00%2B08:00',
  );
  expect(publicPaths.file({ ...zh, lang: 'en' }, 'cities', 'csv')).toBe(
    '/public/shanxi-2019/data/cities.csv?asOf=2019-08-05T18:00:00%2B08:00',
  );
  expect(publicPaths.bulletinFile(zh, 3, 'pdf')).toBe('/public/shanxi-2019/bulletins/3/bulletin.pdf');
  expect(publicPaths.consistency(zh, 12)).toBe('/public/shanxi-2019/log/consistency?from=12');
  expect(publicPaths.style('0a1b')).toBe('/public/_/0a1b.css');
});

test('no two pages and no two routes share an address', () => {
  const flat = (o: object): string[] =>
    Object.values(o).flatMap((v) => (typeof v === 'string' ? [v] : typeof v === 'object' ? flat(v as object) : []));
  for (const all of [flat(api), flat(pages)]) expect(new Set(all).size).toBe(all.length);
});

import { expect, test } from 'vitest';
import type { Campaign } from '../../domain/campaign/campaign.ts';
import { parseInstant, type Instant } from '../../domain/kernel/instant.ts';
import { presentCampaign } from './present.ts';

const instant = (text: string) => parseInstant(text) as Instant;
const words = { zh: '甲', en: 'a' };
const ref = { id: 'problems.found', filter: {} };

/** Only what the presenter writes in another form than it is kept. */
const campaign = {
  settings: {
    name: words,
    notice: words,
    utcOffsetMinutes: -180,
    currency: 'BRL',
    root: 140_000,
    places: [
      { code: 140_000, name: '山西' },
      { code: 140_100, name: '太原', nameEn: 'Taiyuan', tile: [1, 2] },
      { code: 140_105, name: '小店', statisticsOnly: true },
    ],
    types: [{ code: 'x', no: 4, name: words }],
    measures: [],
    aspects: [],
    facts: [],
    pressSet: [ref],
    dashboard: { headline: [ref], placeColumns: [], curve: [], map: null },
  },
  figures: [
    { id: 'e', estimate: { of: 'x' } },
    { id: 'r', ratio: { of: 'x' } },
    { id: 's', count: { fact: 'f', sum: 'amount' } },
    { id: 'n', count: { fact: 'f', sum: 'n' } },
  ],
  keyTasks: [],
  organisations: [],
} as unknown as Campaign;

const seen = {
  slug: 'shanxi-2019',
  mode: 'live' as const,
  campaign,
  batches: [{ no: 1, name: '第一批', issuedAt: instant('2019-07-07T00:00:00Z'), deadline: '2019-08-01' }],
  recorded: { from: instant('2019-07-01T00:00:00Z'), to: null },
};

test('a campaign is told of in its own time; what no page needs stays behind', () => {
  const told = presentCampaign(seen);
  expect(told.batches).toEqual([{ no: 1, name: '第一批', issuedAt: '2019-07-06T21:00:00-03:00' }]);
  expect(told.recorded).toEqual({ from: '2019-06-30T21:00:00-03:00', to: null });
  expect(told.types).toEqual([{ code: 'x', name: words }]);
});

test('places say what they are, and only what is known of them', () => {
  expect(presentCampaign(seen).places).toEqual([
    { code: 140_000, name: '山西', level: 'province' },
    { code: 140_100, name: '太原', level: 'city', nameEn: 'Taiyuan', tile: [1, 2] },
    { code: 140_105, name: '小店', level: 'county', statisticsOnly: true },
  ]);
});

test('figures are estimates, rates, sums of money or counts', () => {
  expect(presentCampaign(seen).figures.map((f) => [f.id, f.kind])).toEqual([
    ['e', 'estimate'],
    ['r', 'ratio'],
    ['s', 'sum'],
    ['n', 'count'],
  ]);
});

test('money has two decimals where no register says otherwise', () => {
  expect(presentCampaign(seen)).toMatchObject({ currencyDigits: 2, register: null });
});

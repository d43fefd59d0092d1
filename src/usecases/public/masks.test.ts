import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { smallCampaign } from '../../../test/support/campaign.ts';
import { instant } from '../../domain/kernel/instant.ts';
import { suppress } from '../../domain/publication/suppression.ts';
import { getCampaignState } from '../../storage/acts/read.ts';
import type { Services } from '../services.ts';
import { netOf, readMask } from './masks.ts';
import type { PublicView } from './view.ts';

const k = 5;
const counties = [140_105, 140_106, 140_211, 140_212];
const aspects = [1, 2];

/** All sums that are published of a table by county and aspect, by their key in the net. */
function sums(cells: readonly number[]): Map<string, number> {
  const out = new Map<string, number>();
  const add = (key: string, n: number) => out.set(key, (out.get(key) ?? 0) + n);
  for (const [i, n] of cells.entries()) {
    const place = counties[i >> 1] as number;
    const aspect = aspects[i & 1] as number;
    const city = place - (place % 100);
    for (const key of [`pa/${place}/${aspect}`, `p/${place}`, `ca/${city}/${aspect}`, `c/${city}`, `a/${aspect}`, 'all']) add(key, n);
  }
  return out;
}

describe('counts of two cities by county and aspect', () => {
  test('no protected small count follows from all that is shown at every level together', () => {
    const value = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 5, max: 9 }));
    fc.assert(
      fc.property(fc.array(value, { minLength: 8, maxLength: 8 }), (cells) => {
        const rows = cells
          .map((n, i) => ({ place: counties[i >> 1] as number, aspect: aspects[i & 1] as number, n }))
          .filter((r) => r.n > 0);
        const { shown, unprotected } = suppress(netOf(rows, true, k), k);
        const truth = sums(cells);
        const fits = (key: string, n: number) => {
          const state = shown.get(key) ?? 'shown';
          return state === 'small' ? n >= 1 && n < k : state === 'withheld' ? n >= k : n === truth.get(key);
        };
        const possible = new Map<string, Set<number>>();
        const guess = [...cells];
        const visit = (i: number): void => {
          if (i === guess.length) {
            const all = sums(guess);
            for (const [key, n] of all) if (!fits(key, n)) return;
            for (const [key, n] of all) possible.set(key, (possible.get(key) ?? new Set()).add(n));
            return;
          }
          const own = cells[i] as number;
          const state = shown.get(`pa/${counties[i >> 1]}/${aspects[i & 1]}`) ?? 'shown';
          // One more or one less is enough to be in doubt.
          const tried = state === 'shown' ? [own] : state === 'small' ? [1, 2, 3, 4] : [own - 1, own, own + 1].filter((n) => n >= k);
          for (const n of tried) {
            guess[i] = n;
            visit(i + 1);
          }
          guess[i] = own;
        };
        visit(0);
        for (const [key, state] of shown) {
          if (state !== 'small' || unprotected.includes(key)) continue;
          expect(possible.get(key)?.size ?? 0, `${key} in ${JSON.stringify(cells)}`).toBeGreaterThanOrEqual(2);
        }
      }),
      { numRuns: 150 },
    );
  }, 60_000);
});

test('each published instant is worked out once, however many there are and in whatever order they are asked for', async () => {
  const small = await smallCampaign(60, 21);
  try {
    const acts = await small.acts();
    const times = acts.map((a) => a.recordedAt).sort((a, b) => a - b);
    const [first, last] = [times[0] as number, times.at(-1) as number];
    const published = Array.from({ length: 230 }, (_, i) => ({ asOf: instant(first + Math.round(((last - first) * (i + 1)) / 230)) }));
    const campaign = await getCampaignState(small.services.database.db, small.row, instant(last));
    let worked = 0;
    const names = {
      find: (...q: Parameters<Services['names']['find']>) => {
        worked++;
        return small.services.names.find(...q);
      },
    };
    const s = { ...small.services, names } as unknown as Services;
    const ask = (i: number) =>
      readMask(s, { row: small.row, campaign, published, release: published[i] } as unknown as PublicView, 'problem.supervised', true);
    // At once, as the pages of many readers do.
    await Promise.all([229, 3, 229, 100].map(ask));
    expect(worked).toBe(230);
    for (let i = 229; i >= 0; i -= 7) await ask(i);
    for (let i = 0; i < 230; i++) await ask(i);
    expect(worked).toBe(230);
    // One more published instant is one more.
    published.push({ asOf: instant(last + 1) });
    await ask(230);
    expect(worked).toBe(231);
    // One that is taken back makes other masks of those after it, and of none before it.
    published.splice(200, 1);
    await ask(229);
    expect(worked).toBe(231 + 30);
  } finally {
    await small.close();
  }
}, 120_000);

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { filterFor } from '../../../test/generators/filters.ts';
import { randomCommands } from '../../../test/generators/live-commands.ts';
import { smallCampaign, type SmallCampaign } from '../../../test/support/campaign.ts';
import type { Act } from '../../domain/acts/act.ts';
import type { FactTerm, FigureDefinition } from '../../domain/campaign/settings.ts';
import { dictionary } from '../../domain/clearance/dictionary.ts';
import type { FigureFilter } from '../../domain/clearance/filter.ts';
import { referenceFigure } from '../../domain/clearance/reference.ts';
import { instant, type Instant } from '../../domain/kernel/instant.ts';
import { rangeOf, type PlaceRange } from '../../domain/kernel/place.ts';
import { below, pick, seeded } from '../../demo/random.ts';
import { partTerms, type Part } from '../../usecases/figures/records.ts';
import { conditionsOf, countSql, termsOf, type PageKey } from './definition.ts';
import { figureHistory } from './history.ts';
import { writeMarks } from './marks.ts';
import { recordIdsSql } from './records.ts';
import { logSizeAt } from './totals.ts';
import { figureValues } from './values.ts';

const figures = dictionary.filter((d) => d.estimate === undefined);
const whole: readonly PlaceRange[] = [rangeOf(140_000)];

let c: SmallCampaign;
let acts: Act[];
let instants: Instant[];

beforeAll(async () => {
  c = await smallCampaign(260);
  const { db } = c.services.database;
  // Marks stand wherever the campaign happened to be when they were written.
  await randomCommands(c, 160, 3, async (n) => {
    if (n % 45 === 44) await writeMarks(db, c.row, await c.services.watermark.reach(instant(Date.now() - 5), 1000), 480, 25);
  });
  acts = await c.acts();
  const r = seeded(5, 5);
  const live = acts.map((a) => a.recordedAt).filter((at) => at > c.plan.endsAt);
  const during = () => instant(Math.round(c.plan.opensAt + r.next() * (c.plan.endsAt - c.plan.opensAt)));
  instants = [
    ...Array.from({ length: 36 }, during),
    // Exactly at a record, and just before one.
    ...Array.from({ length: 8 }, () => pick(r, acts).recordedAt),
    ...Array.from({ length: 8 }, () => instant(pick(r, live) - below(r, 2))),
    ...Array.from({ length: 8 }, () => instant(c.plan.endsAt + below(r, 120 * 86_400_000))),
  ];
}, 180_000);
afterAll(() => c.close());

async function answers(d: FigureDefinition, f: FigureFilter, scope: readonly PlaceRange[], at: Instant, page: number) {
  const { db } = c.services.database;
  const { names } = c.services;
  const settings = c.plan.settings;
  const conditions = conditionsOf(f, scope, settings);
  const terms = termsOf(d, f);
  const no = async (fact: string) => (await names.find(db, fact)) ?? -1;
  const by = d.count?.sum ?? 'n';
  const counted = async (list: readonly FactTerm[]) => {
    let total = 0;
    for (const t of list) total += t.sign * ((await countSql(c.row.id, await no(t.fact), conditions, at).execute(db)).rows[0]?.[by] ?? 0);
    return total;
  };
  // The very query that pages, exports and bulletins run, page by page.
  const ids = async (part: Part) => {
    const out: { id: string; amount: number }[] = [];
    let after: PageKey | undefined;
    for (;;) {
      const request = { campaignId: c.row.id, names, terms: partTerms(part, terms), conditions, asOf: at, after, limit: page };
      const rows = (await (await recordIdsSql(db, request))?.execute(db))?.rows ?? [];
      out.push(...rows);
      const last = rows.at(-1);
      if (rows.length < page || last === undefined) return out;
      after = { place: last.place, from: last.from_at, id: last.id };
    }
  };
  const listed = await ids('numerator');
  const rest = terms.denominator === null ? null : { denominator: await ids('denominator'), difference: await ids('difference') };
  const ctx = { campaignId: c.row.id, settings, scope, asOf: at, names };
  const [rolled] = await figureValues(db, [{ definition: d, filter: f }], ctx);
  return {
    direct: {
      numerator: await counted(terms.numerator),
      denominator: terms.denominator === null ? null : await counted(terms.denominator),
    },
    rolled,
    ids: listed.map((x) => x.id),
    rest,
    summed: by === 'amount' ? listed.reduce((n, x) => n + x.amount, 0) : listed.length,
  };
}

async function expectSame(
  d: FigureDefinition,
  f: FigureFilter,
  scope: readonly PlaceRange[],
  within: FigureFilter,
  at: Instant,
  page = 37,
) {
  const referenceOf = (id: string) => referenceFigure(acts, c.plan.settings, id, { ...f, ...within }, at);
  const reference = referenceOf(d.id);
  const got = await answers(d, f, scope, at, page);
  const value = { numerator: reference?.numerator, denominator: reference?.denominator };
  const name = `${d.id} ${JSON.stringify(f)} in ${JSON.stringify(scope)} as of ${new Date(at).toISOString()}`;
  expect(got.direct, `count of ${name}`).toEqual(value);
  expect(got.rolled, `roll-up of ${name}`).toEqual(value);
  // What a net figure takes away is no record of its numerator.
  const away = new Set(d.id === 'clearance.net' ? referenceOf('problems.rebounded')?.ids : []);
  const counts = (reference?.ids ?? []).filter((id) => !away.has(id)).sort();
  expect([...got.ids].sort(), `ids of ${name}`).toEqual(counts);
  expect(new Set(got.ids).size, `ids once each of ${name}`).toBe(got.ids.length);
  if (got.rest !== null) {
    const [denominator, difference] = [got.rest.denominator, got.rest.difference].map((list) => list.map((x) => x.id).sort());
    expect(denominator?.length, `denominator of ${name}`).toBe(reference?.denominator);
    // The denominator of every rate but one is a figure itself, whose reference knows its ids.
    if (d.id !== 'clearance.ontime')
      expect(denominator, `denominator of ${name}`).toEqual([...(referenceOf('problems.supervised')?.ids ?? [])].sort());
    expect(difference, `difference of ${name}`).toEqual(denominator?.filter((id) => !counts.includes(id)));
  }
  if (d.ratio === undefined) expect(got.summed, `rows behind ${name}`).toBe(reference?.numerator);
}

describe('a figure', () => {
  test('is the same by reference, count, paged ids and roll-up: every one, any filter, any instant', { timeout: 180_000 }, async () => {
    const r = seeded(9, 9);
    for (const [i, at] of instants.entries()) {
      for (const [k, d] of figures.entries()) {
        const f =
          (i + k) % 2 === 0 ? {} : (fc.sample(filterFor(d, c.plan.settings), { numRuns: 1, seed: i * 1000 + k })[0] as FigureFilter);
        await expectSame(d, f, whole, {}, at, 5 + below(r, 60));
      }
    }
  });

  test("is for a city's officer what it is for the city, and for a county's what it is for the county", { timeout: 120_000 }, async () => {
    const r = seeded(10, 10);
    const places = c.plan.settings.places.filter((p) => p.code % 10_000 !== 0 && p.statisticsOnly !== true);
    for (const [i, at] of instants.entries()) {
      if (i % 4 !== 0) continue;
      for (const d of figures) {
        if (!d.filters.includes('city')) continue;
        const place = pick(r, places);
        const level = place.code % 100 === 0 ? 'city' : 'county';
        if (!d.filters.includes(level)) continue;
        const { city: _city, county: _county, ...f } = fc.sample(filterFor(d, c.plan.settings), { numRuns: 1, seed: i })[0] as FigureFilter;
        await expectSame(d, f, [rangeOf(place.code)], { [level]: String(place.code) }, at);
      }
    }
  });

  test('of a county outside the city that is asked for is nothing', async () => {
    const supervised = figures.find((d) => d.id === 'problems.supervised') as FigureDefinition;
    await expectSame(supervised, { city: '140100', county: '140212' }, whole, {}, c.plan.endsAt);
    await expectSame(supervised, { city: '140200', county: '140212' }, whole, {}, c.plan.endsAt);
  });

  test('has the same history point by point as instant by instant', async () => {
    const points = [...new Set(instants)].sort((a, b) => a - b).filter((_, i) => i % 3 === 0);
    for (const id of ['problems.open', 'clearance.net', 'fines.total', 'problems.overdue']) {
      const d = figures.find((x) => x.id === id) as FigureDefinition;
      const f: FigureFilter = { city: '140100' };
      const series = await figureHistory(c.services.database.db, {
        campaignId: c.row.id,
        names: c.services.names,
        terms: termsOf(d, f),
        by: d.count?.sum ?? 'n',
        conditions: conditionsOf(f, whole, c.plan.settings),
        at: points,
      });
      for (const point of series) {
        const reference = referenceFigure(acts, c.plan.settings, id, f, point.at);
        expect([id, point.at, point.numerator, point.denominator]).toEqual([id, point.at, reference?.numerator, reference?.denominator]);
      }
    }
  });

  test('stands for as many acts as were recorded by then', async () => {
    for (const at of instants) {
      expect(await logSizeAt(c.services.database.db, c.row, at)).toBe(acts.filter((a) => a.recordedAt <= at).length);
    }
  });
});

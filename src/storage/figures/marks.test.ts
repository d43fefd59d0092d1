import { afterAll, beforeAll, expect, test } from 'vitest';
import { smallCampaign, type SmallCampaign } from '../../../test/support/campaign.ts';
import { pick, seeded } from '../../demo/random.ts';
import type { Act } from '../../domain/acts/act.ts';
import { dictionary } from '../../domain/clearance/dictionary.ts';
import { referenceFigure } from '../../domain/clearance/reference.ts';
import { instant, type Instant } from '../../domain/kernel/instant.ts';
import { rangeOf } from '../../domain/kernel/place.ts';
import { cubes } from './cubes.ts';
import { conditionsOf, termsOf } from './definition.ts';
import { figureHistory } from './history.ts';
import { dropMarks, remakeMarks } from './marks.ts';
import { figureValues } from './values.ts';

const figures = dictionary.filter((d) => d.estimate === undefined);
const scope = [rangeOf(140_000)];

let c: SmallCampaign;
let acts: Act[];
/** Marks stand exactly where something begins or ends to count. */
let marks: Instant[];

beforeAll(async () => {
  c = await smallCampaign(60, 13);
  acts = await c.acts();
  const { db } = c.services.database;
  const edges = await c.services.database.pool.query<{ at: number }>(
    "select distinct to_at as at from fact_spans where campaign_id = $1 and to_at < 'infinity' union select from_at from fact_spans where campaign_id = $1 order by 1",
    [c.row.id],
  );
  const r = seeded(3, 3);
  marks = [...new Set(Array.from({ length: 14 }, () => pick(r, edges.rows).at))].sort((a, b) => a - b).map((at) => instant(at));
  await db.transaction().execute(async (tx) => {
    await dropMarks(tx, c.row.id);
    await remakeMarks(
      tx,
      c.row,
      cubes.flatMap((cube) => marks.map((at) => ({ cube: cube.no, at }))),
    );
  });
}, 60_000);
afterAll(() => c?.close());

test('what begins or ends to count exactly at a mark counts once: at it, and a millisecond before and after', async () => {
  const { db } = c.services.database;
  const { settings } = c.plan;
  for (const mark of marks) {
    for (const asOf of [mark - 1, mark, mark + 1].map((ms) => instant(ms))) {
      for (const filter of [{}, { city: '140100' }]) {
        const asked = figures.filter((d) => Object.keys(filter).every((key) => d.filters.includes(key)));
        const ctx = { campaignId: c.row.id, settings, scope, asOf, names: c.services.names };
        const values = await figureValues(
          db,
          asked.map((definition) => ({ definition, filter })),
          ctx,
        );
        for (const [i, d] of asked.entries()) {
          const reference = referenceFigure(acts, settings, d.id, filter, asOf);
          const name = `${d.id} ${JSON.stringify(filter)} ${asOf - mark} ms from a mark`;
          expect([name, values[i]?.numerator, values[i]?.denominator]).toEqual([name, reference?.numerator, reference?.denominator]);
        }
      }
    }
  }
}, 60_000);

test('a curve through marks is the same point by point', async () => {
  const points = marks.flatMap((at) => [instant(at - 1), at, instant(at + 1)]);
  for (const id of ['problems.supervised', 'problems.open', 'clearance.ontime', 'fines.total']) {
    const d = figures.find((x) => x.id === id);
    if (d === undefined) throw new Error(id);
    const { db } = c.services.database;
    const conditions = conditionsOf({}, scope, c.plan.settings);
    const ask = {
      campaignId: c.row.id,
      names: c.services.names,
      terms: termsOf(d, {}),
      by: d.count?.sum ?? ('n' as const),
      conditions,
      at: points,
    };
    for (const point of await figureHistory(db, ask)) {
      const reference = referenceFigure(acts, c.plan.settings, id, {}, point.at);
      expect([id, point.at, point.numerator, point.denominator]).toEqual([id, point.at, reference?.numerator, reference?.denominator]);
    }
  }
});

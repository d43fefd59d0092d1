import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { randomCommands } from '../../../test/generators/live-commands.ts';
import { smallCampaign, type SmallCampaign } from '../../../test/support/campaign.ts';
import type { Act } from '../../domain/acts/act.ts';
import { dictionary } from '../../domain/clearance/dictionary.ts';
import { instant, type Instant } from '../../domain/kernel/instant.ts';
import { pick, seeded } from '../../demo/random.ts';
import { partTerms } from '../../usecases/figures/records.ts';
import { countedSubjects } from './membership.ts';
import { listFigureRecords, type RecordsRequest } from './records.ts';
import { termsOf, type Conditions, type PageKey } from './definition.ts';

let c: SmallCampaign;
let acts: Act[];
beforeAll(async () => {
  c = await smallCampaign(150, 3);
  await randomCommands(c, 300, 4);
  acts = await c.acts();
});
afterAll(() => c.close());

async function all(q: Omit<RecordsRequest, 'after' | 'limit'>, limit: number): Promise<{ id: string; place: number }[]> {
  const out: { id: string; place: number }[] = [];
  let after: PageKey | undefined;
  for (;;) {
    const page = await listFigureRecords(c.services.database.db, { ...q, after, limit });
    out.push(...page.map((r) => ({ id: r.id, place: r.place })));
    const last = page.at(-1);
    if (page.length < limit || last === undefined) return out;
    after = { place: last.place, from: last.fromAt, id: last.id };
  }
}

/** Ids of the problems that hold a condition on the facts they count under. */
async function holding(at: Instant, holds: (facts: ReadonlySet<string>) => boolean): Promise<string[]> {
  const problems = [...new Set(acts.filter((a) => a.stream === 'problem' && a.recordedAt <= at).map((a) => a.streamId))];
  const names = ['problem.supervised', 'problem.rectified', 'problem.rebounded', 'problem.claimed'];
  const numbers = new Map<number | undefined, string>();
  for (const name of names) numbers.set(await c.services.names.find(c.services.database.db, name), name);
  const out: string[] = [];
  for (const id of problems) {
    const facts = await countedSubjects(c.services.database.db, c.row.id, id, at);
    if (holds(new Set(facts.map((f) => numbers.get(f.fact) ?? '')))) out.push(id);
  }
  return out.sort();
}

describe('the records of a difference', () => {
  const cases = [
    ['clearance.rate', (f) => f.has('problem.supervised') && !f.has('problem.rectified')],
    ['clearance.net', (f) => f.has('problem.supervised') && (!f.has('problem.rectified') || f.has('problem.rebounded'))],
    ['clearance.claimed', (f) => f.has('problem.supervised') && !f.has('problem.claimed')],
  ] as const satisfies readonly (readonly [string, (facts: ReadonlySet<string>) => boolean])[];
  test.each(cases)('of %s are what its denominator counts and its numerator does not, each once', async (figure, holds) => {
    const definition = dictionary.find((f) => f.id === figure);
    if (definition === undefined) throw new Error(figure);
    const terms = partTerms('difference', termsOf(definition, {}));
    const r = seeded(9, 9);
    for (let i = 0; i < 6; i++) {
      const asOf = instant(i === 0 ? Math.max(...acts.map((a) => a.recordedAt)) : pick(r, acts).recordedAt);
      // A scope may hold a county and its city: nothing is listed twice.
      const ranges = [
        { from: 140_105, to: 140_106 },
        { from: 140_000, to: 150_000 },
      ];
      const conditions: Conditions = { ranges, batches: null, aspect: null, type: null, measure: null };
      const rows = await all({ campaignId: c.row.id, names: c.services.names, terms, conditions, asOf }, 7);
      expect(rows.map((x) => x.id).sort()).toEqual(await holding(asOf, holds));
      expect(rows.map((x) => x.place)).toEqual(rows.map((x) => x.place).sort((a, b) => a - b));
      const city = { ...conditions, ranges: [{ from: 140_100, to: 140_200 }] };
      const inCity = await all({ campaignId: c.row.id, names: c.services.names, terms, conditions: city, asOf }, 7);
      expect(inCity).toEqual(rows.filter((x) => x.place >= 140_100 && x.place < 140_200));
    }
  });
});

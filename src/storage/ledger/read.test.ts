import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { live, randomCommands } from '../../../test/generators/live-commands.ts';
import { smallCampaign, type SmallCampaign } from '../../../test/support/campaign.ts';
import type { Act } from '../../domain/acts/act.ts';
import { instant, type Instant } from '../../domain/kernel/instant.ts';
import { factContext } from '../../domain/projections/context.ts';
import { projectStream } from '../../domain/projections/project.ts';
import { seeded, pick } from '../../demo/random.ts';
import { commandProblem } from '../../usecases/problems/command.ts';
import { lastRecordedAt } from '../acts/latest.ts';
import type { LedgerFilter, LedgerSort } from './query.ts';
import { countLines, groupLines, listLines, pageKeyOf, type LedgerLine, type PageKey } from './read.ts';

let c: SmallCampaign;
let acts: Act[];
beforeAll(async () => {
  c = await smallCampaign(150, 31);
  await randomCommands(c, 80, 8);
  acts = await c.acts();
});
afterAll(() => c.close());

const asked = (asOf: Instant, current: boolean, more: Partial<LedgerFilter> = {}): LedgerFilter => ({
  campaignId: c.row.id,
  kind: 'problem',
  ranges: [{ from: 140_000, to: 150_000 }],
  batches: null,
  states: null,
  aspects: null,
  types: null,
  clues: null,
  owner: null,
  deadline: null,
  supervised: false,
  text: null,
  asOf,
  current,
  ...more,
});

async function all(f: LedgerFilter, sort: LedgerSort, descending: boolean, limit: number): Promise<LedgerLine[]> {
  const out: LedgerLine[] = [];
  let after: PageKey | undefined;
  for (;;) {
    const page = await listLines(c.services.database.db, f, { sort, descending, after, limit });
    out.push(...page);
    const last = page.at(-1);
    if (page.length < limit || last === undefined) return out;
    after = pageKeyOf(last);
  }
}

describe('the ledger as of an instant', () => {
  test('lists page by page, in any order, just the lines that the acts recorded by then make', async () => {
    const r = seeded(3, 3);
    const streams = [...Map.groupBy(acts, (a) => a.streamId).values()].filter((s) => s[0]?.stream === 'problem');
    for (let i = 0; i < 25; i++) {
      const at = instant(pick(r, acts).recordedAt - (i % 2));
      const states = i % 3 === 0 ? [1 + (i % 11), 11] : null;
      const expected = streams.flatMap((s) => {
        const seen = s.filter((a) => a.recordedAt <= at);
        const item = projectStream(seen, factContext(c.plan.settings)).items.at(-1)?.item;
        return item === undefined || (states !== null && !states.includes(item.state))
          ? []
          : [[item.id, item.state, item.version] as const];
      });
      const f = asked(at, false, { states });
      const sort = pick(r, ['no', 'deadline', 'found', 'place', 'state', 'updated'] as const);
      const lines = await all(f, sort, i % 2 === 0, 7 + i);
      expect(lines.map((l) => [l.id, l.state, l.version]).sort()).toEqual([...expected].sort());
      const keys = lines.map((l) => l.sort_keys[0] as number);
      expect(keys).toEqual([...keys].sort((a, b) => (i % 2 === 0 ? b - a : a - b)));
      expect(await countLines(c.services.database.db, f)).toBe(expected.length);
      const groups = await groupLines(c.services.database.db, f, 'city');
      expect(groups.reduce((n, g) => n + g.count, 0)).toBe(expected.length);
    }
  });

  test('is the same from the current lines as from the intervals', async () => {
    const { db } = c.services.database;
    const now = await lastRecordedAt(db, c.row.id);
    for (const sort of ['no', 'deadline', 'found', 'place', 'state'] as const) {
      const current = await all(asked(now, true), sort, false, 50);
      const past = await all(asked(now, false), sort, false, 50);
      expect(current).toEqual(past);
    }
  });

  test('does not show what is recorded between looking and listing', async () => {
    const { db } = c.services.database;
    const asOf = await lastRecordedAt(db, c.row.id);
    // Nothing newer: the current lines were chosen. Then somebody is quicker.
    const f = asked(asOf, true, { states: [11] });
    const before = {
      lines: await all(asked(asOf, false, { states: [11] }), 'no', false, 100),
      count: await countLines(db, f),
      groups: await groupLines(db, f, 'state'),
    };
    expect(before.count).toBeGreaterThan(10);
    const cleared = before.lines[0] as LedgerLine;
    const done = await commandProblem(c.services, live.clerk, {
      campaign: c.slug,
      problem: cleared.id,
      command: { do: 'watch', until: '2027-01-01' },
    });
    expect(done).not.toHaveProperty('refused');
    expect({ lines: await all(f, 'no', false, 100), count: await countLines(db, f), groups: await groupLines(db, f, 'state') }).toEqual(
      before,
    );
  });
});

import { sql, type RawBuilder } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../test/support/database.ts';
import { instant } from '../domain/kernel/instant.ts';
import { openDatabase, type Database } from './database.ts';
import { cubeOf } from './figures/cubes.ts';
import { countSql } from './figures/definition.ts';
import { edgesSql } from './figures/edges.ts';
import { recordIdsSql } from './figures/records.ts';
import { listLines } from './ledger/read.ts';
import { planSql } from './ledger/pick.ts';
import type { LedgerFilter } from './ledger/query.ts';
import { fromWhere } from './ledger/query.ts';
import { FactNames } from './projections/fact-names.ts';

let test_: TestDatabase;
let database: Database;
beforeAll(async () => {
  test_ = await freshDatabase();
  database = openDatabase({ connectionString: test_.url, max: 1 });
});
afterAll(async () => {
  await database.close();
  await test_.drop();
});

const at = instant(Date.parse('2019-08-05T10:00:00Z'));
const conditions = { ranges: [{ from: 140_100, to: 140_200 }], batches: [1, 2, 3], aspect: 6, type: null, measure: null };
const filter: LedgerFilter = {
  campaignId: 1,
  kind: 'problem',
  ranges: [{ from: 140_000, to: 150_000 }],
  batches: [4],
  states: [5, 6, 7],
  aspects: null,
  types: null,
  clues: null,
  owner: null,
  deadline: null,
  supervised: false,
  text: '污水 直排',
  asOf: at,
  current: true,
};

/** SQL as it is sent, with the lines of its source taken out. */
const text = (query: RawBuilder<unknown>) => `${query.compile(database.db).sql.replace(/\s+/g, ' ').trim()}\n`;

/** What a storage function sends, caught on its way. */
async function sent(work: () => Promise<unknown>): Promise<string> {
  const client = await database.pool.connect();
  const own = client.query.bind(client);
  const seen: string[] = [];
  client.query = ((q: string, ...rest: unknown[]) => {
    seen.push(typeof q === 'string' ? q : (q as { text: string }).text);
    return (own as (...args: unknown[]) => unknown)(q, ...rest);
  }) as never;
  client.release();
  await work();
  client.query = own as never;
  return `${seen.map((s) => s.replace(/\s+/g, ' ').trim()).join(';\n')}\n`;
}

/** A change of these texts is a change of what is asked of the database: it should be seen in a review. */
describe('the statement', () => {
  test('that counts a figure', async () => {
    await expect(text(countSql(1, 2, conditions, at))).toMatchFileSnapshot('./statements/figure-count.sql');
  });

  test('that lists what a figure counts', async () => {
    const names = FactNames.of(database);
    await names.ensure(database.db, ['problem.supervised', 'problem.rectified', 'problem.rebounded']);
    const terms = { fact: 'problem.supervised', without: [{ fact: 'problem.rectified', unless: 'problem.rebounded' }] };
    const query = await recordIdsSql(database.db, {
      campaignId: 1,
      names,
      terms,
      conditions,
      asOf: at,
      after: { place: 140_105, from: at, id: '01900000-0000-7000-8000-000000000000' },
      limit: 100,
    });
    await expect(query === undefined ? '' : text(query)).toMatchFileSnapshot('./statements/figure-ids.sql');
  });

  test('that adds up the edges since a mark', async () => {
    await expect(text(sql`${edgesSql(1, cubeOf(1), at, at, [2, 8])}`)).toMatchFileSnapshot('./statements/figure-edges.sql');
  });

  const after = { keys: [at], id: '01900000-0000-7000-8000-000000000000' };
  const page = { sort: 'deadline', descending: false, after, limit: 100 } as const;

  test('that reads a page of the ledger as it stands', async () => {
    await expect(await sent(() => listLines(database.db, filter, page))).toMatchFileSnapshot('./statements/ledger-page-now.sql');
  });

  const past = { ...filter, text: null, current: false };
  const batches = { by: 'batches', sparse: [3, 4], inTurn: false, waiting: 'few' } as const;
  test.each([
    ['batches-now', filter, page, batches],
    ['batches-past', past, { ...page, sort: 'no', after: undefined }, batches],
    ['gather-place', past, page, { by: 'gather', through: 'place' }],
    ['gather-state', past, page, { by: 'gather', through: 'state' }],
    ['gather-text', { ...filter, current: false }, page, { by: 'gather', through: 'text' }],
    ['line-past', past, { ...page, sort: 'updated' }, { by: 'line' }],
    ['tree-past', past, { ...page, sort: 'updated' }, { by: 'tree' }],
  ] as const)('that picks a page by the plan %s', async (name, f, ask, plan) => {
    const query = planSql(f, ask, plan, [0, 1, 3, 4]);
    await expect(query === undefined ? '' : text(query)).toMatchFileSnapshot(`./statements/ledger-pick-${name}.sql`);
  });

  test('that finds what the ledger counts', async () => {
    await expect(text(sql`select count(*) as n from ${fromWhere(filter)}`)).toMatchFileSnapshot('./statements/ledger-count.sql');
  });
});

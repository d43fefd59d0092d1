import { expect, test } from 'vitest';
import { freshDatabase } from '../support/database.ts';

test('each caller gets a migrated database of its own', async () => {
  const [one, two] = await Promise.all([freshDatabase(), freshDatabase()]);
  await one.pool.query('create table mine as select 1 as a');
  const inTwo = await two.pool.query("select to_regclass('mine') as found");
  expect(inTwo.rows[0].found).toBeNull();
  const tables = await two.pool.query(
    "select count(*)::int as n from pg_tables where schemaname not in ('pg_catalog', 'information_schema')",
  );
  expect(tables.rows[0].n).toBeGreaterThan(0);
  await one.drop();
  await two.drop();
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { foldVersion } from '../../src/domain/projections/search.ts';
import { migrate } from '../../src/storage/migrate.ts';
import { smallCampaign, type SmallCampaign } from '../support/campaign.ts';

let c: SmallCampaign;
beforeAll(async () => {
  c = await smallCampaign(120, 5);
});
afterAll(() => c.close());

test('texts that an earlier version folded are folded as they are today when the database is migrated', async () => {
  const { pool } = c.services.database;
  const texts = async () =>
    (await pool.query('select item_id, folded, search from item_texts order by campaign_id, item_id')).rows as unknown[];
  const today = await texts();
  expect(today.length).toBeGreaterThan(100);
  await pool.query("update item_texts set folded = 'as it was', search = '{}'");
  await pool.query('delete from search_folds');
  await pool.query('insert into search_folds (version) values (1)');
  await migrate(pool);
  expect(await texts()).toEqual(today);
  // Once is enough.
  await pool.query("update item_texts set folded = 'as it was' where ctid = (select min(ctid) from item_texts)");
  await migrate(pool);
  expect(await texts()).not.toEqual(today);
  expect((await pool.query('select max(version) as v from search_folds')).rows).toEqual([{ v: foldVersion }]);
});

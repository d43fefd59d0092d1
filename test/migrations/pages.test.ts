import { readdir, readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { smallCampaign, type SmallCampaign } from '../support/campaign.ts';

const folder = new URL('../../src/storage/migrations/', import.meta.url);

let c: SmallCampaign;
beforeAll(async () => {
  c = await smallCampaign(120, 5);
});
afterAll(() => c.close());

test('0008-pages moves lines, intervals and texts to what is written today', async () => {
  const client = await c.services.database.pool.connect();
  try {
    await client.query('create schema was; set search_path to was');
    const names = (await readdir(folder)).filter((f) => f.endsWith('.sql')).sort();
    const run = async (name: string) => client.query(await readFile(new URL(name, folder), 'utf8'));
    for (const name of names.filter((n) => n < '0008')) await run(name);
    // The rows as they were before: texts beside the line, intervals without number, finding and place in the tree.
    const line =
      'campaign_id, id, kind, no, no_seq, source_id, unit, place, aspect, type, text, clue, lon, lat, batch, state, deadline_at, found_at, first_recorded_at, updated_at, version, owner_org, amounts';
    await client.query(`insert into items (${line}, search, folded) select ${line.replace(/(^|, )(\w+)/g, '$1i.$2')}, t.search, t.folded
      from public.items i join public.item_texts t on t.campaign_id = i.campaign_id and t.item_id = i.id`);
    const span = 'campaign_id, item_id, from_at, to_at, kind, state, batch, place, aspect, type, deadline_at';
    await client.query(`insert into item_spans (${span}) select ${span} from public.item_spans`);
    await run('0008-pages.sql');
    for (const [table, columns] of [
      ['items', line],
      ['item_texts', 'campaign_id, item_id, folded, search'],
      ['item_spans', `${span}, found_at, no_seq, node`],
    ]) {
      const differing = await client.query(`(select ${columns} from ${table} except all select ${columns} from public.${table})
        union all (select ${columns} from public.${table} except all select ${columns} from ${table})`);
      expect(differing.rows).toEqual([]);
      expect((await client.query(`select 1 from ${table} limit 1`)).rowCount).toBe(1);
    }
  } finally {
    await client.query('drop schema was cascade; reset search_path');
    client.release();
  }
});

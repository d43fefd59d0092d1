import { readdir, readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../test/support/database.ts';
import { migrate } from './migrate.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

const rows = async <T>(text: string): Promise<T[]> => (await database.pool.query(text)).rows as T[];
const own = "n.nspname = current_schema() and c.relname <> 'migrations'";

describe('migrations', () => {
  test('applied again do nothing, also by several at once', async () => {
    expect(await migrate(database.pool)).toEqual([]);
    expect(await Promise.all([migrate(database.pool), migrate(database.pool), migrate(database.pool)])).toEqual([[], [], []]);
  });

  test('refuse a file that was changed after it had been applied', async () => {
    await database.pool.query("update migrations set checksum = 'other' where name = '0001-core.sql'");
    await expect(migrate(database.pool)).rejects.toThrow('0001-core.sql was changed');
    const text = await readFile(new URL('./migrations/0001-core.sql', import.meta.url), 'utf8');
    await database.pool.query(
      "update migrations set checksum = encode(sha256(convert_to($1, 'utf8')), 'hex') where name = '0001-core.sql'",
      [text],
    );
    expect(await migrate(database.pool)).toEqual([]);
  });

  test('begin with why', async () => {
    const folder = new URL('./migrations/', import.meta.url);
    for (const name of await readdir(folder)) expect(await readFile(new URL(name, folder), 'utf8')).toMatch(/^-- Why: /);
  });
});

describe('the schema can be spread over a cluster by tenant', () => {
  test('it has no triggers', async () => {
    expect(await rows('select tgname from pg_trigger where not tgisinternal')).toEqual([]);
  });

  test('it has no keys into another schema', async () => {
    expect(
      await rows(
        "select conname from pg_constraint f join pg_class a on a.oid = f.conrelid join pg_class b on b.oid = f.confrelid where f.contype = 'f' and a.relnamespace <> b.relnamespace",
      ),
    ).toEqual([]);
  });

  test('it draws no numbers from sequences', async () => {
    expect(
      await rows(`select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'S' and ${own}`),
    ).toEqual([]);
  });

  test('identifiers are uuid or bigint', async () => {
    const found = await rows<{ table: string; column: string; type: string }>(
      `select c.relname as table, a.attname as column, format_type(a.atttypid, null) as type from pg_attribute a
       join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
       where c.relkind = 'r' and ${own} and a.attnum > 0 and (a.attname = 'id' or a.attname = 'campaign_id' or a.attname ~ '^(stream|subject|item|user|source)_id$')`,
    );
    expect(found.length).toBeGreaterThan(10);
    expect(found.filter((f) => !['uuid', 'bigint'].includes(f.type))).toEqual([]);
  });

  test('every key of a table of campaigns has the campaign in it', async () => {
    const keys = await rows<{ table: string; name: string; columns: string[]; all: string[] }>(
      `select c.relname as table, x.conname as name,
         (select array_agg(a.attname::text) from pg_attribute a where a.attrelid = c.oid and a.attnum = any(x.conkey)) as columns,
         (select array_agg(a.attname::text) from pg_attribute a where a.attrelid = c.oid and a.attnum > 0) as all
       from pg_constraint x join pg_class c on c.oid = x.conrelid join pg_namespace n on n.oid = c.relnamespace
       where x.contype in ('p', 'u') and ${own}`,
    );
    const without = keys.filter((k) => k.all.includes('campaign_id') && !k.columns.includes('campaign_id'));
    expect(keys.filter((k) => k.all.includes('campaign_id')).length).toBeGreaterThan(5);
    expect(without).toEqual([]);
  });

  test('no statement of the product names a schema', async () => {
    const folder = new URL('./', import.meta.url);
    const files = (await readdir(folder, { recursive: true })).filter(
      (f) => /\.(ts|sql)$/.test(f) && !f.endsWith('.test.ts') && !f.startsWith('engine'),
    );
    const found: string[] = [];
    for (const file of files) {
      const text = (await readFile(new URL(file, folder), 'utf8')).replace(/^\s*(--|\/\/|\*|\/\*).*$/gm, '');
      if (/\bpublic\.|\bsearch_path\b|create schema/i.test(text)) found.push(file);
    }
    expect(files.length).toBeGreaterThan(20);
    expect(found).toEqual([]);
  });
});

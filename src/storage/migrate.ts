import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import type pg from 'pg';
import { locks } from './locks.ts';
import { refoldTexts } from './projections/refold.ts';

const folder = new URL('./migrations/', import.meta.url);

/**
 * Brings a database to the newest schema: numbered `.sql` files, each once, in one transaction each.
 * Then texts that the search box looks into are folded again if they were folded in an earlier way.
 * @returns the names of the migrations applied now
 * @throws  when an applied file has changed since: migrations only go forward
 */
export async function migrate(pool: pg.Pool): Promise<string[]> {
  const client = await pool.connect();
  const applied: string[] = [];
  try {
    await client.query('select pg_advisory_lock($1)', [locks.migration]);
    await client.query(
      'create table if not exists migrations (name text primary key, checksum text not null, applied_at timestamptz not null default now())',
    );
    const done = new Map<string, string>(
      (await client.query<{ name: string; checksum: string }>('select name, checksum from migrations')).rows.map((r) => [
        r.name,
        r.checksum,
      ]),
    );
    for (const name of (await readdir(folder)).filter((f) => f.endsWith('.sql')).sort()) {
      const text = await readFile(new URL(name, folder), 'utf8');
      const checksum = createHash('sha256').update(text).digest('hex');
      const before = done.get(name);
      if (before === checksum) continue;
      if (before !== undefined) throw new Error(`migration ${name} was changed after it had been applied`);
      await client.query('begin');
      await client.query(text);
      await client.query('insert into migrations (name, checksum) values ($1, $2)', [name, checksum]);
      await client.query('commit');
      applied.push(name);
    }
    await refoldTexts(client);
    return applied;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    await client.query('select pg_advisory_unlock($1)', [locks.migration]).catch(() => undefined);
    client.release();
  }
}

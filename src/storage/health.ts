import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import type { Tx } from './database.ts';

export interface ServerHealth {
  readonly version: string;
  readonly versionNumber: number;
  readonly settings: Readonly<Record<string, string>>;
  readonly encoding: string;
  readonly connections: number;
  readonly longestWriteSeconds: number;
}

const asked = ['fsync', 'full_page_writes', 'data_checksums', 'synchronous_commit', 'max_connections'] as const;

/** What the server says about itself, as far as durability and answers depend on it. */
export async function serverHealth(tx: Tx): Promise<ServerHealth> {
  const settings = await sql<{ name: string; setting: string }>`select name, setting from pg_settings
    where name = any(${[...asked] as string[]}::text[])`.execute(tx);
  const r = await sql<{ version: string; number: number; encoding: string; connections: number; longest: number }>`select
      current_setting('server_version') as version, current_setting('server_version_num')::integer as number,
      pg_encoding_to_char(encoding) as encoding,
      (select count(*) from pg_stat_activity where backend_type = 'client backend') as connections,
      coalesce((select extract(epoch from max(now() - xact_start)) from pg_stat_activity where backend_xid is not null), 0)::float8 as longest
    from pg_database where datname = current_database()`.execute(tx);
  const row = r.rows[0];
  if (row === undefined) throw new Error('the server did not answer');
  return {
    version: row.version,
    versionNumber: row.number,
    settings: Object.fromEntries(settings.rows.map((s) => [s.name, s.setting])),
    encoding: row.encoding,
    connections: row.connections,
    longestWriteSeconds: row.longest,
  };
}

/** Whether the server answers and would take a write: a standby takes none. */
export async function takesWrites(tx: Tx): Promise<boolean> {
  const r = await sql<{ standby: boolean }>`select pg_is_in_recovery() as standby`.execute(tx);
  return r.rows[0]?.standby === false;
}

/** The version of the server, as it names it. */
export async function serverVersion(tx: Tx): Promise<string> {
  const r = await sql<{ version: string }>`select current_setting('server_version') as version`.execute(tx);
  return r.rows[0]?.version ?? '';
}

export interface MigrationState {
  readonly applied: number;
  readonly pending: readonly string[];
  /** Applied with another content than the file has now. */
  readonly changed: readonly string[];
  /** Applied by a newer release: no file of that name is known here. */
  readonly unknown: readonly string[];
}

/** Migrations of the database compared with the files of this release. */
export async function migrationState(tx: Tx): Promise<MigrationState> {
  const folder = new URL('./migrations/', import.meta.url);
  const done = new Map(
    (await sql<{ name: string; checksum: string }>`select name, checksum from migrations`.execute(tx)).rows.map((r) => [
      r.name,
      r.checksum,
    ]),
  );
  const files = (await readdir(folder)).filter((f) => f.endsWith('.sql')).sort();
  const changed: string[] = [];
  for (const name of files) {
    const before = done.get(name);
    if (before === undefined) continue;
    const now = createHash('sha256')
      .update(await readFile(new URL(name, folder), 'utf8'))
      .digest('hex');
    if (now !== before) changed.push(name);
  }
  return {
    applied: done.size,
    pending: files.filter((f) => !done.has(f)),
    changed,
    unknown: [...done.keys()].filter((n) => !files.includes(n)),
  };
}

/** Campaigns with how much is recorded in each. */
export async function campaignSizes(tx: Tx): Promise<{ slug: string; mode: string; acts: number; last: number | null }[]> {
  const r = await sql<{
    slug: string;
    mode: string;
    acts: number;
    last: number | null;
  }>`select c.slug, c.mode, a.acts, a.last from campaigns c
    cross join lateral (select count(*) as acts, max(recorded_at) as last from acts where campaign_id = c.id) a order by c.id`.execute(tx);
  return r.rows;
}

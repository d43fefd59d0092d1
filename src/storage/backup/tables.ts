import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { dropStreamReference } from '../acts/streams.ts';

/** A table of the installation with its columns, in their order. */
export interface TableShape {
  readonly name: string;
  readonly columns: readonly string[];
}

/** Not carried over: what only this moment needs. */
const passing = new Set(['migrations', 'sessions', 'sign_in_counts', 'known_devices', 'search_folds', 'uploads', 'jobs']);

/** Every table that a backup holds. */
export async function listTables(client: pg.ClientBase): Promise<TableShape[]> {
  const r = await client.query<{ name: string; columns: string[] }>(
    `select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns from pg_class c
     join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition group by c.relname order by c.relname`,
  );
  return r.rows.filter((t) => !passing.has(t.name));
}

/** Names of the migrations that the database has. */
export async function listMigrations(client: pg.ClientBase): Promise<string[]> {
  return (await client.query<{ name: string }>('select name from migrations order by name')).rows.map((r) => r.name);
}

/** Whether an installation holds a campaign or an account. */
export async function holdsAnything(client: pg.ClientBase): Promise<boolean> {
  const r = await client.query<{ n: number }>('select (select count(*) from campaigns) + (select count(*) from users) as n');
  return Number(r.rows[0]?.n ?? 0) > 0;
}

/** Makes an empty installation ready for the rows of a backup, in the transaction that brings them. */
export async function openForRows(client: pg.ClientBase): Promise<void> {
  // Tables come in the order of their names; what refers to another one is checked at the end.
  await dropStreamReference(client);
  // Texts come as they were folded then: whoever migrates next folds them again.
  await client.query('delete from search_folds');
}

const partBytes = 4 * 1024 * 1024;

/** The rows of a table as COPY writes them, in parts of whole lines. */
export async function* dumpTable(client: pg.ClientBase, t: TableShape): AsyncGenerator<Buffer> {
  const stream = client.query(copyTo(`copy ${quoted(t.name)} (${t.columns.map(quoted).join(', ')}) to stdout`));
  let held: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    held.push(chunk);
    bytes += chunk.length;
    if (bytes < partBytes) continue;
    // pg-copy-streams hands out whole rows.
    yield Buffer.concat(held);
    held = [];
    bytes = 0;
  }
  if (bytes > 0) yield Buffer.concat(held);
}

/** Writes parts of a table back. */
export class TableLoader {
  private readonly client: pg.ClientBase;
  private open: { table: string; stream: NodeJS.WritableStream; finished: Promise<unknown> } | undefined;

  constructor(client: pg.ClientBase) {
    this.client = client;
  }

  async write(t: TableShape, part: Uint8Array): Promise<void> {
    if (this.open?.table !== t.name) {
      await this.end();
      const stream = this.client.query(copyFrom(`copy ${quoted(t.name)} (${t.columns.map(quoted).join(', ')}) from stdin`));
      const finished = once(stream, 'finish');
      finished.catch(() => undefined);
      this.open = { table: t.name, stream, finished };
    }
    const { stream, finished } = this.open;
    if (!stream.write(part)) await Promise.race([once(stream, 'drain'), finished]);
  }

  async end(): Promise<void> {
    const open = this.open;
    this.open = undefined;
    if (open === undefined) return;
    open.stream.end();
    await open.finished;
  }
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

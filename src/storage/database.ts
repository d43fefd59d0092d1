import pg from 'pg';
import { Kysely, PostgresDialect, type Transaction } from 'kysely';
import type { Instant } from '../domain/kernel/instant.ts';

/** Tables are read with plain SQL; kysely binds parameters and composes fragments. */
export type Tables = Record<string, never>;
export type Db = Kysely<Tables>;
export type Tx = Transaction<Tables> | Db;

/** Stands for "no end" and "no deadline" in columns, so that ranges compare without null. */
export const never = 'infinity';

const parsers: Record<number, (text: string) => unknown> = {
  20: Number,
  1700: Number,
  1184: parseTimestamp,
};

/** timestamptz in UTC as an instant; infinity as Infinity. */
function parseTimestamp(text: string): number {
  if (text === 'infinity') return Infinity;
  if (text === '-infinity') return -Infinity;
  return Date.parse(`${text.replace(' ', 'T')}${/[+-]\d\d$/.test(text) ? ':00' : ''}`);
}

export interface Database {
  readonly db: Db;
  readonly pool: pg.Pool;
  close(): Promise<void>;
}

/** Opens a pool. Sessions speak UTC; bigint and numeric come as numbers, timestamptz as instants. */
export function openDatabase(config: pg.PoolConfig): Database {
  const pool = new pg.Pool({
    max: 20,
    ...config,
    application_name: 'clearzero',
    options: `${config.options ?? ''} -c timezone=UTC -c jit=off -c plan_cache_mode=force_custom_plan`.trim(),
    types: { getTypeParser: (oid: number, format?: string) => (parsers[oid] as never) ?? pg.types.getTypeParser(oid, format as 'text') },
  });
  pool.on('error', () => {
    // An idle connection lost its server; the next query reports it to whoever asks.
  });
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return { db, pool, close: () => db.destroy() };
}

/** Statements over a connection whose transaction someone else holds, so that COPY and plain statements are one. */
export function overClient(client: pg.PoolClient): Tx {
  const borrowed = { query: client.query.bind(client), release: () => undefined };
  const pool = { connect: () => Promise.resolve(borrowed), end: () => Promise.resolve() };
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool: pool as never }) });
}

/** An instant as a parameter for timestamptz. */
export function ts(at: Instant | number): string {
  if (at === Infinity) return 'infinity';
  return new Date(at).toISOString();
}

/** The same for rows in bulk, where one instant stands in many cells: remembers the last ones it wrote. */
export function bulkTs(): (at: Instant | number) => string {
  let known = new Map<number, string>();
  return (at) => {
    let text = known.get(at);
    if (text === undefined) {
      if (known.size > 5000) known = new Map();
      text = ts(at);
      known.set(at, text);
    }
    return text;
  };
}

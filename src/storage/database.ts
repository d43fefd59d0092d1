import pg from 'pg';
import { Kysely, PostgresDialect, type Transaction } from 'kysely';
import type { Instant } from '../domain/kernel/instant.ts';
import { type Connection, reach } from './reach.ts';

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

/** A server that can move to another port, or be away for a while and say why. */
export interface Moving {
  connection(): Connection;
  /** Why nobody can connect at the moment; undefined when it should be possible. */
  problem(): Error | undefined;
}

export interface PoolOptions {
  /** The server's address; or the embedded server. */
  readonly connectionString?: string | undefined;
  readonly server?: Moving | undefined;
  /** Connections at most; 20. */
  readonly max?: number;
  /** How long anybody waits for a connection, in milliseconds; 5000. Whoever waits longer is told that the database is busy. */
  readonly waitMs?: number;
  /**
   * How long the process may say nothing within a transaction, in milliseconds; 60 000. A process that is frozen there would hold its
   * locks, and keep the instant up to which everything is known to be complete, until somebody ends it.
   */
  readonly silentMs?: number;
}

const defaultWaitMs = 5000;

/** Opens a pool. Sessions speak UTC; bigint and numeric come as numbers, timestamptz as instants. */
export function openDatabase({
  connectionString = '',
  server,
  max = 20,
  waitMs = defaultWaitMs,
  silentMs = 60_000,
}: PoolOptions): Database {
  const { address, settings } = server === undefined ? apart(connectionString) : { address: '', settings: '' };
  const pool = new pg.Pool({
    ...(server === undefined ? reach(address) : { Client: following(server) as never }),
    max,
    connectionTimeoutMillis: waitMs,
    application_name: 'clearzero',
    options:
      `${settings} -c timezone=UTC -c idle_in_transaction_session_timeout=${silentMs} -c jit=off -c plan_cache_mode=force_custom_plan`.trim(),
    types: { getTypeParser: (oid: number, format?: string) => (parsers[oid] as never) ?? pg.types.getTypeParser(oid, format as 'text') },
  });
  // A connection that loses its server tells whoever uses it, by the query under way or the next one. Told to nobody else, it would
  // end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => void client.on('error', () => undefined));
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return { db, pool, close: () => db.destroy() };
}

/** The settings in an address hold too, but ours come after them: in the address, they would replace ours. */
function apart(connectionString: string): { address: string; settings: string } {
  const url = new URL(connectionString);
  const settings = url.searchParams.get('options') ?? '';
  url.searchParams.delete('options');
  return { address: url.href, settings };
}

/** A client that goes to where the server is when it connects, and at once says why it cannot. */
function following(server: Moving) {
  return class extends pg.Client {
    constructor(config: pg.ClientConfig) {
      super({ ...config, ...reach(server.connection()) });
    }

    override connect(): Promise<pg.Client>;
    override connect(told: Told): void;
    override connect(told?: Told): void | Promise<pg.Client> {
      const problem = server.problem();
      if (problem === undefined) return told === undefined ? super.connect() : super.connect(told);
      if (told === undefined) return Promise.reject(problem);
      process.nextTick(told as (error: Error) => void, problem);
    }
  };
}

type Told = ((error: Error) => void) | ((error: null, client: pg.Client) => void);

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

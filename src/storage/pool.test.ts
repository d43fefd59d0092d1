import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../test/support/database.ts';
import { refusalOfFailure } from '../contract/failures.ts';
import { openDatabase, overClient, type Database } from './database.ts';
import { EngineError } from './engine/index.ts';

let own: TestDatabase;
let database: Database;
beforeEach(async () => {
  own = await freshDatabase();
  database = openDatabase({ connectionString: own.url, max: 2, waitMs: 300 });
});
afterEach(async () => {
  await database.close();
  await own.drop();
});

const one = (d: Database) => sql<{ n: number }>`select 1 as n`.execute(d.db).then((r) => r.rows[0]?.n);

/** Ends every other session of the database, as an administrator or a crash does. */
const endSessions = () =>
  own.pool.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()');

describe('a pool', () => {
  test('does not let anybody wait for a connection for ever', async () => {
    const held = [await database.pool.connect(), await database.pool.connect()];
    const began = performance.now();
    const error = await one(database).catch((e: unknown) => e);
    expect(performance.now() - began).toBeLessThan(2000);
    expect(refusalOfFailure(error)?.code).toBe('server.database-busy');
    for (const client of held) client.release();
    expect(await one(database)).toBe(1);
  });

  test('survives that a connection in use loses its server, and goes on with new ones', async () => {
    const client = await database.pool.connect();
    const waiting = client.query('select pg_sleep(20)').catch((e: unknown) => e);
    const idle = await database.pool.connect();
    await endSessions();
    expect(refusalOfFailure(await waiting)?.code).toBe('server.unavailable');
    await new Promise((resolve) => setTimeout(resolve, 50));
    const next = await sql`select 1`.execute(overClient(idle)).catch((e: unknown) => e);
    expect(refusalOfFailure(next)?.code).toBe('server.unavailable');
    client.release();
    idle.release();
    expect(await one(database)).toBe(1);
  });

  test('ends a transaction whose process stands still, and gives its locks to others', async () => {
    const frozen = openDatabase({ connectionString: own.url, max: 1, silentMs: 200 });
    const client = await frozen.pool.connect();
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock(1)');
    const began = performance.now();
    await sql`select pg_advisory_xact_lock(1)`.execute(database.db);
    expect(performance.now() - began).toBeGreaterThan(100);
    const next = await client.query('select 1').catch((e: unknown) => e);
    expect(refusalOfFailure(next)).toBeDefined();
    client.release();
    expect(await one(frozen)).toBe(1);
    await frozen.close();
  });

  test('tells a transaction that lost its server as such, whatever its rollback says', async () => {
    const error = await database.db
      .transaction()
      .execute(async (tx) => {
        await sql`select 1`.execute(tx);
        await endSessions();
        await new Promise((resolve) => setTimeout(resolve, 50));
        await sql`select 1`.execute(tx);
      })
      .catch((e: unknown) => e);
    expect(refusalOfFailure(error)?.code).toBe('server.unavailable');
    expect(await one(database)).toBe(1);
  });

  test('speaks UTC, whatever other settings the address brings', async () => {
    const url = new URL(own.url);
    url.searchParams.set('options', '-c timezone=Asia/Shanghai -c work_mem=5MB');
    const other = openDatabase({ connectionString: url.href });
    try {
      const r = await other.pool.query<{ a: string }>("select current_setting('timezone') || ' ' || current_setting('work_mem') as a");
      expect(r.rows[0]?.a).toBe('UTC 5MB');
    } finally {
      await other.close();
    }
  });

  test('goes to where the server is now, and at once says why there is none', async () => {
    const url = new URL(own.url);
    let port = 1;
    let problem: Error | undefined;
    const moving = openDatabase({
      server: {
        connection: () => ({ host: url.hostname, port, user: url.username, password: url.password, database: url.pathname.slice(1) }),
        problem: () => problem,
      },
    });
    try {
      expect(refusalOfFailure(await one(moving).catch((e: unknown) => e))?.code).toBe('server.unavailable');
      problem = new EngineError('engine.disk-full', 'The disk is full');
      expect(refusalOfFailure(await one(moving).catch((e: unknown) => e))?.code).toBe('server.disk-full');
      problem = undefined;
      port = Number(url.port);
      expect(await one(moving)).toBe(1);
    } finally {
      await moving.close();
    }
  });
});

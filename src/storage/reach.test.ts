import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../test/support/database.ts';
import { openDatabase } from './database.ts';
import { reach } from './reach.ts';

/** Each of these alone leads a client of PostgreSQL astray or keeps it out. */
const hostile: Record<string, string> = {
  PGHOST: '203.0.113.7',
  PGHOSTADDR: '203.0.113.7',
  PGPORT: '1',
  PGUSER: 'mallory',
  PGDATABASE: 'elsewhere',
  PGSERVICE: 'no-such-service',
  PGSERVICEFILE: '/no/such/file',
  PGSSLMODE: 'verify-full',
  PGSSLROOTCERT: '/no/such/file',
  PGSSLNEGOTIATION: 'direct',
  PGREQUIRESSL: '1',
  PGOPTIONS: '-c default_transaction_read_only=on -c timezone=Asia/Shanghai -c search_path=elsewhere',
  PGAPPNAME: 'other',
  PGCLIENT_ENCODING: 'GB18030',
  PGREPLICATION: 'database',
  PGBINARY: 'true',
  PGCONNECT_TIMEOUT: '1',
  PGTZ: 'Asia/Shanghai',
  PGDATESTYLE: 'SQL, DMY',
};

let own: TestDatabase;
beforeEach(async () => {
  own = await freshDatabase();
  Object.assign(process.env, hostile);
});
afterEach(async () => {
  for (const name of Object.keys(hostile)) delete process.env[name];
  await own.drop();
});

describe('variables for other tools', () => {
  test.each(['address', 'parts'])('do not change how the database is reached by its %s', async (how) => {
    const url = new URL(own.url);
    const parts = {
      host: url.hostname,
      port: Number(url.port),
      user: url.username,
      password: url.password,
      database: url.pathname.slice(1),
    };
    const database = openDatabase(
      how === 'address' ? { connectionString: own.url } : { server: { connection: () => parts, problem: () => undefined } },
    );
    try {
      const r = await database.pool.query<Record<string, string>>(`select current_user as user, current_database() as database,
        current_setting('timezone') as zone, current_setting('transaction_read_only') as read_only, current_setting('search_path') as path,
        current_setting('client_encoding') as encoding, current_setting('application_name') as name, '问题' as text, date '2019-07-08'::text as day`);
      expect(r.rows[0]).toEqual({
        user: parts.user,
        database: parts.database,
        zone: 'UTC',
        read_only: 'off',
        path: '"$user", public',
        encoding: 'UTF8',
        name: 'clearzero',
        text: '问题',
        day: '2019-07-08',
      });
    } finally {
      await database.close();
    }
  });

  test('do not fill the blanks of an address', () => {
    const { host, port, user, database, ssl } = new pg.Client(reach('postgres:///figures')) as pg.Client & Record<string, unknown>;
    expect({ host, port, database, ssl }).toEqual({ host: 'localhost', port: 5432, database: 'figures', ssl: false });
    expect(user).not.toBe('mallory');
  });

  test('do not take away what an address asks for', () => {
    const client = new pg.Client(reach('postgres://a:b@db.example/figures?sslmode=verify-full')) as pg.Client & Record<string, unknown>;
    expect(client.ssl).toEqual({});
    expect(client.host).toBe('db.example');
  });
});

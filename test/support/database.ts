import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { migrate } from '../../src/storage/migrate.ts';

export interface TestDatabase {
  readonly url: string;
  readonly pool: pg.Pool;
  /** Closes the pool and drops the database. */
  drop(): Promise<void>;
}

const template = 'clearzero_template';

/** A migrated database of its own, copied from a template that the first caller of the run makes. */
export async function freshDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asAdministrator(async (client) => {
    // The lock makes other test files wait for the template, and PostgreSQL copies a template only while nobody uses it.
    await client.query('select pg_advisory_lock(7301)');
    await ensureTemplate(client);
    await client.query(`create database ${name} template ${template}`);
  });

  const url = urlOf(name);
  const pool = new pg.Pool({ connectionString: url, max: 8 });
  pool.on('error', () => {}); // the server ends idle connections when the database is dropped
  return {
    url,
    pool,
    async drop() {
      await pool.end();
      await asAdministrator((client) => client.query(`drop database if exists ${name} with (force)`));
    },
  };
}

async function ensureTemplate(client: pg.Client): Promise<void> {
  const found = await client.query('select 1 from pg_database where datname = $1', [template]);
  if (found.rowCount) return;
  const half = `${template}_half`;
  await client.query(`drop database if exists ${half} with (force)`);
  await client.query(`create database ${half}`);
  const pool = new pg.Pool({ connectionString: urlOf(half), max: 2 });
  try {
    await migrate(pool);
  } finally {
    await pool.end();
  }
  await client.query(`alter database ${half} rename to ${template}`);
}

async function asAdministrator<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: urlOf('postgres') });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function urlOf(database: string): string {
  const url = new URL(inject('engineUrl'));
  url.pathname = `/${database}`;
  return url.href;
}

import type pg from 'pg';
import { type Database, type Db, overClient, type Tx } from './database.ts';

/** Runs some work in a transaction: what it throws rolls all of it back. */
export function inTransaction<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  return db.transaction().execute(work);
}

/** Such a transaction waits for files and disks, for as long as they take. */
const mayBeSilent = 'set local idle_in_transaction_session_timeout = 0';

/** A connection that somebody holds, for plain statements and for COPY. */
export type Client = pg.PoolClient;

/**
 * Reads as of one moment: what is committed meanwhile is not seen, in any table.
 *
 * When the work fails, the connection is given up, because a table that is being read still sends, and waiting for its end would
 * take as long as reading it.
 */
export async function inOneLook<T>({ pool }: Pick<Database, 'pool'>, work: (tx: Tx, client: Client) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let whole = false;
  try {
    await client.query(`begin transaction isolation level repeatable read read only; ${mayBeSilent}`);
    const done = await work(overClient(client), client);
    await client.query('commit');
    whole = true;
    return done;
  } finally {
    client.release(!whole);
  }
}

/** The same as `inTransaction`, over a connection that can take COPY. */
export async function inClientTransaction<T>({ pool }: Pick<Database, 'pool'>, work: (client: Client) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query(`begin; ${mayBeSilent}`);
    const done = await work(client);
    await client.query('commit');
    return done;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

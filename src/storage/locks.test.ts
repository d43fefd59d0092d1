import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../test/support/database.ts';
import { openDatabase, type Database } from './database.ts';
import { tryForCampaign, waitForCampaign } from './locks.ts';

let own: TestDatabase;
let database: Database;
beforeAll(async () => {
  own = await freshDatabase();
  database = openDatabase({ connectionString: own.url, max: 8 });
});
afterAll(async () => {
  await database.close();
  await own.drop();
});

const tried = async (lock: 'sequencer' | 'batchNumbers', campaign: number) =>
  (await sql<{ got: boolean }>`select ${tryForCampaign(lock, campaign)} as got`.execute(database.db)).rows[0]?.got;

test('whoever gives a batch its number is not in the way of whoever signs the log, nor of another campaign', async () => {
  await database.db.transaction().execute(async (tx) => {
    await sql`select ${waitForCampaign('batchNumbers', 7)}`.execute(tx);
    expect(await tried('batchNumbers', 7)).toBe(false);
    expect(await tried('batchNumbers', 8)).toBe(true);
    expect(await tried('sequencer', 7)).toBe(true);
  });
  expect(await tried('batchNumbers', 7)).toBe(true);
});

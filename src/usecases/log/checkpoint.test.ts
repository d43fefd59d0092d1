import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { sql } from 'kysely';
import { v7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { live } from '../../../test/generators/live-commands.ts';
import { smallCampaign, type SmallCampaign } from '../../../test/support/campaign.ts';
import { instant } from '../../domain/kernel/instant.ts';
import { isRefusal } from '../../domain/kernel/refusal.ts';
import { openDatabase } from '../../storage/database.ts';
import { locks } from '../../storage/locks.ts';
import { letterFile } from '../supervision/letter.ts';
import { recordProblem } from '../problems/found.ts';
import { installation, makeServices, type Services } from '../services.ts';
import { freshCheckpoint, type SignedCheckpoint } from './checkpoint.ts';
import { sequenceCampaign } from './sequence.ts';

let c: SmallCampaign;
beforeEach(async () => {
  c = await smallCampaign(20, 5);
  await sequenceCampaign(c.services, c.row);
}, 60_000);
afterEach(() => c?.close());

const found = async () => {
  const done = await recordProblem(c.services, live.inspector, {
    campaign: c.slug,
    unit: '演示厂',
    place: 141_024,
    aspect: 'key-dischargers',
    type: 'key-dischargers',
    text: '无治理设施',
    clue: 'inspection',
    evidence: [],
  });
  if (isRefusal(done)) throw new Error(done.code);
};
const stored = async () =>
  (await sql<{ n: number }>`select count(*) as n from acts where campaign_id = ${c.row.id}`.execute(c.services.database.db)).rows[0]
    ?.n as number;
const sizeOf = (checkpoint: Awaited<ReturnType<typeof freshCheckpoint>>) => (checkpoint as SignedCheckpoint).size;

/** Another process's connection that holds the lock of whoever numbers acts. */
async function holdLock(): Promise<pg.Client> {
  const other = new pg.Client({ connectionString: c.url });
  await other.connect();
  await other.query('begin');
  await other.query('select pg_advisory_xact_lock($1, $2::integer)', [locks.sequencer, c.row.id]);
  return other;
}

describe('a fresh checkpoint', () => {
  test('waits for the sequencer that holds the lock, and covers what was recorded before it was asked for', async () => {
    await found();
    const before = await stored();
    const other = await holdLock();
    const asked = freshCheckpoint(c.services, c.row);
    await sleep(400);
    await other.query('commit');
    await other.end();
    expect(sizeOf(await asked)).toBe(before);
  });

  test('says that it is behind when it cannot be had in time', async () => {
    await found();
    const other = await holdLock();
    const asked = performance.now();
    expect(await freshCheckpoint(c.services, c.row, 300)).toMatchObject({ refused: true, code: 'log.behind' });
    expect(performance.now() - asked).toBeLessThan(2000);
    await other.query('commit');
    await other.end();
    expect(sizeOf(await freshCheckpoint(c.services, c.row))).toBe(await stored());
  });

  test('waits for a writer that began before what was recorded', async () => {
    const writer = new pg.Client({ connectionString: c.url });
    await writer.connect();
    await writer.query('begin');
    await writer.query('select pg_current_xact_id()');
    await sleep(20);
    await found();
    const before = await stored();
    const asked = freshCheckpoint(c.services, c.row);
    await sleep(300);
    await writer.query('commit');
    await writer.end();
    expect(sizeOf(await asked)).toBe(before);
  });

  test('covers what each of many who ask had recorded, while another process numbers without a pause', async () => {
    const database = openDatabase({ connectionString: c.url, max: 4 });
    const { log, marks, blobs, incoming } = c.services;
    const other: Services = makeServices(
      database,
      () => v7(),
      () => instant(Date.now()),
      { log, marks, blobs, incoming },
    );
    let ended = false;
    const background = (async () => {
      while (!ended) await sequenceCampaign(other, c.row);
    })();
    const short: string[] = [];
    await Promise.all(
      Array.from({ length: 6 }, async () => {
        for (let i = 0; i < 8; i++) {
          await found();
          const before = await stored();
          const checkpoint = await freshCheckpoint(c.services, c.row);
          if (sizeOf(checkpoint) === undefined || sizeOf(checkpoint) < before) short.push(`${JSON.stringify(checkpoint)} after ${before}`);
        }
      }),
    );
    ended = true;
    await background;
    await database.close();
    expect(short).toEqual([]);
  });

  test('says that the log is stopped when it is not signed any further, and so does what would print it', async () => {
    await found();
    await sql`update acts set mark = null where campaign_id = ${c.row.id} and kind = 'ProblemFound' and recorded_at =
      (select max(recorded_at) from acts where campaign_id = ${c.row.id})`.execute(c.services.database.db);
    expect(await freshCheckpoint(c.services, c.row)).toMatchObject({ refused: true, code: 'log.stopped' });
    const letter = await sql<{
      id: string;
    }>`select stream_id as id from acts where campaign_id = ${c.row.id} and kind = 'LetterIssued' limit 1`.execute(c.services.database.db);
    const asked = { campaign: c.slug, id: letter.rows[0]?.id as string, format: 'docx' as const };
    expect(await letterFile(c.services, installation, asked)).toMatchObject({ refused: true, code: 'log.stopped' });
  });
});

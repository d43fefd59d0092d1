import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { v7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { live } from '../../../test/generators/live-commands.ts';
import { smallCampaign, type SmallCampaign } from '../../../test/support/campaign.ts';
import type { Act } from '../../domain/acts/act.ts';
import { instant } from '../../domain/kernel/instant.ts';
import { isRefusal } from '../../domain/kernel/refusal.ts';
import { examine } from '../../usecases/health/examine.ts';
import { beginMarks } from '../../usecases/log/begin-marks.ts';
import { sequenceCampaign } from '../../usecases/log/sequence.ts';
import { firstUnmarked } from '../../usecases/log/unmarked.ts';
import { recordProblem } from '../../usecases/problems/found.ts';
import { campaignStreamId, listStreamActs } from '../acts/read.ts';
import { rowOf } from '../acts/rows.ts';
import { ts } from '../database.ts';
import { fileMarks, passingMarks } from './marks.ts';

let c: SmallCampaign;
beforeEach(async () => {
  c = await smallCampaign(20, 5);
}, 60_000);
afterEach(() => c?.close());

/** Puts an act into the table past the product, as somebody with write access to the database does. */
async function forge(act: Act, mark: Buffer | null, leaf?: Buffer): Promise<void> {
  const r = rowOf(act);
  await sql`insert into acts (campaign_id, id, stream, stream_id, stream_seq, kind, schema_version, payload, actor_id, actor_org, actor_name,
      happened_at, recorded_at, leaf, mark) values (${c.row.id}, ${r.id}, ${r.stream}, ${r.stream_id}, ${r.stream_seq}, ${r.kind}, ${r.schema_version},
      ${r.payload}, ${r.actor_id}, ${r.actor_org}, ${r.actor_name}, ${ts(r.happened_at)}, ${ts(r.recorded_at)}, ${leaf ?? r.leaf}, ${mark})`.execute(
    c.services.database.db,
  );
}

/** An act on the last case, recorded just now. */
async function revocation(): Promise<Act> {
  const { db } = c.services.database;
  const r = await sql<{ id: string }>`select id from items where campaign_id = ${c.row.id} and kind = 'case' order by id limit 1`.execute(
    db,
  );
  const streamId = r.rows[0]?.id as string;
  const acts = await listStreamActs(db, c.row, streamId);
  const last = acts.at(-1) as Act;
  const at = instant(Date.now() - 1000);
  const payload = { reason: '主体认定有误' };
  return {
    ...last,
    id: v7(),
    kind: 'PenaltyRevoked',
    seq: acts.length + 1,
    payload,
    happenedAt: at,
    recordedAt: at,
  } as Act;
}

const leafOf = (act: Act) => rowOf(act).leaf;
const sequence = () => sequenceCampaign(c.services, c.row);
const found = () =>
  recordProblem(c.services, live.inspector, {
    campaign: c.slug,
    unit: '演示厂',
    place: 141_024,
    aspect: 'key-dischargers',
    type: 'key-dischargers',
    text: '无治理设施',
    clue: 'inspection',
    evidence: [],
  });

describe('an act that nobody decided', () => {
  test('is not signed and is named, with all before it signed and nothing behind it', async () => {
    const { size } = await sequence();
    const before = await found();
    const act = await revocation();
    await forge(act, null);
    await found();
    await new Promise((r) => setTimeout(r, 50));
    expect(isRefusal(before)).toBe(false);
    const said = `act ${act.id} (PenaltyRevoked, case ${act.streamId})`;
    await expect(sequence()).rejects.toThrow(said);
    await expect(sequence()).rejects.toThrow('it carries no mark');
    const doctor = (await examine(c.services)).find((f) => f.name === `log ${c.slug}`);
    expect(doctor).toMatchObject({ state: 'fail' });
    expect(doctor?.value).toContain(said);
    // The row taken out again, the log goes on.
    await sql`delete from acts where id = ${act.id}::uuid`.execute(c.services.database.db);
    expect((await sequence()).size).toBe(size + 2);
    expect(await firstUnmarked(c.services, c.row)).toBeUndefined();
  });

  test('is not signed with a mark of another key, of another campaign, or of another act', async () => {
    await sequence();
    const act = await revocation();
    const other = await sql<{ leaf: Buffer; mark: Buffer }>`select leaf, mark from acts where campaign_id = ${c.row.id} limit 1`.execute(
      c.services.database.db,
    );
    const dir = mkdtempSync(join(tmpdir(), 'clearzero-marks-'));
    const foreign = fileMarks(dir).marks;
    rmSync(dir, { recursive: true });
    const tries: [Buffer | null, Buffer | undefined, string][] = [
      [foreign.mark(c.slug, leafOf(act)), undefined, 'its mark was not made here'],
      [passingMarks.mark('another', leafOf(act)), undefined, 'its mark was not made here'],
      [other.rows[0]?.mark as Buffer, undefined, 'its mark was not made here'],
      [other.rows[0]?.mark as Buffer, other.rows[0]?.leaf, 'its hash is not that of what it says'],
    ];
    for (const [mark, leaf, why] of tries) {
      await forge(act, mark, leaf);
      await expect(sequence(), why).rejects.toThrow(why);
      await sql`delete from acts where id = ${act.id}::uuid`.execute(c.services.database.db);
    }
    await forge(act, passingMarks.mark(c.slug, leafOf(act)));
    expect((await sequence()).added).toBe(1);
  });

  test('is found among signed ones too', async () => {
    await sequence();
    expect(await firstUnmarked(c.services, c.row)).toBeUndefined();
    await sql`update acts set mark = null where campaign_id = ${c.row.id} and kind = 'BatchIssued' and stream_seq = 1`.execute(
      c.services.database.db,
    );
    expect(await firstUnmarked(c.services, c.row)).toMatchObject({ kind: 'BatchIssued', why: 'it carries no mark' });
  });
});

describe('acts of an earlier release', () => {
  const forget = () => sql`update acts set mark = null where campaign_id = ${c.row.id}`.execute(c.services.database.db);
  const begun = async () =>
    (await listStreamActs(c.services.database.db, c.row, campaignStreamId(c.row.id))).filter((a) => a.kind === 'LogMarksBegun');

  test('are known by an entry that says how many they are', async () => {
    await forget();
    const stored = (await c.acts()).length;
    await beginMarks(c.services);
    await beginMarks(c.services);
    expect((await begun()).map((a) => a.payload)).toEqual([{ size: stored }]);
    const done = await sequence();
    expect(done.size).toBe(stored + 1);
    expect(await firstUnmarked(c.services, c.row)).toBeUndefined();
    await found();
    expect((await sequence()).size).toBe(stored + 2);
  });

  test('are not believed because a forged entry says so', async () => {
    await forget();
    const own = await listStreamActs(c.services.database.db, c.row, campaignStreamId(c.row.id));
    const last = own.at(-1) as Act;
    const at = instant(Date.now() - 1000);
    const payload = { size: 1_000_000 };
    await forge({ ...last, id: v7(), kind: 'LogMarksBegun', seq: own.length + 1, payload, happenedAt: at, recordedAt: at } as Act, null);
    await expect(sequence()).rejects.toThrow('it carries no mark');
  });
});

test('the key lies where only its owner reads, and what began is asked again until it was said', () => {
  const dir = mkdtempSync(join(tmpdir(), 'clearzero-marks-'));
  const first = fileMarks(join(dir, 'keys'));
  const path = join(dir, 'keys', 'mark.key');
  expect(statSync(path).mode & 0o077).toBe(0);
  expect(first.fresh).toBe(true);
  const again = fileMarks(join(dir, 'keys'));
  expect(again.fresh).toBe(true);
  expect(again.marks.secret()).toBe(first.marks.secret());
  again.begun();
  expect(fileMarks(join(dir, 'keys')).fresh).toBe(false);
  expect(existsSync(path)).toBe(true);
  writeFileSync(path, 'nothing\n');
  expect(() => fileMarks(join(dir, 'keys'))).toThrow('does not hold a key');
  rmSync(dir, { recursive: true });
});

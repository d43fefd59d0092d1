import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { smallCampaign, type SmallCampaign } from '../../../test/support/campaign.ts';
import { leafHash } from '../../domain/acts/leaf.ts';
import { fromBase64, fromHex } from '../../domain/kernel/base64.ts';
import { consistent, includes, rootOfHashes } from '../../domain/log/merkle.ts';
import { parseCheckpoint, parseNote } from '../../domain/log/note.ts';
import { unpackEntries } from '../../domain/log/tiles.ts';
import { instant } from '../../domain/kernel/instant.ts';
import { isRefusal } from '../../domain/kernel/refusal.ts';
import { consistencyFrom, latestCheckpoint, logAt, proofOfAct } from '../../usecases/log/checkpoint.ts';
import { readLogTile } from '../../usecases/log/read.ts';
import { sequenceCampaign } from '../../usecases/log/sequence.ts';
import { installation } from '../../usecases/services.ts';
import { fileSigner, signedBy } from './keys.ts';
import { LogFork, SequencerMemory, sequenceStep } from './sequence.ts';

let small: SmallCampaign;
let dir = '';
beforeAll(async () => {
  small = await smallCampaign(120, 11);
  dir = mkdtempSync(join(tmpdir(), 'clearzero-keys-'));
  Object.assign(small.services, { log: fileSigner(join(dir, 'keys'), 'log.example') });
}, 60_000);
afterAll(async () => {
  await small?.close();
  rmSync(dir, { recursive: true, force: true });
});

/** The acts in the order of the log, from the acts alone. */
async function ordered() {
  const acts = await small.acts();
  const by = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  return acts.sort((a, b) => a.recordedAt - b.recordedAt || by(a.streamId, b.streamId) || a.seq - b.seq);
}
const leaves = (list: Awaited<ReturnType<typeof ordered>>) => list.map((a) => fromHex(leafHash(a)));

describe('the log of a campaign', () => {
  test('numbers every act in the order of recording and signs their root', async () => {
    const acts = await ordered();
    const done = await sequenceCampaign(small.services, small.row);
    expect(done).toEqual({ size: acts.length, added: acts.length });
    const latest = await latestCheckpoint(small.services, small.row);
    const note = parseNote(latest?.note ?? '');
    const checkpoint = parseCheckpoint(note?.text ?? '');
    expect(checkpoint?.origin).toBe(`log.example/${small.slug}`);
    expect(checkpoint?.size).toBe(acts.length);
    expect(Buffer.from(checkpoint?.root ?? []).toString('hex')).toBe(Buffer.from(rootOfHashes(leaves(acts))).toString('hex'));
    const key = small.services.log.publicKey(small.slug);
    expect(note?.signatures[0]?.id).toEqual(key.id);
    expect(signedBy(key, note?.text ?? '', note?.signatures[0]?.bytes ?? new Uint8Array())).toBe(true);
    expect(signedBy(key, `${note?.text ?? ''} `, note?.signatures[0]?.bytes ?? new Uint8Array())).toBe(false);
    // Nothing new: nothing signed.
    expect(await sequenceCampaign(small.services, small.row)).toEqual({ size: acts.length, added: 0 });
  });

  test('as of an instant is its first so many entries', async () => {
    const acts = await ordered();
    for (const at of [acts[10], acts[Math.floor(acts.length / 2)], acts.at(-1)]) {
      const n = acts.filter((a) => a.recordedAt <= (at?.recordedAt ?? 0)).length;
      const log = await logAt(small.services, small.row, at?.recordedAt as never);
      expect(log?.size).toBe(n);
      expect(log?.rootHash).toBe(Buffer.from(rootOfHashes(leaves(acts).slice(0, n))).toString('base64'));
    }
  });

  test('proves each act and each older size', async () => {
    const acts = await ordered();
    const all = leaves(acts);
    const root = rootOfHashes(all);
    for (const index of [0, 1, 255, 256, 511, acts.length - 1]) {
      const text = await proofOfAct(small.services, small.row, acts[index]?.id ?? '');
      const [head, ...rest] = (text ?? '').split('\n');
      expect(head).toBe('c2sp.org/tlog-proof@v1');
      expect(rest[0]).toBe(`index ${index}`);
      const proof = rest.slice(1, rest.indexOf('')).map((line) => fromBase64(line) as Uint8Array);
      expect(includes(all[index] as Uint8Array, index, acts.length, proof, root)).toBe(true);
      expect(Buffer.byteLength(text ?? '')).toBeLessThan(4096);
    }
    expect(await proofOfAct(small.services, small.row, v7())).toBeUndefined();
    for (const older of [0, 1, 256, 300, acts.length]) {
      const c = await consistencyFrom(small.services, small.row, older);
      const proof = (c?.proof ?? []).map((h) => fromBase64(h) as Uint8Array);
      expect(consistent({ size: older, root: rootOfHashes(all.slice(0, older)) }, { size: acts.length, root }, proof)).toBe(true);
    }
  });

  test('hands out tiles and entries that make the root', async () => {
    const acts = await ordered();
    const size = acts.length;
    const collected: Uint8Array[] = [];
    for (let n = 0; n * 256 < size; n++) {
      const fill = Math.min(256, size - n * 256);
      const part = fill < 256 ? `.p/${fill}` : '';
      const name = String(n).padStart(3, '0');
      const tile = await readLogTile(small.services, installation, small.slug, `0/${name}${part}`);
      const bundle = await readLogTile(small.services, installation, small.slug, `entries/${name}${part}`);
      if (isRefusal(tile) || isRefusal(bundle)) throw new Error('refused');
      const entries = unpackEntries(bundle) ?? [];
      expect(entries.length).toBe(fill);
      expect(JSON.parse(Buffer.from(entries[0] as Uint8Array).toString('utf8'))).toMatchObject({ id: acts[n * 256]?.id });
      for (let i = 0; i < fill; i++) collected.push(tile.subarray(i * 32, i * 32 + 32));
    }
    expect(Buffer.from(rootOfHashes(collected)).equals(Buffer.from(rootOfHashes(leaves(acts))))).toBe(true);
    for (const bad of ['0/999', '0/000.p/0', '0/000.p/257', '1/000', '0/1', 'entries/../000', '9/000']) {
      expect(isRefusal(await readLogTile(small.services, installation, small.slug, bad)), bad).toBe(true);
    }
  });

  test('keeps names out: acts commit to them, and erasing leaves hash and proof as they were', async () => {
    const { db } = small.services.database;
    const acts = await ordered();
    expect(acts.every((a) => a.actor.name === '' || a.actor.name.startsWith('sealed:'))).toBe(true);
    const known = await sql<{
      value: string;
    }>`select distinct value from personal_values where campaign_id = ${small.row.id} and length(value) > 1`.execute(db);
    expect(known.rows.length).toBeGreaterThan(10);
    const text = acts.map((a) => JSON.stringify(a)).join('\n');
    for (const { value } of known.rows) expect(text.includes(`"${value}"`), value).toBe(false);
    const before = await proofOfAct(small.services, small.row, acts[3]?.id ?? '');
    await sql`delete from personal_values where campaign_id = ${small.row.id}`.execute(db);
    expect(await proofOfAct(small.services, small.row, acts[3]?.id ?? '')).toBe(before);
  });

  test('is not signed any further when the database forgot or changed what was signed', async () => {
    const { db } = small.services.database;
    const newest = await latestCheckpoint(small.services, small.row);
    await sql`delete from log_checkpoints where campaign_id = ${small.row.id}`.execute(db);
    await sql`delete from log_tiles where campaign_id = ${small.row.id}`.execute(db);
    small.services.sequencers.clear();
    // All acts are still there: the same root may be signed again.
    await sequenceCampaign(small.services, small.row);
    expect((await latestCheckpoint(small.services, small.row))?.rootHash).toBe(newest?.rootHash);

    await sql`delete from log_checkpoints where campaign_id = ${small.row.id}`.execute(db);
    await sql`delete from log_tiles where campaign_id = ${small.row.id}`.execute(db);
    const victim = (await ordered()).at(40);
    await sql`update acts set leaf = ${Buffer.alloc(32, 1)} where campaign_id = ${small.row.id} and id = ${victim?.id}::uuid`.execute(db);
    small.services.sequencers.clear();
    await expect(sequenceCampaign(small.services, small.row)).rejects.toThrow('do not make the root');
    await sql`delete from acts where campaign_id = ${small.row.id} and id = ${victim?.id}::uuid`.execute(db);
    await expect(sequenceCampaign(small.services, small.row)).rejects.toThrow('fewer entries');
    expect(await latestCheckpoint(small.services, small.row)).toBeUndefined();
  });

  test('keeps its key and the last signed head where only its owner reads', () => {
    expect(statSync(join(dir, 'keys', 'log.key')).mode & 0o077).toBe(0);
    const again = fileSigner(join(dir, 'keys'), 'log.example');
    expect(again.verifier(small.slug)).toBe(small.services.log.verifier(small.slug));
    expect(again.lastSigned(small.slug)?.size).toBe(small.services.log.lastSigned(small.slug)?.size);
    const head = join(dir, 'keys', 'heads', small.slug);
    const text = readFileSync(head, 'utf8');
    writeFileSync(head, 'nothing\n');
    expect(() => again.lastSigned(small.slug)).toThrow('signed heads');
    // What a power cut left of a line is no head; the next one stands in its place.
    writeFileSync(head, `${text}99 AAAA`);
    expect(again.lastSigned(small.slug)?.size).toBe(small.services.log.lastSigned(small.slug)?.size);
    again.remember(small.slug, { size: 1_000_000, root: new Uint8Array(32) });
    expect(again.signedHeads(small.slug).at(-1)?.size).toBe(1_000_000);
    writeFileSync(head, text);
  });
});

test('a step that stood still while another process signed gives up and signs nothing', async () => {
  const other = await smallCampaign(80, 12);
  const keys = join(dir, 'stood-still');
  Object.assign(other.services, { log: fileSigner(keys, 'log.example') });
  const { pool } = other.services.database;
  const locker = await pool.connect();
  try {
    await locker.query('begin; lock table log_tiles in access exclusive mode');
    const going = sequenceCampaign(other.services, other.row).catch((e: unknown) => e);
    const waiting = async () =>
      (await pool.query("select 1 from pg_locks where relation = 'log_tiles'::regclass and not granted")).rowCount;
    await expect.poll(waiting).toBe(1);
    // What the one that took over keeps of what it signs.
    fileSigner(keys, 'log.example').remember(other.slug, { size: 5, root: Buffer.alloc(32, 1) });
    await locker.query('rollback');
    expect(String(await going)).toContain('another process signs it');
    expect(readFileSync(join(keys, 'heads', other.slug), 'utf8').split('\n')).toHaveLength(2);
  } finally {
    locker.release();
    await other.close();
  }
});

test('a step beside which another process keeps what it signed calls that no fork; the next one judges it', async () => {
  const other = await smallCampaign(80, 13);
  const log = fileSigner(join(dir, 'kept-beside'), 'log.example');
  Object.assign(other.services, { log });
  const { db } = other.services.database;
  try {
    await sequenceCampaign(other.services, other.row);
    const last = log.lastSigned(other.slug);
    if (last === undefined) throw new Error('nothing signed');
    const more = { size: last.size + 1, root: last.root };
    let asked = 0;
    const beside = { ...log, lastSigned: () => (++asked === 1 ? last : more) };
    const q = { upTo: instant(Date.now() + 3_600_000), now: instant(Date.now()), most: 100 };
    const step = (keeper: typeof log) => sequenceStep(db, keeper, other.services.marks, other.row, new SequencerMemory(), q);
    const said = await step(beside).catch((e: unknown) => e);
    expect(said).not.toBeInstanceOf(LogFork);
    expect(String(said)).toContain('another process signs it');
    await expect(step({ ...log, lastSigned: () => more })).rejects.toThrow(LogFork);
    expect(await step(log)).toMatchObject({ added: 0 });
  } finally {
    await other.close();
  }
}, 60_000);

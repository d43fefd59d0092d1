import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signedCampaign, type Signed } from '../../test/mutations/rounds.ts';
import { isRefusal } from '../domain/kernel/refusal.ts';
import { below, seeded } from '../demo/random.ts';
import { latestCheckpoint } from '../usecases/log/checkpoint.ts';
import { fileSigner } from '../storage/log/keys.ts';
import { fileMarks } from '../storage/log/marks.ts';
import { makeBackup } from '../usecases/backup/make.ts';
import { drill, restoreInto } from './backup.ts';
import { readConfig } from './config.ts';

let small: Signed;
let dir = '';
let file = '';
let identity = '';
const passphrase = { passphrase: 'a long passphrase' };
const config = (name: string) => readConfig({ CLEARZERO_DATA: join(dir, name) });
const quiet = () => undefined;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'clearzero-backup-'));
  chmodSync(dir, 0o755); // so that root's server account can enter
  // The keys of an installation lie in files, so that they can be taken along.
  const keys = join(dir, 'keys');
  ({ small } = await signedCampaign(30, { log: fileSigner(keys, undefined), marks: fileMarks(keys).marks }));
  identity = await generateX25519Identity();
  file = join(dir, 'backup.age');
  await makeBackup(small.services, file, { recipients: [await identityToRecipient(identity)] });
}, 120_000);
afterAll(async () => {
  await small?.close();
  rmSync(dir, { recursive: true, force: true });
});

/** A copy of the backup with one bit flipped. */
function flipped(n: number): string {
  const bytes = readFileSync(file);
  const at = below(seeded(99, n), bytes.length);
  bytes[at] = (bytes[at] as number) ^ (1 << below(seeded(98, n), 8));
  const path = join(dir, `flipped-${n}.age`);
  writeFileSync(path, bytes);
  return path;
}

describe('a backup', () => {
  test('holds nothing that can be read without its key', () => {
    const text = readFileSync(file).toString('latin1');
    for (const word of ['CampaignOpened', 'sim-test', 'PRIVATE KEY', 'argon2']) expect(text.includes(word), word).toBe(false);
  });

  test('restores into an empty place and ends on the published root, evidence and all', async () => {
    const done = await drill(config('unused'), file, { identities: [identity] }, quiet);
    if (isRefusal(done)) throw new Error(`${done.code} ${JSON.stringify(done.details)}`);
    const latest = await latestCheckpoint(small.services, small.row);
    expect(done.logs.map((l) => [l.campaign, l.size, l.root])).toEqual([[small.slug, latest?.size, latest?.rootHash]]);
    expect(done.evidence).toBeGreaterThanOrEqual(7);
    expect(done.logs[0]?.same).toBe(true);
  }, 120_000);

  test('with a flipped bit is refused, names where, and leaves nothing', async () => {
    const where = config('flipped');
    for (let n = 0; n < 8; n++) {
      const done = await restoreInto(where, flipped(n), { identities: [identity] }, quiet);
      expect(isRefusal(done) && done.code).toBe('backup.damaged');
      if (isRefusal(done)) expect(String(done.details.at).length).toBeGreaterThan(2);
    }
    const bytes = readFileSync(file);
    const short = join(dir, 'short.age');
    writeFileSync(short, bytes.subarray(0, Math.floor(bytes.length / 2)));
    expect(await restoreInto(where, short, { identities: [identity] }, quiet)).toMatchObject({ code: 'backup.damaged' });
    expect(await restoreInto(where, file, passphrase, quiet)).toMatchObject({ code: 'backup.damaged' });
    // And the place is still empty: the whole one goes in.
    expect(await restoreInto(where, file, { identities: [identity] }, quiet)).toMatchObject({ evidence: expect.any(Number) });
    expect(await restoreInto(where, file, { identities: [identity] }, quiet)).toMatchObject({ code: 'backup.not-empty' });
  }, 240_000);
});

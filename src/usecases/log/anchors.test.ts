import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signedCampaign, verifyFiles, type Signed } from '../../../test/mutations/rounds.ts';
import { TestWitness } from '../../../test/support/witness.ts';
import { loadVerifier } from '../../app/verifier.ts';
import { anchorAll, overHttp } from '../../jobs/log/anchor.ts';
import { parseNote } from '../../domain/log/note.ts';
import { listAnchors } from '../../storage/log/anchors.ts';
import { erasePerson } from '../access/erase.ts';
import { installation } from '../services.ts';
import { Bundle } from './bundle.ts';
import { latestCheckpoint } from './checkpoint.ts';
import { sequenceCampaign } from './sequence.ts';

let small: Signed;
let dir = '';
beforeAll(async () => {
  ({ small } = await signedCampaign(40));
  dir = mkdtempSync(join(tmpdir(), 'clearzero-tsa-'));
}, 60_000);
afterAll(async () => {
  await small?.close();
  rmSync(dir, { recursive: true, force: true });
});

const plan = (w: TestWitness) => ({ witnesses: [{ url: w.url, key: w.vkey }], timestamps: [], everySeconds: 60 });

/** One more act and its checkpoint. */
async function grow(): Promise<void> {
  const name = (
    await small.services.database.pool.query<{ value: string }>('select value from personal_values where length(value) > 1 limit 1')
  ).rows[0]?.value;
  const done = await erasePerson(small.services, installation, { campaign: small.slug, name, reason: '本人申请' });
  expect('refused' in done).toBe(false);
  await sequenceCampaign(small.services, small.row);
}

describe('a witness', () => {
  test('cosigns what grew from what it saw; its signature goes into checkpoint and bundle, where the verifier finds it', async () => {
    const w = new TestWitness('witness.example/procurator', [small.services.log.publicKey(small.slug)]);
    await w.start();
    expect((await anchorAll(small.services, plan(w)))[0]?.outcome).toBe('anchored');
    expect((await anchorAll(small.services, plan(w)))[0]?.outcome).toBe('known');
    await grow();
    expect((await anchorAll(small.services, plan(w)))[0]?.outcome).toBe('anchored');
    const latest = await latestCheckpoint(small.services, small.row);
    expect(parseNote(latest?.note ?? '')?.signatures.map((x) => x.name)).toEqual([small.services.log.origin(small.slug), w.name]);
    const bundle = await Bundle.open(small.services, small.row, { personal: true, evidence: true });
    const { verifyBundle, nodeCrypto } = await loadVerifier();
    const files = { read: async (path: string) => bundle?.read(path), list: async () => [] };
    const r = await verifyBundle(files, await nodeCrypto(), {
      key: small.services.log.verifier(small.slug),
      witnesses: [w.vkey],
      needWitnesses: 1,
    });
    expect(r.faults).toEqual([]);
    expect(r.witnesses.map((x) => x.name)).toEqual([w.name]);
    // The erased name is known to be erased.
    expect(r.erased).toBeGreaterThan(0);
    const stranger = new TestWitness('witness.example/other', []);
    const without = await verifyBundle(files, await nodeCrypto(), { witnesses: [stranger.vkey], needWitnesses: 1 });
    expect(without.first).toMatchObject({ what: 'checkpoint', why: '0 of 1 witnesses have signed it' });
    await w.stop();
  });

  test('that has seen another size says so and is served from there; one that has seen a longer log is a fork', async () => {
    const w = new TestWitness('witness.example/second', [small.services.log.publicKey(small.slug)]);
    await w.start();
    expect((await anchorAll(small.services, plan(w)))[0]?.outcome).toBe('anchored');
    const origin = small.services.log.origin(small.slug);
    await small.services.database.pool.query("delete from log_anchors where name = 'witness.example/second'");
    await grow();
    // We have forgotten what it saw.
    expect((await anchorAll(small.services, plan(w)))[0]?.outcome).toBe('anchored');
    w.seen.set(origin, { size: 9_999_999, root: new Uint8Array(32) });
    await grow();
    expect((await anchorAll(small.services, plan(w)))[0]).toMatchObject({ outcome: 'refused', detail: expect.stringContaining('9999999') });
    await w.stop();
  });

  test('is not believed with a signature of another key, and its absence is said', async () => {
    const w = new TestWitness('witness.example/liar', [small.services.log.publicKey(small.slug)]);
    await w.start();
    w.lies = true;
    expect((await anchorAll(small.services, plan(w)))[0]).toMatchObject({
      outcome: 'refused',
      detail: 'its answer carries no good signature',
    });
    await w.stop();
    expect((await anchorAll(small.services, plan(w)))[0]?.outcome).toBe('unreachable');
    const wrongKey = { witnesses: [{ url: w.url, key: small.services.log.verifier(small.slug) }], timestamps: [], everySeconds: 60 };
    expect((await anchorAll(small.services, wrongKey))[0]?.outcome).toBe('refused');
  });
});

describe('a time-stamping authority', () => {
  test('states when a checkpoint existed; its token is one that OpenSSL verifies', async () => {
    const at = (name: string) => join(dir, name);
    const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: dir, stdio: ['ignore', 'pipe', 'pipe'] });
    openssl(
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      at('ca.key'),
      '-out',
      at('ca.pem'),
      '-subj',
      '/CN=Test TSA CA',
      '-days',
      '3650',
    );
    openssl('req', '-newkey', 'rsa:2048', '-nodes', '-keyout', at('tsa.key'), '-out', at('tsa.csr'), '-subj', '/CN=Test TSA');
    writeFileSync(at('ext'), 'extendedKeyUsage=critical,timeStamping\n');
    openssl(
      'x509',
      '-req',
      '-in',
      at('tsa.csr'),
      '-CA',
      at('ca.pem'),
      '-CAkey',
      at('ca.key'),
      '-out',
      at('tsa.pem'),
      '-days',
      '3650',
      '-extfile',
      at('ext'),
    );
    writeFileSync(at('serial'), '01\n');
    writeFileSync(
      at('tsa.cnf'),
      `[tsa]\ndefault_tsa=t\n[t]\nserial=${at('serial')}\nsigner_cert=${at('tsa.pem')}\nsigner_key=${at('tsa.key')}\nsigner_digest=sha256\ncerts=${at('ca.pem')}\ndefault_policy=1.2.3.4\ndigests=sha256\naccuracy=secs:1\n`,
    );
    const replay: { bytes?: Buffer } = {};
    const server: Server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (p: Buffer) => parts.push(p));
      request.on('end', () => {
        writeFileSync(at('query'), Buffer.concat(parts));
        openssl('ts', '-reply', '-config', at('tsa.cnf'), '-section', 't', '-queryfile', at('query'), '-out', at('reply'));
        response.writeHead(200, { 'content-type': 'application/timestamp-reply' }).end(replay.bytes ?? readFileSync(at('reply')));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
    const tsa = { witnesses: [], timestamps: [{ url, name: 'test-tsa' }], everySeconds: 60 };
    expect((await anchorAll(small.services, tsa, overHttp))[0]).toMatchObject({ name: 'test-tsa', outcome: 'anchored' });
    const anchor = (await listAnchors(small.services.database.db, small.row.id)).find((a) => a.kind === 'timestamp');
    const latest = await latestCheckpoint(small.services, small.row);
    writeFileSync(at('token'), Buffer.from(anchor?.body ?? '', 'base64'));
    writeFileSync(at('checkpoint'), parseNote(latest?.note ?? '')?.text ?? '');
    expect(openssl('ts', '-verify', '-data', at('checkpoint'), '-in', at('token'), '-CAfile', at('ca.pem')).toString()).toBe(
      'Verification: OK\n',
    );
    // An answer to another request is not taken for this one.
    replay.bytes = readFileSync(at('reply'));
    await grow();
    expect((await anchorAll(small.services, tsa, overHttp))[0]).toMatchObject({ outcome: 'refused' });
    await new Promise((resolve) => server.close(resolve));
  });
});

test('a bundle still verifies by itself after all of this', async () => {
  const files = new Map<string, Uint8Array>();
  const bundle = await Bundle.open(small.services, small.row, { personal: true, evidence: true });
  for await (const path of bundle?.paths() ?? []) files.set(path, (await bundle?.read(path)) as Uint8Array);
  expect((await verifyFiles(files, small.services.log.verifier(small.slug))).faults).toEqual([]);
});

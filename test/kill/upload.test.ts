import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seeded } from '../../src/demo/random.ts';
import { openFsBlobs } from '../../src/storage/evidence/fs-blobs.ts';
import { verifyBlobs } from '../../src/storage/evidence/verify.ts';
import { campaign, testApp, type TestApp } from '../support/app.ts';
import { mp4 } from '../support/hostile.ts';
import { metadataOf, sha256, tusUpload, uploadHeaders } from '../support/upload.ts';

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
let app: TestApp;
let dataDir = '';
let item = '';
let server: { child: ChildProcess; address: string } | undefined;

beforeAll(async () => {
  app = await testApp(20);
  dataDir = mkdtempSync(join(tmpdir(), 'clearzero-kill-upload-'));
  chmodSync(dataDir, 0o755);
  const body = {
    campaign,
    unit: '听松演示焦化厂',
    place: 141_024,
    aspect: 'key-dischargers',
    type: 'key-dischargers',
    text: 't',
    clue: 'inspection',
    evidence: [],
  };
  item = ((await app.call('clerk', 'POST', '/api/problems', body)).body.item as { id: string }).id;
}, 120_000);
afterAll(async () => {
  server?.child.kill('SIGKILL');
  await app?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

/** The real server in a process of its own, over the database of the test. */
async function started(): Promise<{ child: ChildProcess; address: string }> {
  const env = { ...process.env, DATABASE_URL: app.url, CLEARZERO_DATA: dataDir, PORT: '0' };
  const child = spawn(process.execPath, [main, 'serve', '--json'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: child.stdout as NonNullable<typeof child.stdout> })) {
    return { child, address: (JSON.parse(line) as { address: string }).address };
  }
  throw new Error('the server did not start');
}

const killed = (child: ChildProcess) =>
  new Promise<void>((gone) => {
    child.once('exit', () => gone());
    child.kill('SIGKILL');
  });

/** Sends the rest of an upload slowly, until so many bytes are out and the server is shot. */
async function sendUntilKilled(
  s: { child: ChildProcess; address: string },
  path: string,
  token: string,
  rest: Buffer,
  offset: number,
  stopAfter: number,
) {
  const socket = connect(Number(new URL(s.address).port), '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(
    `PATCH ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: ${offset}\r\n` +
      `Content-Type: application/offset+octet-stream\r\nContent-Length: ${rest.length}\r\n\r\n`,
  );
  for (let at = 0; at < stopAfter; at += 262_144) {
    socket.write(rest.subarray(at, Math.min(at + 262_144, stopAfter)));
    await sleep(2);
  }
  await killed(s.child);
  socket.destroy();
}

test('an upload survives kill -9 at any byte: it goes on from what is on the disk and arrives whole', async () => {
  const r = seeded(77, 1);
  const token = await app.token('inspector');
  let resumed = 0;
  let kills = 0;
  for (let round = 0; round < 4; round++) {
    // A video whose index is followed by noise: some 12 MB, so that there is something durable to go on from.
    const noise = randomBytes(9_000_000 + Math.floor(r.next() * 4_000_000));
    const head = Buffer.alloc(8);
    head.writeUInt32BE(noise.length + 8);
    head.write('free', 4, 'latin1');
    const bytes = Buffer.concat([mp4(), head, noise]);
    server = await started();
    const made = await fetch(`${server.address}/api/uploads`, {
      method: 'POST',
      headers: { ...uploadHeaders(item, bytes, 'v.mp4', 'video'), authorization: `Bearer ${token}` },
    });
    expect(made.status).toBe(201);
    const path = made.headers.get('location') ?? '';
    let offset = 0;
    for (let kill = 0; kill < 3; kill++) {
      const left = bytes.length - offset;
      await sendUntilKilled(server, path, token, bytes.subarray(offset), offset, Math.floor(r.next() * left));
      kills++;
      server = await started();
      const state = await fetch(server.address + path, {
        method: 'HEAD',
        headers: { 'tus-resumable': '1.0.0', authorization: `Bearer ${token}` },
      });
      expect(state.status).toBe(200);
      const next = Number(state.headers.get('upload-offset'));
      // Never back behind what was durable, never beyond what was sent.
      expect(next).toBeGreaterThanOrEqual(offset);
      expect(next).toBeLessThanOrEqual(bytes.length);
      if (next > offset) resumed++;
      offset = next;
    }
    await tusUpload({
      address: server.address,
      token,
      bytes,
      metadata: metadataOf(item, bytes, 'v.mp4', 'video'),
      uploadUrl: server.address + path,
    });
    const hash = sha256(bytes);
    const back = await fetch(`${server.address}/api/evidence/${hash}/view?campaign=${campaign}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(Buffer.from(await back.arrayBuffer()).equals(bytes)).toBe(true);
    await killed(server.child);
  }
  expect(kills).toBe(12);
  expect(resumed).toBeGreaterThan(3);
  const report = await verifyBlobs(await openFsBlobs(join(dataDir, 'evidence')));
  expect(report).toMatchObject({ objects: 4, faults: [] });
}, 180_000);

test('killed between the last byte and the answer, it is completed by asking how far it is', async () => {
  const token = await app.token('inspector');
  for (let round = 0; round < 6; round++) {
    const bytes = Buffer.from(`点位,COD\n${randomBytes(400_000).toString('hex')}\n`);
    server = await started();
    const headers = { ...uploadHeaders(item, bytes, 'x.csv', 'monitoring'), authorization: `Bearer ${token}` };
    const path = (await fetch(`${server.address}/api/uploads`, { method: 'POST', headers })).headers.get('location') ?? '';
    const send = fetch(server.address + path, {
      method: 'PATCH',
      body: bytes,
      headers: {
        'tus-resumable': '1.0.0',
        'upload-offset': '0',
        'content-type': 'application/offset+octet-stream',
        authorization: `Bearer ${token}`,
      },
    }).then(
      (answer) => answer.status,
      () => undefined,
    );
    await sleep(10 + round * 40);
    await killed(server.child);
    const acknowledged = await send;
    server = await started();
    const objects = async () =>
      (
        (await (
          await fetch(`${server?.address}/api/items/${item}/evidence?campaign=${campaign}`, {
            headers: { authorization: `Bearer ${token}` },
          })
        ).json()) as { objects: { sha256: string }[] }
      ).objects.filter((o) => o.sha256 === sha256(bytes)).length;
    if (acknowledged === 204) expect(await objects()).toBe(1);
    await tusUpload({
      address: server.address,
      token,
      bytes,
      metadata: metadataOf(item, bytes, 'x.csv', 'monitoring'),
      uploadUrl: server.address + path,
    });
    // Success is only told when the object is there, once.
    expect(await objects()).toBe(1);
    await killed(server.child);
  }
}, 120_000);

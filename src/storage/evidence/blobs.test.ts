import { createHash, randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, unlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openHandles } from '../../../test/support/handles.ts';
import { s3Server, strictPeer, type S3Server } from '../../../test/support/s3.ts';
import { BlobMismatch, BlobTooLarge, type BlobStore } from './blobs.ts';
import { openFsBlobs } from './fs-blobs.ts';
import { readIncoming } from './incoming.ts';
import { openS3Blobs } from './s3-blobs.ts';
import { verifyBlobs } from './verify.ts';

const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

async function bytesOf(store: BlobStore, sha256: string, range?: { start: number; end: number }): Promise<Buffer | undefined> {
  const found = await store.open(sha256, range);
  if (found === undefined) return undefined;
  const parts: Buffer[] = [];
  for await (const part of found.stream) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

async function* inChunks(bytes: Buffer, size: number): AsyncIterable<Uint8Array> {
  for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size);
}

let folder = '';
let server: S3Server;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clearzero-blobs-'));
  server = await s3Server();
});
afterAll(async () => {
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

const backends: [string, () => Promise<BlobStore>, () => string][] = [
  ['a folder', () => openFsBlobs(join(folder, 'fs')), () => join(folder, 'fs', 'tmp')],
  ['an S3 bucket', () => openS3Blobs(server.config, join(folder, 's3-tmp')), () => join(folder, 's3-tmp')],
];

describe.each(backends)('the evidence store in %s', (_name, open, temp) => {
  let store: BlobStore;
  beforeAll(async () => {
    store = await open();
  });

  test('gives back what was put in, whole and by range, under the hash of its bytes', async () => {
    const bytes = randomBytes(300_001);
    const put = await store.put(inChunks(bytes, 7919), { sha256: sha(bytes), maxBytes: bytes.length });
    expect(put).toEqual({ sha256: sha(bytes), bytes: bytes.length, existed: false });
    expect(await store.stat(put.sha256)).toEqual({ bytes: bytes.length });
    expect((await bytesOf(store, put.sha256))?.equals(bytes)).toBe(true);
    expect((await bytesOf(store, put.sha256, { start: 1000, end: 1999 }))?.equals(bytes.subarray(1000, 2000))).toBe(true);
    expect(await readdir(temp())).toEqual([]);
  });

  test('answers the same object when the same bytes come again, also at the same moment', async () => {
    const bytes = randomBytes(50_000);
    const puts = await Promise.all(Array.from({ length: 6 }, (_, i) => store.put(inChunks(bytes, 1000 + i))));
    expect(new Set(puts.map((p) => p.sha256)).size).toBe(1);
    expect((await store.put(bytes)).existed).toBe(true);
    let listed = 0;
    for await (const o of store.list()) if (o.sha256 === sha(bytes)) listed++;
    expect(listed).toBe(1);
  });

  test('keeps nothing of other bytes, of too many bytes, or of a source that breaks off', async () => {
    const bytes = randomBytes(10_000);
    await expect(store.put(bytes, { sha256: sha(randomBytes(4)) })).rejects.toBeInstanceOf(BlobMismatch);
    await expect(store.put(inChunks(bytes, 100), { maxBytes: 9_999 })).rejects.toBeInstanceOf(BlobTooLarge);
    async function* broken() {
      yield bytes;
      throw new Error('cut');
    }
    await expect(store.put(broken())).rejects.toThrow('cut');
    expect(await store.stat(sha(bytes))).toBeUndefined();
    expect(await store.open(sha(bytes))).toBeUndefined();
    expect(await readdir(temp())).toEqual([]);
  });

  test('takes an empty object, and no name that is not a hash', async () => {
    expect(await store.put(new Uint8Array())).toMatchObject({ bytes: 0 });
    for (const name of ['', '../../etc/passwd', `${'a'.repeat(63)}/`, 'A'.repeat(64)]) {
      await expect((async () => store.stat(name))()).rejects.toThrow('SHA-256');
      await expect((async () => store.open(name))()).rejects.toThrow('SHA-256');
    }
  });

  test('reads itself again and names what is missing', async () => {
    const gone = randomBytes(32).toString('hex');
    const report = await verifyBlobs(store, [{ sha256: gone, bytes: 5 }]);
    expect(report.objects).toBeGreaterThanOrEqual(3);
    expect(report.faults).toEqual([{ name: gone, what: 'missing' }]);
  });
});

describe('a folder with damage', () => {
  test('each bad, missing, cut and foreign file is named', async () => {
    const root = join(folder, 'damaged');
    const store = await openFsBlobs(root);
    const put = async () => (await store.put(randomBytes(1000))).sha256;
    const [good, flipped, cut, gone] = [await put(), await put(), await put(), await put()] as [string, string, string, string];
    const path = (h: string) => join(root, 'objects', h.slice(0, 2), h.slice(2, 4), h);
    const was = await readFile(path(flipped));
    was[500] = (was[500] ?? 0) ^ 1;
    await chmod(path(flipped), 0o600);
    await writeFile(path(flipped), was);
    await chmod(path(cut), 0o600);
    await writeFile(path(cut), 'short');
    await unlink(path(gone));
    await writeFile(join(root, 'objects', 'note.txt'), 'x');
    await mkdir(join(root, 'objects', 'zz'));
    await writeFile(join(root, 'objects', 'zz', good), 'in the wrong place');
    const linked = 'f'.repeat(64);
    await mkdir(join(root, 'objects', 'ff', 'ff'), { recursive: true });
    await symlink('/etc/hostname', path(linked));
    const expected = [good, flipped, cut, gone].map((sha256) => ({ sha256, bytes: 1000 }));
    const { faults } = await verifyBlobs(store, expected);
    expect(faults).toHaveLength(6);
    expect(faults).toEqual(
      expect.arrayContaining([
        { name: flipped, what: 'bad' },
        { name: cut, what: 'bad' },
        { name: gone, what: 'missing' },
        { name: join('objects', 'note.txt'), what: 'foreign' },
        { name: join('objects', 'zz', good), what: 'foreign' },
        { name: join('objects', 'ff', 'ff', linked), what: 'foreign' },
      ]),
    );
    expect(await store.stat(linked)).toBeUndefined();
  });

  test('putting an object again does not write over the one that is there', async () => {
    const root = join(folder, 'once');
    const store = await openFsBlobs(root);
    const bytes = randomBytes(100);
    const { sha256 } = await store.put(bytes);
    const path = join(root, 'objects', sha256.slice(0, 2), sha256.slice(2, 4), sha256);
    const before = await stat(path);
    expect(before.mode & 0o222).toBe(0);
    await store.put(bytes);
    expect((await stat(path)).ino).toBe(before.ino);
  });

  test('a start removes what a dead writer left, and leaves what is being written', async () => {
    const root = join(folder, 'stale');
    await openFsBlobs(root);
    const temp = join(root, 'tmp');
    await mkdir(temp, { recursive: true });
    await writeFile(join(temp, '2147480000-dead'), 'x');
    await writeFile(join(temp, `${process.pid}-writing`), 'x');
    await writeFile(join(temp, `${process.pid}-forgotten`), 'x');
    const longAgo = new Date(Date.now() - 2 * 3_600_000);
    await utimes(join(temp, `${process.pid}-forgotten`), longAgo, longAgo);
    await openFsBlobs(root);
    expect(await readdir(temp)).toEqual([`${process.pid}-writing`]);
  });
});

describe('a bucket that knows conditions and checks hashes (a peer of our own, not S3)', () => {
  test('an object that comes up meanwhile is not overwritten', async () => {
    const peer = await strictPeer();
    try {
      const store = await openS3Blobs(peer.config, join(folder, 'strict-tmp'));
      const bytes = randomBytes(1000);
      peer.before = (key) => peer.objects.set(key, bytes);
      expect(await store.put(bytes)).toMatchObject({ existed: true });
      peer.before = () => undefined;
      expect(await store.put(randomBytes(10))).toMatchObject({ existed: false });
    } finally {
      await peer.close();
    }
  });

  test('an object that someone else is putting at this moment is waited for, and one that stays short is no copy', async () => {
    const peer = await strictPeer();
    try {
      const store = await openS3Blobs(peer.config, join(folder, 'strict-tmp'));
      const bytes = randomBytes(1000);
      peer.before = (key) => {
        peer.objects.set(key, bytes.subarray(0, 10));
        setTimeout(() => peer.objects.set(key, bytes), 200);
      };
      expect(await store.put(bytes)).toMatchObject({ existed: true });
      peer.before = (key) => peer.objects.set(key, Buffer.alloc(10));
      await expect(store.put(randomBytes(1000))).rejects.toThrow('kept other bytes');
    } finally {
      await peer.close();
    }
  });

  test('bytes that changed on the way get no key', async () => {
    const peer = await strictPeer();
    try {
      const store = await openS3Blobs(peer.config, join(folder, 'strict-tmp'));
      peer.corrupt = true;
      await expect(store.put(randomBytes(1000))).rejects.toThrow('400');
      expect(peer.objects.size).toBe(0);
    } finally {
      await peer.close();
    }
  });
});

describe.runIf(process.platform === 'linux')('files of the store are closed', () => {
  afterEach(async () => {
    await expect.poll(() => openHandles(folder), { timeout: 3000 }).toEqual([]);
  });

  test('when a range is none', async () => {
    const store = await openFsBlobs(join(folder, 'ranges'));
    const { sha256 } = await store.put(Buffer.from('abc'));
    await expect(store.open(sha256, { start: 2, end: 1 })).rejects.toThrow('range');
    await expect(store.open(sha256, { start: -1, end: 1 })).rejects.toThrow('range');
  });

  test('when an object is a folder', async () => {
    const store = await openFsBlobs(join(folder, 'odd'));
    const sha256 = sha(Buffer.from('odd'));
    await mkdir(join(folder, 'odd', 'objects', sha256.slice(0, 2), sha256.slice(2, 4), sha256), { recursive: true });
    expect(await store.open(sha256)).toBeUndefined();
  });

  test('when bytes cannot even begin to be taken', async () => {
    const from = join(folder, 'upload');
    await writeFile(from, randomBytes(300_000));
    const store = await openFsBlobs(join(folder, 'blocked'));
    // What should be the folder of unfinished objects is a file.
    await mkdir(join(folder, 'blocked'), { recursive: true });
    await writeFile(join(folder, 'blocked', 'tmp'), '');
    await expect(store.put(readIncoming(from))).rejects.toThrow(/EEXIST|ENOTDIR/);
  });

  test('when a service has an object and does not give it', async () => {
    const peer = await strictPeer();
    const store = await openS3Blobs(peer.config, join(folder, 'peer-tmp'));
    const { sha256 } = await store.put(Buffer.from('abc'));
    peer.withhold = 'x'.repeat(8_000_000);
    for (let i = 0; i < 3; i++) await expect(store.open(sha256)).rejects.toThrow('answered 403');
    await expect.poll(() => peer.answering, { timeout: 3000 }).toBe(0);
    await peer.close();
  });
});

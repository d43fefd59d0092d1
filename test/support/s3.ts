import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { S3Config } from '../../src/storage/evidence/s3-blobs.ts';

export interface S3Server {
  readonly config: S3Config;
  close(): Promise<void>;
}

interface S3rver {
  run(): Promise<AddressInfo>;
  close(): Promise<void>;
}

/** s3rver on loopback: an S3 server of others, which checks signatures but knows no conditional writes. */
export async function s3Server(): Promise<S3Server> {
  const S3rver = createRequire(import.meta.url)('s3rver') as new (options: Record<string, unknown>) => S3rver;
  const directory = await mkdtemp(join(tmpdir(), 'clearzero-s3-'));
  const options = { address: '127.0.0.1', port: 0, silent: true, directory, vhostBuckets: false, configureBuckets: [{ name: 'evidence' }] };
  const server = new S3rver(options);
  const { port } = await server.run();
  return {
    config: { ...keys, endpoint: `http://127.0.0.1:${port}` },
    close: async () => {
      await server.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

const keys = { bucket: 'evidence', prefix: 'cz/', region: 'us-east-1', accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };

export interface StrictPeer extends S3Server {
  readonly objects: Map<string, Buffer>;
  /** Runs before a PUT is looked at; for putting the same object first. */
  before: (key: string) => void;
  /** Flips a byte of each body on its way in. */
  corrupt: boolean;
  /** When given, each GET is refused with this text instead of the object. */
  withhold: string | undefined;
  /** Answers that are not read to their end. */
  answering: number;
}

/**
 * Our own peer for what s3rver lacks: it refuses a body that the signed hash does not stand for, and a conditional PUT on an
 * object that is there. It checks no signature. Not S3, only those two answers of it.
 */
export async function strictPeer(): Promise<StrictPeer> {
  const objects = new Map<string, Buffer>();
  const peer = {
    objects,
    before: (_key: string): void => undefined,
    corrupt: false,
    withhold: undefined as string | undefined,
    answering: 0,
  };
  const server = createServer((request, response) => {
    peer.answering++;
    response.once('close', () => peer.answering--);
    void body(request).then((bytes) => {
      const key = decodeURIComponent((request.url ?? '').slice('/evidence/'.length));
      if (request.method === 'PUT') {
        peer.before(key);
        if (peer.corrupt) bytes[0] = (bytes[0] ?? 0) ^ 1;
        const hash = createHash('sha256').update(bytes).digest('hex');
        const status = hash !== request.headers['x-amz-content-sha256'] ? 400 : objects.has(key) ? 412 : 200;
        if (request.headers['if-none-match'] !== '*') return response.writeHead(500).end();
        if (status === 200) objects.set(key, bytes);
        return response.writeHead(status).end();
      }
      const found = objects.get(key);
      if (found === undefined) return response.writeHead(404).end();
      if (request.method === 'GET' && peer.withhold !== undefined) return response.writeHead(403).end(peer.withhold);
      return response.writeHead(200, { 'content-length': found.length }).end(request.method === 'HEAD' ? undefined : found);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const close = () => new Promise<void>((done) => server.close(() => done())).then(() => undefined);
  return Object.assign(peer, { config: { ...keys, endpoint: `http://127.0.0.1:${port}` }, close });
}

async function body(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

import { createHash } from 'node:crypto';
import { createServer, connect, type AddressInfo, type Socket } from 'node:net';
import { Upload } from 'tus-js-client';
import { campaign, type Reply, type TestApp } from './app.ts';

export type Kind = 'photo' | 'document' | 'monitoring' | 'video';
export const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** What a client says of a file that it wants to upload. */
export function metadataOf(item: string, bytes: Uint8Array, name: string, kind: Kind, hash = sha256(bytes)) {
  return { campaign, item, sha256: hash, name, kind, takenAt: '2019-08-01T10:00:00+08:00' };
}

export function uploadHeaders(item: string, bytes: Uint8Array, name: string, kind: Kind, hash?: string): Record<string, string> {
  const pairs = Object.entries(metadataOf(item, bytes, name, kind, hash)).map(([k, v]) => `${k} ${Buffer.from(v).toString('base64')}`);
  return { 'tus-resumable': '1.0.0', 'upload-length': String(bytes.length), 'upload-metadata': pairs.join(',') };
}

/** One part by hand, without a client. */
export function part(
  app: TestApp,
  who: string,
  url: string,
  offset: number,
  bytes: Buffer,
  more: Record<string, string> = {},
): Promise<Reply> {
  const headers = { 'tus-resumable': '1.0.0', 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream', ...more };
  return app.call(who, 'PATCH', url, bytes, headers);
}

/** Hands a file in in one part and answers its hash. */
export async function handIn(
  app: TestApp,
  who: string,
  item: string,
  bytes: Buffer,
  name = 'x.csv',
  kind: Kind = 'monitoring',
): Promise<string> {
  const made = await app.call(who, 'POST', '/api/uploads', undefined, uploadHeaders(item, bytes, name, kind));
  if (made.status !== 201) throw new Error(made.text);
  const done = await part(app, who, String(made.headers.location), 0, bytes);
  if (done.status !== 204) throw new Error(done.text);
  return sha256(bytes);
}

export interface TusOptions {
  readonly address: string;
  readonly token: string;
  readonly bytes: Buffer;
  readonly metadata: Record<string, string>;
  readonly chunkSize?: number;
  readonly tries?: number;
  readonly uploadUrl?: string;
}

/** Uploads with the client that the pages use; fails with its error. Answers the address of the upload. */
export function tusUpload(o: TusOptions): Promise<string> {
  return new Promise((done, fail) => {
    const upload = new Upload(o.bytes, {
      endpoint: `${o.address}/api/uploads`,
      ...(o.uploadUrl === undefined ? {} : { uploadUrl: o.uploadUrl }),
      headers: { authorization: `Bearer ${o.token}` },
      metadata: o.metadata,
      chunkSize: o.chunkSize ?? Infinity,
      retryDelays: Array.from({ length: o.tries ?? 0 }, () => 20),
      storeFingerprintForResuming: false,
      onError: fail,
      onSuccess: () => done(upload.url ?? ''),
    });
    upload.start();
  });
}

/** A proxy that cuts each connection after so many bytes on their way to the server; undefined lets it pass. */
export async function cutProxy(
  target: string,
  next: () => number | undefined,
): Promise<{ address: string; cuts: () => number; close: () => Promise<void> }> {
  const port = Number(new URL(target).port);
  let cuts = 0;
  const live = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    live.add(near).add(far);
    let left = next() ?? Infinity;
    near.on('data', (chunk: Buffer) => {
      far.write(chunk.subarray(0, Math.min(chunk.length, left)));
      left -= chunk.length;
      if (left > 0) return;
      cuts++;
      near.destroy();
      far.destroySoon();
    });
    far.on('data', (chunk) => near.write(chunk));
    for (const [a, b] of [
      [near, far],
      [far, near],
    ] as const) {
      a.on('error', () => b.destroy());
      a.on('close', () => b.end());
    }
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = () =>
    new Promise<void>((closed) => {
      server.close(() => closed());
      for (const socket of live) socket.destroy();
    });
  return { address, cuts: () => cuts, close };
}

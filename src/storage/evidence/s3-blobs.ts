import { openAsBlob } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { AwsClient } from 'aws4fetch';
import { checkedSha256, isSha256, type BlobStore, type Expected, type Stored } from './blobs.ts';
import { spool, sweepSpool } from './spool.ts';

export interface S3Config {
  /** Address of the service, such as https://s3.cn-north-1.example or http://127.0.0.1:9000; buckets are part of the path. */
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Before every key, such as `clearzero/`. */
  readonly prefix: string;
}

/** A storage service that answered with what cannot be gone on with. */
export class StorageServiceError extends Error {
  readonly code = 'evidence.storage';

  constructor(what: string, status: number) {
    super(`${what}: the storage service answered ${status}`);
    this.name = 'StorageServiceError';
  }
}

/** SHA-256 of nothing: what requests without a body are signed over. */
const emptyHash = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/**
 * The evidence store in an S3-compatible bucket, one object per hash under prefix/ab/cd/<hash>.
 *
 * Bytes are spooled to the local disk and hashed first. The one PUT that gives an object its key is signed over that hash, so the
 * service refuses other bytes, and it is conditional, so nothing is overwritten; a service that does not know the condition is
 * asked beforehand. Keeping objects from being deleted is the bucket's object lock.
 */
export async function openS3Blobs(config: S3Config, spoolFolder: string): Promise<BlobStore> {
  await sweepSpool(spoolFolder);
  const bucket = new Bucket(config);
  return {
    put: (source, expected) => put(bucket, spoolFolder, source, expected),
    stat: (sha256) => bucket.head(bucket.keyOf(sha256)),
    async open(sha256, range) {
      const key = bucket.keyOf(sha256);
      const found = await bucket.head(key);
      if (found === undefined) return undefined;
      const response = await bucket.send('GET', key, range === undefined ? {} : { range: `bytes=${range.start}-${range.end}` });
      if (response.body === null || !response.ok) {
        // An answer that nobody reads holds its connection.
        await response.body?.cancel();
        throw new StorageServiceError('GET', response.status);
      }
      return { stream: Readable.fromWeb(response.body as never), bytes: found.bytes };
    },
    async *list() {
      for await (const o of bucket.list()) if (o.object) yield { sha256: o.name, bytes: o.bytes };
    },
    async *foreign() {
      for await (const o of bucket.list()) if (!o.object) yield o.key;
    },
  };
}

async function put(
  bucket: Bucket,
  spoolFolder: string,
  source: AsyncIterable<Uint8Array> | Uint8Array,
  expected?: Expected,
): Promise<Stored> {
  const spooled = await spool(spoolFolder, source, expected);
  try {
    const { sha256, bytes } = spooled;
    const key = bucket.keyOf(sha256);
    if ((await bucket.head(key))?.bytes === bytes) return { sha256, bytes, existed: true };
    const headers = {
      'if-none-match': '*',
      'content-type': 'application/octet-stream',
      'x-amz-checksum-sha256': Buffer.from(sha256, 'hex').toString('base64'),
    };
    const response = await bucket.send('PUT', key, headers, sha256, await openAsBlob(spooled.path));
    await response.arrayBuffer();
    // 412: someone else put the same bytes meanwhile; 409: is putting them at this moment.
    const existed = response.status === 412 || response.status === 409;
    if (!response.ok && !existed) throw new StorageServiceError('PUT', response.status);
    if (!(await keeps(bucket, key, bytes))) throw new StorageServiceError('PUT kept other bytes', response.status);
    return { sha256, bytes, existed };
  } finally {
    await rm(spooled.path, { force: true });
  }
}

/** Whether an object has its length. Services that do not put at once show a part while someone else puts the same bytes. */
async function keeps(bucket: Bucket, key: string, bytes: number): Promise<boolean> {
  for (let attempt = 0; attempt < 40; attempt++) {
    if ((await bucket.head(key))?.bytes === bytes) return true;
    await sleep(50);
  }
  return false;
}

interface Entry {
  readonly key: string;
  readonly name: string;
  readonly bytes: number;
  readonly object: boolean;
}

/** How often a request is made that the service answers with a failure of its own. */
const attempts = 4;

class Bucket {
  private readonly client: AwsClient;
  private readonly address: string;
  private readonly prefix: string;

  constructor(config: S3Config) {
    const { accessKeyId, secretAccessKey, region } = config;
    this.client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3' });
    this.address = `${config.endpoint.replace(/\/+$/, '')}/${encodeURIComponent(config.bucket)}`;
    this.prefix = config.prefix;
  }

  keyOf(sha256: string): string {
    return `${this.prefix}${checkedSha256(sha256).slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`;
  }

  async send(method: string, key: string, headers: Record<string, string> = {}, hash = emptyHash, body?: Blob): Promise<Response> {
    const path = key.split('/').map(encodeURIComponent).join('/');
    return this.fetch(method, `${this.address}/${path}`, headers, hash, body);
  }

  private async fetch(method: string, url: string, headers: Record<string, string>, hash: string, body?: Blob): Promise<Response> {
    for (let attempt = 0; ; attempt++) {
      // Signed without the body, whose hash is known: the signer would read all of it into memory.
      const signed = await this.client.sign(url, { method, headers: { ...headers, 'x-amz-content-sha256': hash } });
      const response = await fetch(url, { method, headers: signed.headers, ...(body === undefined ? {} : { body }) });
      // A service that is busy or stumbles for a moment is asked again; a PUT that went through answers 412 then.
      if (response.status < 500 || attempt >= attempts - 1) return response;
      await response.arrayBuffer();
      await sleep(50 * 2 ** attempt);
    }
  }

  async head(key: string): Promise<{ bytes: number } | undefined> {
    const response = await this.send('HEAD', key);
    if (response.status === 404) return undefined;
    if (!response.ok) throw new StorageServiceError('HEAD', response.status);
    return { bytes: Number(response.headers.get('content-length')) };
  }

  async *list(): AsyncIterable<Entry> {
    let token = '';
    do {
      const query = new URLSearchParams({
        'list-type': '2',
        prefix: this.prefix,
        ...(token === '' ? {} : { 'continuation-token': token }),
      });
      const response = await this.fetch('GET', `${this.address}?${query.toString()}`, {}, emptyHash);
      const page = await response.text();
      if (!response.ok) throw new StorageServiceError('LIST', response.status);
      for (const [, entry = ''] of page.matchAll(/<Contents>(.*?)<\/Contents>/gs)) yield this.entry(entry);
      token = unescapeXml(/<NextContinuationToken>(.*?)<\/NextContinuationToken>/s.exec(page)?.[1] ?? '');
    } while (token !== '');
  }

  private entry(xml: string): Entry {
    const key = unescapeXml(/<Key>(.*?)<\/Key>/s.exec(xml)?.[1] ?? '');
    const name = key.slice(key.lastIndexOf('/') + 1);
    const bytes = Number(/<Size>(\d+)<\/Size>/.exec(xml)?.[1] ?? -1);
    return { key, name, bytes, object: isSha256(name) && key === this.keyOf(name) };
  }
}

function unescapeXml(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
}

import { createHash, type Hash } from 'node:crypto';
import type { Readable } from 'node:stream';

/** What a stored object has to be; anything else is not kept. */
export interface Expected {
  readonly sha256?: string;
  readonly maxBytes?: number;
}

export interface Stored {
  /** 64 hexadecimal digits. */
  readonly sha256: string;
  readonly bytes: number;
  /** The same bytes were there before; nothing was written again. */
  readonly existed: boolean;
}

/**
 * The evidence store (证据库): objects named by the SHA-256 of their bytes. Nothing is ever overwritten and nothing can be deleted
 * through it; an object that is answered is durable.
 */
export interface BlobStore {
  /** Stores bytes under their SHA-256. Throws BlobMismatch or BlobTooLarge, and then keeps nothing. */
  put(source: AsyncIterable<Uint8Array> | Uint8Array, expected?: Expected): Promise<Stored>;
  /** Readable of an object, or of a range of it (both ends inclusive); undefined when absent. */
  open(sha256: string, range?: { start: number; end: number }): Promise<{ stream: Readable; bytes: number } | undefined>;
  stat(sha256: string): Promise<{ bytes: number } | undefined>;
  list(): AsyncIterable<{ sha256: string; bytes: number }>;
  /** Names of what lies in the store but is no object of it. */
  foreign(): AsyncIterable<string>;
}

/** The bytes are not those that were announced. */
export class BlobMismatch extends Error {
  readonly code = 'evidence.hash-mismatch';
  readonly expected: string;
  readonly actual: string;

  constructor(expected: string, actual: string) {
    super(`expected ${expected}, got ${actual}`);
    this.name = 'BlobMismatch';
    this.expected = expected;
    this.actual = actual;
  }
}

export class BlobTooLarge extends Error {
  readonly code = 'evidence.too-large';

  constructor(maxBytes: number) {
    super(`more than ${maxBytes} bytes`);
    this.name = 'BlobTooLarge';
  }
}

const name = /^[0-9a-f]{64}$/;

export const isSha256 = (text: string): boolean => name.test(text);

/** Throws for what is no SHA-256: a name is never made from anything else, so no path can be smuggled in. */
export function checkedSha256(text: string): string {
  if (!isSha256(text)) throw new Error('not a SHA-256 in 64 lower-case hexadecimal digits');
  return text;
}

export async function* chunksOf(source: AsyncIterable<Uint8Array> | Uint8Array): AsyncIterable<Uint8Array> {
  if (source instanceof Uint8Array) yield source;
  else yield* source;
}

/** Passes chunks on while it hashes and counts them; throws BlobTooLarge at the first byte too many. */
export class Meter {
  private readonly hash: Hash = createHash('sha256');
  bytes = 0;

  async *through(source: AsyncIterable<Uint8Array> | Uint8Array, maxBytes = Infinity): AsyncIterable<Uint8Array> {
    for await (const chunk of chunksOf(source)) {
      this.bytes += chunk.byteLength;
      if (this.bytes > maxBytes) throw new BlobTooLarge(maxBytes);
      this.hash.update(chunk);
      yield chunk;
    }
  }

  /** The hash of what went through; throws BlobMismatch when another was expected. To be called once. */
  sha256(expected?: string): string {
    const actual = this.hash.digest('hex');
    if (expected !== undefined && expected !== actual) throw new BlobMismatch(expected, actual);
    return actual;
  }
}

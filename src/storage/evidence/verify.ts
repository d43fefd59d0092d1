import { isSha256, Meter, type BlobStore } from './blobs.ts';

export interface BlobFault {
  /** Hash of the object, or the name of a foreign file. */
  readonly name: string;
  readonly what: 'bad' | 'size' | 'missing' | 'unreadable' | 'foreign';
}

export interface BlobReport {
  readonly objects: number;
  readonly bytes: number;
  readonly faults: readonly BlobFault[];
}

/** One object read again from its first byte to its last; undefined when it is what its name says. */
export async function verifyBlob(store: BlobStore, sha256: string, bytes?: number): Promise<BlobFault | undefined> {
  const meter = new Meter();
  try {
    const found = await store.open(sha256);
    if (found === undefined) return { name: sha256, what: 'missing' };
    for await (const chunk of meter.through(found.stream)) void chunk;
  } catch {
    return { name: sha256, what: 'unreadable' };
  }
  if (meter.sha256() !== sha256) return { name: sha256, what: 'bad' };
  return bytes !== undefined && meter.bytes !== bytes ? { name: sha256, what: 'size' } : undefined;
}

/**
 * Reads the whole store again and names each object that is not what its name says, each expected one that is missing, and each
 * file that does not belong.
 * @param expected  objects that must be there, with their sizes
 */
export async function verifyBlobs(
  store: BlobStore,
  expected: Iterable<{ sha256: string; bytes: number }> | AsyncIterable<{ sha256: string; bytes: number }> = [],
): Promise<BlobReport> {
  const faults: BlobFault[] = [];
  let objects = 0;
  let bytes = 0;
  for await (const o of store.list()) {
    objects++;
    bytes += o.bytes;
    const fault = await verifyBlob(store, o.sha256, o.bytes);
    if (fault !== undefined) faults.push(fault);
  }
  for await (const name of store.foreign()) faults.push({ name, what: 'foreign' });
  for await (const e of expected) {
    const found = isSha256(e.sha256) ? await store.stat(e.sha256) : undefined;
    if (found === undefined) faults.push({ name: e.sha256, what: 'missing' });
    else if (found.bytes !== e.bytes && !faults.some((f) => f.name === e.sha256)) faults.push({ name: e.sha256, what: 'size' });
  }
  return { objects, bytes, faults };
}

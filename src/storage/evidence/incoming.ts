import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { isId } from '../ledger/ids.ts';
import { Meter } from './blobs.ts';
import { syncFolder } from './fs-blobs.ts';

/** More came than was announced. */
export class TooLong extends Error {}

/** The file of an upload under way. */
export function incomingPath(folder: string, id: string): string {
  if (!isId(id)) throw new Error('not an upload id');
  return join(folder, id);
}

/** Makes the empty file of an upload, durably. */
export async function createIncoming(folder: string, id: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = await open(incomingPath(folder, id), 'wx', 0o600);
  await file.close();
  await syncFolder(folder);
}

/**
 * Appends to the file of an upload from a known place on; what lies behind it was never acknowledged and is cut off.
 * @param most     stops with an error at the first byte too many
 * @param durable  is told how far the bytes are on the disk: now and then, and at the end, also when the source breaks off
 */
export async function appendIncoming(
  path: string,
  from: number,
  source: AsyncIterable<Uint8Array>,
  most: number,
  durable: (received: number) => Promise<void>,
): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.truncate(from);
    let at = from;
    let told = from;
    const tell = async () => {
      if (at === told) return;
      await file.sync();
      await durable(at);
      told = at;
    };
    try {
      for await (const chunk of source) {
        if (at + chunk.byteLength > most) throw new TooLong();
        let written = 0;
        while (written < chunk.byteLength)
          written += (await file.write(chunk, written, chunk.byteLength - written, at + written)).bytesWritten;
        at += chunk.byteLength;
        if (at - told >= 4_194_304) await tell();
      }
    } finally {
      await tell();
    }
  } finally {
    await file.close();
  }
}

/** Takes back bytes that turned out to be damaged. */
export async function truncateIncoming(path: string, to: number): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.truncate(to);
    await file.sync();
  } finally {
    await file.close();
  }
}

export async function hashOf(path: string): Promise<string> {
  const meter = new Meter();
  for await (const chunk of meter.through(createReadStream(path, { highWaterMark: 262_144 }))) void chunk;
  return meter.sha256();
}

/** The bytes of a finished file, for the store; it is opened with the first read, so that a store that fails before leaves no handle. */
export async function* readIncoming(path: string): AsyncGenerator<Uint8Array> {
  yield* createReadStream(path, { highWaterMark: 262_144 }) as AsyncIterable<Uint8Array>;
}

export async function removeIncoming(folder: string, id: string): Promise<void> {
  await rm(incomingPath(folder, id), { force: true });
  await rm(join(folder, `${id}.copies`), { recursive: true, force: true });
}

/** Files of uploads that nobody has touched for an hour, by id. */
export async function idleIncoming(folder: string, now: number): Promise<string[]> {
  const ids = new Set<string>();
  for (const name of await readdir(folder).catch(() => [] as string[])) {
    const id = name.replace(/\.copies$/, '');
    const found = await stat(join(folder, name)).catch(() => undefined);
    if (isId(id) && found !== undefined && now - found.mtimeMs > 3_600_000) ids.add(id);
  }
  return [...ids];
}

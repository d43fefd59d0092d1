import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Meter, type Expected } from './blobs.ts';

const hour = 3_600_000;

/** Bytes on their way into the store: in a file of their own, on the disk, with their hash known. */
export interface Spooled {
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** Writes bytes to a fresh file, fsyncs it and checks what it must be; removes it again when it is not. */
export async function spool(folder: string, source: AsyncIterable<Uint8Array> | Uint8Array, expected: Expected = {}): Promise<Spooled> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // The name carries the process, so that a later start can tell what was left behind from what is being written.
  const path = join(folder, `${process.pid}-${randomUUID()}`);
  const file = await open(path, 'wx', 0o400);
  try {
    try {
      const meter = new Meter();
      for await (const chunk of meter.through(source, expected.maxBytes)) await file.writeFile(chunk);
      const sha256 = meter.sha256(expected.sha256);
      await file.sync();
      return { path, sha256, bytes: meter.bytes };
    } finally {
      await file.close();
    }
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}

/** Removes what a process that is gone left half written, and what nobody has touched for an hour. Answers how many. */
export async function sweepSpool(folder: string): Promise<number> {
  let removed = 0;
  for (const name of await readdir(folder).catch(() => [] as string[])) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => undefined);
    if (found === undefined) continue;
    if (alive(Number(name.split('-')[0])) && Date.now() - found.mtimeMs < hour) continue;
    await rm(path, { force: true });
    removed++;
  }
  return removed;
}

function alive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

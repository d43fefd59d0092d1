import { createReadStream } from 'node:fs';
import { link, lstat, mkdir, open, readdir, rm } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { checkedSha256, isSha256, type BlobStore, type Expected, type Stored } from './blobs.ts';
import { spool, sweepSpool } from './spool.ts';

/**
 * The evidence store in a folder: objects/ab/cd/<hash>, written under tmp/ in the same file system first.
 *
 * Folders are made with the first object, so that whoever only reads leaves no trace. The bytes are fsynced before the object gets its name and the folder after it. The name is given by a hard link, which fails
 * where a rename would overwrite.
 */
export async function openFsBlobs(root: string): Promise<BlobStore> {
  const objects = join(root, 'objects');
  const temp = join(root, 'tmp');
  await sweepSpool(temp);
  const pathOf = (sha256: string) => join(objects, checkedSha256(sha256).slice(0, 2), sha256.slice(2, 4), sha256);
  return {
    put: (source, expected) => put(temp, pathOf, source, expected),
    async stat(sha256) {
      const found = await lstat(pathOf(sha256)).catch(absent);
      return found?.isFile() === true ? { bytes: found.size } : undefined;
    },
    async open(sha256, range) {
      // Before the file is opened: a stream that cannot be made leaves the handle that it was given.
      if (range !== undefined) checkRange(range);
      // The file is opened before it is answered: a stream that fails later would have cost a started answer.
      const file = await open(pathOf(sha256), 'r').catch(absent);
      if (file === undefined) return undefined;
      const found = await file.stat().catch(async (error: unknown) => {
        // Nobody else knows of the handle yet.
        await file.close();
        throw error;
      });
      if (found.isFile()) return { stream: createReadStream('', { fd: file, ...(range === undefined ? {} : range) }), bytes: found.size };
      await file.close();
      return undefined;
    },
    async *list() {
      for await (const f of walk(objects, objects)) if (f.object) yield { sha256: f.name, bytes: f.bytes };
    },
    async *foreign() {
      for await (const f of walk(objects, objects)) if (!f.object) yield relative(root, f.path);
    },
  };
}

function checkRange({ start, end }: { readonly start: number; readonly end: number }): void {
  if (!Number.isSafeInteger(start) || !Number.isSafeInteger(end) || start < 0 || end < start)
    throw new RangeError(`no range: ${start} to ${end}`);
}

async function put(
  temp: string,
  pathOf: (sha256: string) => string,
  source: AsyncIterable<Uint8Array> | Uint8Array,
  expected?: Expected,
): Promise<Stored> {
  const spooled = await spool(temp, source, expected);
  try {
    const path = pathOf(spooled.sha256);
    await makeFolders(dirname(path));
    const existed = await link(spooled.path, path).then(
      () => false,
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'EEXIST') return true;
        throw error;
      },
    );
    // Also when it was there: whoever put it first, or made its folders, may not have come to this line.
    for (const folder of [path, dirname(path), dirname(dirname(path))]) await syncFolder(dirname(folder));
    return { sha256: spooled.sha256, bytes: spooled.bytes, existed };
  } finally {
    await rm(spooled.path, { force: true });
  }
}

/** Makes ab/cd and makes both last: a folder is on the disk when its parent has been synced. */
async function makeFolders(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true, mode: 0o700 });
  if (first === undefined) return;
  const above = dirname(first);
  for (let folder = dirname(path); folder.length >= above.length; folder = dirname(folder)) {
    await syncFolder(folder);
    if (folder === dirname(folder)) return;
  }
}

export async function syncFolder(path: string): Promise<void> {
  // Windows cannot open a folder; its journal keeps the name.
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

interface Found {
  readonly path: string;
  readonly name: string;
  readonly bytes: number;
  readonly object: boolean;
}

async function* walk(objects: string, folder: string): AsyncIterable<Found> {
  const entries = (await readdir(folder, { withFileTypes: true }).catch(absent)) ?? [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      yield* walk(objects, path);
      continue;
    }
    const found = await lstat(path).catch(absent);
    if (found === undefined) continue;
    const home = join(objects, entry.name.slice(0, 2), entry.name.slice(2, 4), entry.name);
    // A link into the store could be turned to other bytes later: it is no object.
    yield { path, name: entry.name, bytes: found.size, object: entry.isFile() && isSha256(entry.name) && path === home };
  }
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
  throw error;
}

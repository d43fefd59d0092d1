import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';

/** Where frozen files lie, named by their SHA-256: what the evidence store offers, as far as bulletins need it. */
export interface ArtefactStore {
  put(source: Uint8Array, expected?: { readonly sha256?: string }): Promise<{ sha256: string; bytes: number; existed: boolean }>;
  open(sha256: string): Promise<{ stream: Readable; bytes: number } | undefined>;
  stat(sha256: string): Promise<{ bytes: number } | undefined>;
}

/** Frozen files below a folder: written aside, flushed, then named; never overwritten. */
export function artefactFiles(root: string): ArtefactStore {
  const pathOf = (sha256: string) => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error('not a SHA-256');
    return join(root, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
  };
  const find = (sha256: string) =>
    stat(pathOf(sha256)).then(
      (s) => ({ bytes: s.size }),
      () => undefined,
    );
  return {
    async put(source, expected) {
      const sha256 = createHash('sha256').update(source).digest('hex');
      if (expected?.sha256 !== undefined && expected.sha256 !== sha256) throw new Error(`expected ${expected.sha256}, got ${sha256}`);
      const path = pathOf(sha256);
      if ((await find(sha256)) !== undefined) return { sha256, bytes: source.byteLength, existed: true };
      await mkdir(dirname(path), { recursive: true });
      const aside = join(root, `.${randomUUID()}`);
      try {
        const file = await open(aside, 'wx');
        await file.writeFile(source);
        await file.sync();
        await file.close();
        await rename(aside, path);
      } catch (error) {
        await unlink(aside).catch(() => undefined);
        throw error;
      }
      const folder = await open(dirname(path), 'r');
      await folder.sync().catch(() => undefined);
      await folder.close();
      return { sha256, bytes: source.byteLength, existed: false };
    },
    async open(sha256) {
      const found = await find(sha256);
      return found === undefined ? undefined : { stream: createReadStream(pathOf(sha256)), bytes: found.bytes };
    },
    stat: find,
  };
}

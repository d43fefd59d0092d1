import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFsBlobs } from '../../src/storage/evidence/fs-blobs.ts';
import type { Keeping } from '../../src/usecases/services.ts';

/** An evidence store in a folder of its own, as `app` makes it. */
export async function testKeeping(root?: string): Promise<Keeping> {
  const folder = root ?? (await mkdtemp(join(tmpdir(), 'clearzero-evidence-')));
  const incoming = join(folder, 'incoming');
  await mkdir(incoming, { recursive: true });
  return { blobs: await openFsBlobs(folder), incoming };
}

import { join } from 'node:path';
import { openFsBlobs } from '../storage/evidence/fs-blobs.ts';
import { openS3Blobs } from '../storage/evidence/s3-blobs.ts';
import type { Keeping } from '../usecases/services.ts';
import type { Config } from './config.ts';

/** Where the bytes of evidence live: below the data directory, or in the configured S3 bucket; half an upload is always local. */
export async function openKeeping(config: Config): Promise<Keeping> {
  const root = join(config.dataDir, 'evidence');
  const incoming = join(root, 'incoming');
  const blobs = config.evidenceS3 === undefined ? await openFsBlobs(root) : await openS3Blobs(config.evidenceS3, join(root, 'tmp'));
  return { blobs, incoming };
}

import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEngine } from '../../src/storage/engine/index.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    engineUrl: string;
  }
}

/** One engine for the whole run, stopped and thrown away at its end; a power cut may have it, so it does not wait for the disk. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'clearzero-test-'));
  chmodSync(dataDir, 0o755); // so that root's server account can enter
  const engine = await startEngine({
    dataDir,
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', shared_buffers: '128MB' },
  });
  project.provide('engineUrl', engine.connectionString);
  return async () => {
    await engine.stop();
    rmSync(dataDir, { recursive: true, force: true });
    // Where temporary directories are closed to the server's account, the cluster lies outside, in a folder of its own.
    rmSync(dirname(engine.cluster), { recursive: true, force: true });
  };
}

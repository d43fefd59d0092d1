import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isRefusal, refuse, type Refusal } from '../domain/kernel/refusal.ts';
import { openDatabase } from '../storage/database.ts';
import { findEngine, startEngine } from '../storage/engine/index.ts';
import { migrate } from '../storage/migrate.ts';
import { restoreBackup, type Opening, type Restored } from '../usecases/backup/restore.ts';
import type { Config } from './config.ts';
import { openKeeping } from './keeping.ts';
import { open } from './running.ts';
import { verifyLive } from './verify.ts';

/**
 * Restores a backup into the configured place, which must be empty: data directory, database and evidence store.
 * @refuses backup.damaged, backup.not-empty, backup.newer
 */
export async function restoreInto(
  config: Config,
  from: string,
  opening: Opening,
  log: (line: string) => void,
  progress?: (bytes: number, what: string) => void,
): Promise<Restored | Refusal> {
  const keys = join(config.dataDir, 'keys');
  if (existsSync(join(keys, 'log.key'))) return refuse('backup.not-empty', {});
  const engine = config.databaseUrl === undefined ? await startEngine({ dataDir: config.dataDir, log, stopOnSignals: false }) : undefined;
  const database = openDatabase({ connectionString: config.databaseUrl, server: engine?.server, waitMs: config.databaseWaitMs });
  const written: string[] = [];
  try {
    await migrate(database.pool);
    const { blobs } = await openKeeping(config);
    const restored = await restoreBackup(
      from,
      opening,
      {
        database,
        blobs,
        writeKey: (name, content) => {
          const path = join(keys, name);
          mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
          writeFileSync(path, content, { mode: 0o600, flag: 'wx', flush: true });
          written.push(path);
        },
      },
      progress,
    );
    if (isRefusal(restored)) for (const path of written) await rm(path, { force: true });
    return restored;
  } catch (error) {
    for (const path of written) await rm(path, { force: true });
    throw error;
  } finally {
    await database.close();
    await engine?.stop();
  }
}

export interface Drill {
  readonly ok: boolean;
  readonly rows: number;
  readonly evidence: number;
  /** Every log with the root it ended on, and the first thing that is wrong with it. */
  readonly logs: readonly {
    readonly campaign: string;
    readonly size: number;
    readonly root: string;
    readonly same: boolean;
    readonly first: string | null;
  }[];
}

/**
 * Restores a backup into a place of its own, verifies every campaign there and compares the roots with those the backup was made
 * at; the place is removed afterwards (恢复演练).
 */
export async function drill(
  config: Config,
  from: string,
  opening: Opening,
  log: (line: string) => void,
  progress?: (bytes: number, what: string) => void,
): Promise<Drill | Refusal> {
  const dataDir = await mkdtemp(join(tmpdir(), 'clearzero-drill-'));
  // The database's account must be able to enter when we are root.
  await chmod(dataDir, 0o755);
  const place: Config = { ...config, dataDir, databaseUrl: undefined, evidenceS3: undefined };
  let cluster: string | undefined;
  try {
    const restored = await restoreInto(place, from, opening, log, progress);
    if (isRefusal(restored)) return restored;
    const running = await open(place, log);
    try {
      cluster = (await findEngine(dataDir))?.cluster;
      const logs = [];
      for (const was of restored.header.logs) {
        const check = await verifyLive(running.services, was.campaign);
        const [size, root, first] = isRefusal(check) ? [0, '', check.code] : [check.log?.size ?? 0, check.log?.root ?? '', check.first];
        logs.push({ campaign: was.campaign, size, root, same: size === was.size && root === was.root, first });
      }
      return { ok: logs.every((l) => l.same && l.first === null), rows: restored.rows, evidence: restored.evidence, logs };
    } finally {
      await running.close();
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
    // Where temporary directories are closed to the database's account, its files lie outside, in a folder of their own.
    if (cluster !== undefined && !cluster.startsWith(dataDir)) await rm(dirname(cluster), { recursive: true, force: true });
  }
}

/** Identities in a file of age keys; comments and empty lines are skipped. */
export function readIdentities(path: string): string[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

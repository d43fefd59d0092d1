import { join } from 'node:path';
import { v7 } from 'uuid';
import { instant } from '../domain/kernel/instant.ts';
import { openDatabase } from '../storage/database.ts';
import { serverVersion } from '../storage/health.ts';
import { migrate } from '../storage/migrate.ts';
import { startEngine } from '../storage/engine/index.ts';
import { openKeeping } from './keeping.ts';
import { fileSigner } from '../storage/log/keys.ts';
import { fileMarks } from '../storage/log/marks.ts';
import { beginMarks } from '../usecases/log/begin-marks.ts';
import { makeServices, type Services } from '../usecases/services.ts';
import type { Config } from './config.ts';
import { room } from './room.ts';

/** Services over a migrated database, with what must be closed at the end. */
export interface Running {
  readonly services: Services;
  readonly database: 'embedded' | 'server';
  readonly version: string;
  close(): Promise<void>;
}

/** Connects to the configured PostgreSQL, or to the embedded one: the running one if there is one, else started for our time. */
export async function open(config: Config, log: (line: string) => void = () => undefined): Promise<Running> {
  const engine = config.databaseUrl === undefined ? await startEngine({ dataDir: config.dataDir, log, stopOnSignals: false }) : undefined;
  const database = openDatabase({ connectionString: config.databaseUrl, server: engine?.server, waitMs: config.databaseWaitMs });
  try {
    await migrate(database.pool);
    const version = await serverVersion(database.db);
    const keys = join(config.dataDir, 'keys');
    const kept = fileMarks(keys);
    const services = makeServices(
      database,
      () => v7(),
      () => instant(Date.now()),
      { ...(await openKeeping(config)), log: fileSigner(keys, config.logName), marks: kept.marks, machine: () => room(config) },
    );
    if (kept.fresh) {
      await beginMarks(services);
      kept.begun();
    }
    return {
      services,
      database: engine === undefined ? 'server' : 'embedded',
      version,
      close: async () => {
        await database.close();
        await engine?.stop();
      },
    };
  } catch (error) {
    await database.close();
    await engine?.stop();
    throw error;
  }
}

import { existsSync, mkdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Account, serverAccount } from './account.ts';
import { type Binaries, findBinaries } from './binaries.ts';
import { engineUser, ensureCluster, passwordOf, translate, writeSettings } from './cluster.ts';
import { EngineError } from './errors.ts';
import { chooseCluster, findCluster } from './place.ts';
import { clearDeadPidFile, findPostmaster, freePort, launch, shutDown } from './server.ts';
import { serverSettings } from './settings.ts';
import { onDeadlySignal } from './signals.ts';
import { signIn } from './users.ts';

export interface Connection {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

export interface Engine {
  /** Fits `new pg.Pool(...)` and kysely's dialect. */
  readonly connection: Connection;
  readonly connectionString: string;
  /** PostgreSQL's own version, such as "18.4". */
  readonly version: string;
  /** True if the server was running already. */
  readonly adopted: boolean;
  /** Where the files lie; not always inside the data directory. */
  readonly cluster: string;
  /** Leaves the server; the last user to leave stops it. Harmless when called again. */
  stop(): Promise<void>;
}

export interface EngineOptions {
  readonly dataDir: string;
  readonly log?: (line: string) => void;
  /** Where root keeps what the server's unprivileged account must reach. */
  readonly systemHome?: string;
  /** False if the caller stops the engine on SIGINT, SIGTERM and SIGHUP itself, after its own work is done. */
  readonly stopOnSignals?: boolean;
  /** Overrides of server settings, for tests. */
  readonly settings?: Record<string, string>;
}

const defaultSystemHome = '/var/lib/clearzero';
const patienceMs = 10 * 60_000; // recovery after a crash may have gigabytes of log to read again

/** Gives the one server of a data directory: adopts a live one, starts one, or waits out a dying one first. */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  const log = options.log ?? (() => {});
  const systemHome = options.systemHome ?? defaultSystemHome;
  try {
    mkdirSync(options.dataDir, { recursive: true, mode: 0o755 });
    const home = realpathSync(options.dataDir);
    const registration = await signIn(home);
    try {
      const account = serverAccount(findCluster(home));
      const cluster = chooseCluster(home, systemHome, account, log);
      const binaries = findBinaries(account, account ? systemHome : home);
      const { connection, adopted } = await bringUp(cluster, binaries, account, options.settings, log);
      const version = await ensureDatabase(connection);
      return engineOf(cluster, connection, version, adopted, options.stopOnSignals ?? true, () =>
        registration.leave(() => shutDown(cluster, binaries)),
      );
    } catch (error) {
      await registration.leave(async () => {});
      throw error;
    }
  } catch (error) {
    throw translate(error);
  }
}

/** The live server of a data directory, without starting one; undefined if none answers. */
export async function findEngine(dataDir: string): Promise<Engine | undefined> {
  const cluster = findCluster(dataDir);
  if (!cluster || !(await answeringAt(cluster))) return undefined;
  return startEngine({ dataDir, stopOnSignals: true });
}

async function bringUp(
  cluster: string,
  binaries: Binaries,
  account: Account,
  overrides: Record<string, string> | undefined,
  log: (line: string) => void,
) {
  const deadline = Date.now() + patienceMs;
  let lostPorts = 0;
  for (let told = false; Date.now() < deadline; ) {
    const connection = await answeringAt(cluster);
    if (connection) return { connection, adopted: true };
    if (findPostmaster(cluster)) {
      if (!told) log('Waiting for a database that is starting or stopping ...');
      told = true;
      await sleep(50);
      continue;
    }
    if (!existsSync(join(cluster, 'PG_VERSION'))) log('Making the database cluster ...');
    await ensureCluster(cluster, binaries, account);
    clearDeadPidFile(cluster);
    writeSettings(cluster, { ...serverSettings(), ...overrides }, account);
    try {
      if ((await launch(cluster, await freePort(), binaries, account)) === 'launched') {
        const own = await answeringAt(cluster);
        if (own) return { connection: own, adopted: false };
      }
    } catch (error) {
      // Between choosing a free port and taking it, someone else may have taken it.
      if (!(error instanceof EngineError && error.code === 'engine.port-in-use' && ++lostPorts < 5)) throw error;
    }
    await sleep(100);
  }
  throw new EngineError('engine.timeout', 'The database did not come up within ten minutes.');
}

/** How to connect to the cluster's server if it is ready and really serves this cluster. */
async function answeringAt(cluster: string): Promise<Connection | undefined> {
  const server = findPostmaster(cluster);
  if (!server?.ready) return undefined;
  const connection = { host: '127.0.0.1', port: server.port, user: engineUser, password: passwordOf(cluster), database: 'postgres' };
  try {
    const [row] = await query(connection, "select current_setting('data_directory') as place");
    return realpathSync(String(row?.place)) === realpathSync(cluster) ? { ...connection, database: engineUser } : undefined;
  } catch {
    return undefined; // shutting down, or still recovering
  }
}

async function ensureDatabase(connection: Connection): Promise<string> {
  const maintenance = { ...connection, database: 'postgres' };
  const [row] = await query(
    maintenance,
    `select current_setting('server_version') as version, exists(select from pg_database where datname = '${engineUser}') as made`,
  );
  if (!row?.made) {
    await query(maintenance, `create database ${engineUser}`).catch((error: { code?: string }) => {
      const madeMeanwhile = error.code === '42P04' || error.code === '23505';
      if (!madeMeanwhile) throw error;
    });
  }
  return String(row?.version);
}

async function query(connection: Connection, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: 5000 });
  client.on('error', () => {});
  try {
    await client.connect();
    return (await client.query(sql)).rows;
  } finally {
    await client.end().catch(() => {});
  }
}

function engineOf(
  cluster: string,
  connection: Connection,
  version: string,
  adopted: boolean,
  watchSignals: boolean,
  leave: () => Promise<void>,
): Engine {
  const { host, port, user, password, database } = connection;
  let leaving: Promise<void> | undefined;
  const unwatch = watchSignals ? onDeadlySignal(() => engine.stop()) : () => {};
  const engine: Engine = {
    connection,
    connectionString: `postgres://${user}:${password}@${host}:${port}/${database}`,
    version,
    adopted,
    cluster,
    stop: () => {
      unwatch();
      leaving ??= leave();
      return leaving;
    },
  };
  return engine;
}

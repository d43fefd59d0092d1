import { existsSync, mkdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Moving } from '../database.ts';
import { type Connection, reach } from '../reach.ts';
import { type Account, serverAccount } from './account.ts';
import { type Binaries, findBinaries } from './binaries.ts';
import { engineUser, ensureCluster, passwordOf, translate, writeSettings } from './cluster.ts';
import { EngineError } from './errors.ts';
import { chooseCluster, findCluster } from './place.ts';
import { endOrphans } from './orphans.ts';
import { clearDeadPidFile, findPostmaster, freePort, launch, pidFile, type Postmaster, shutDown } from './server.ts';
import { serverSettings } from './settings.ts';
import { onDeadlySignal } from './signals.ts';
import { type Supervised, supervise } from './supervise.ts';
import { signIn } from './users.ts';

export interface Engine {
  /** How to connect at the moment: a server that was started again may have moved. */
  readonly connection: Connection;
  readonly connectionString: string;
  /** The server over time, for a pool that outlives it. */
  readonly server: Moving;
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
const namedAfterMs = 4000;
/** How long a process that may be anything is taken for a server that starts. */
const unsureMs = 60_000;
/** How long processes of a dead server may take to go away by themselves. */
const orphansMs = 5000;

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
      const settings = options.settings;
      const { connection, adopted } = await bringUp({ cluster, binaries, account, settings, log });
      const version = await ensureDatabase(connection);
      const again = async (signal: AbortSignal) =>
        (await bringUp({ cluster, binaries, account, settings, log, signal, port: connection.port })).connection;
      const server = supervise({ cluster, first: connection, bringUp: again, log });
      return engineOf(cluster, server, version, adopted, options.stopOnSignals ?? true, () =>
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

interface Start {
  readonly cluster: string;
  readonly binaries: Binaries;
  readonly account: Account;
  readonly settings: Record<string, string> | undefined;
  readonly log: (line: string) => void;
  /** Where the last server was. */
  readonly port?: number;
  /** Of a watch over a server that was there: waits no longer once it says so, and makes no cluster. */
  readonly signal?: AbortSignal;
}

async function bringUp({ cluster, binaries, account, settings, log, port, signal }: Start) {
  const deadline = Date.now() + patienceMs;
  const waiting = new Waiting(cluster, log);
  let wanted = port;
  let lostPorts = 0;
  while (Date.now() < deadline && signal?.aborted !== true) {
    const connection = await answeringAt(cluster);
    if (connection) return { connection, adopted: true };
    const server = findPostmaster(cluster);
    if (server) {
      waiting.look(server);
      await sleep(50);
      continue;
    }
    if (!existsSync(join(cluster, 'PG_VERSION'))) {
      // A disk that is not mounted for a moment must not leave an empty database in the place of the full one.
      if (signal !== undefined) throw new EngineError('engine.start-failed', `The database's files are gone: ${cluster}`);
      log('Making the database cluster ...');
    }
    await ensureCluster(cluster, binaries, account);
    clearDeadPidFile(cluster);
    writeSettings(cluster, { ...serverSettings(cluster), ...settings }, account);
    try {
      const launched = await launch(cluster, await freePort(wanted), binaries, account, signal);
      if (launched === 'launched') {
        const own = await answeringAt(cluster);
        if (own) return { connection: own, adopted: false };
      }
      if (launched === 'dying' && waiting.sinceFirst() > orphansMs) endOrphans(cluster);
    } catch (error) {
      // Between choosing a free port and taking it, someone else may have taken it.
      if (!(error instanceof EngineError && error.code === 'engine.port-in-use' && ++lostPorts < 5)) throw error;
      wanted = undefined;
    }
    await sleep(100);
  }
  throw new EngineError('engine.timeout', 'The database did not come up within ten minutes.');
}

/** Says what is waited for: at once that it is, and after some seconds for which process, by which file. */
class Waiting {
  private readonly cluster: string;
  private readonly log: (line: string) => void;
  private readonly since = Date.now();
  private said = 0;

  constructor(cluster: string, log: (line: string) => void) {
    this.cluster = cluster;
    this.log = log;
  }

  sinceFirst(): number {
    return Date.now() - this.since;
  }

  /** @throws when a process that may be anything has not turned out to be the server for long enough */
  look(server: Postmaster): void {
    const named = `process ${server.pid}, named in ${pidFile(this.cluster)}`;
    if (this.said === 0) this.log('Waiting for a database that is starting or stopping ...');
    if (this.said <= 1 && this.sinceFirst() > namedAfterMs) this.log(`Still waiting for ${named}.`);
    this.said = this.sinceFirst() > namedAfterMs ? 2 : 1;
    if (!server.sure && this.sinceFirst() > unsureMs) {
      throw new EngineError(
        'engine.timeout',
        `The database does not answer: ${named}. If that process is not PostgreSQL, remove the file and start again.`,
      );
    }
  }
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
  const client = new pg.Client({ ...reach(connection), options: ' ', application_name: 'clearzero', connectionTimeoutMillis: 5000 });
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
  server: Supervised,
  version: string,
  adopted: boolean,
  watchSignals: boolean,
  leave: () => Promise<void>,
): Engine {
  let leaving: Promise<void> | undefined;
  const unwatch = watchSignals ? onDeadlySignal(() => engine.stop()) : () => {};
  const engine: Engine = {
    get connection() {
      return server.connection();
    },
    get connectionString() {
      const { host, port, user, password, database } = server.connection();
      return `postgres://${user}:${password}@${host}:${port}/${database}`;
    },
    server,
    version,
    adopted,
    cluster,
    stop: () => {
      unwatch();
      leaving ??= server.stop().then(leave);
      return leaving;
    },
  };
  return engine;
}

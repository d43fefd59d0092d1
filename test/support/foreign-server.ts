import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { serverAccount } from '../../src/storage/engine/account.ts';
import { findBinaries } from '../../src/storage/engine/binaries.ts';
import { passwordOf } from '../../src/storage/engine/cluster.ts';
import { startEngine } from '../../src/storage/engine/index.ts';
import { findCluster } from '../../src/storage/engine/place.ts';
import { clearDeadPidFile, findPostmaster, freePort, launch, shutDown } from '../../src/storage/engine/server.ts';
import { ownDirectory } from './served.ts';

/** A PostgreSQL that belongs to somebody else: the product knows its address and has no say in its life. */
export interface ForeignServer {
  readonly port: number;
  urlAt(port: number): string;
  start(): Promise<void>;
  /** As an administrator ends it. */
  stop(): Promise<void>;
  /** As a crash ends it. */
  kill(): void;
  remove(): Promise<void>;
}

/** Makes a cluster with the binaries of the engine, and starts a server on it that nobody watches over. */
export async function foreignServer(): Promise<ForeignServer> {
  const dir = ownDirectory();
  const made = await startEngine({ dataDir: dir });
  const { cluster } = made;
  await made.stop();
  const account = serverAccount(findCluster(dir));
  const binaries = findBinaries(account, account === undefined ? dir : '/var/lib/clearzero');
  const port = await freePort();
  const server: ForeignServer = {
    port,
    urlAt: (at) => `postgres://clearzero:${passwordOf(cluster)}@127.0.0.1:${at}/clearzero`,
    async start() {
      for (let tries = 0; tries < 100; tries++) {
        clearDeadPidFile(cluster);
        if ((await launch(cluster, port, binaries, account)) === 'launched') return;
        await sleep(100);
      }
      throw new Error('the server does not start');
    },
    stop: () => shutDown(cluster, binaries),
    kill: () => process.kill(findPostmaster(cluster)?.pid ?? 0, 'SIGKILL'),
    async remove() {
      await shutDown(cluster, binaries);
      rmSync(dir, { recursive: true, force: true });
      if (!cluster.startsWith(dir)) rmSync(dirname(cluster), { recursive: true, force: true });
    },
  };
  await server.start();
  return server;
}

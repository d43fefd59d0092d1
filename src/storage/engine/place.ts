import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Account, canEnter } from './account.ts';

const clusterName = 'postgres-18';
const pointerName = 'engine.json';

interface Pointer {
  cluster: string;
  dataDir: string;
}

/** The cluster a data directory already has, if it has one. */
export function findCluster(dataDir: string): string | undefined {
  if (!existsSync(dataDir)) return undefined;
  const home = realpathSync(dataDir);
  const inside = join(home, clusterName);
  if (existsSync(join(inside, 'PG_VERSION'))) return inside;
  return readPointer(home)?.cluster;
}

/**
 * The cluster of a data directory, or the place where it is to be made: inside it, or below the system home where the
 * server's account cannot enter it. The pointer names its own directory too, so that a copied data directory never
 * shares the cluster of the original, while a moved one keeps it.
 */
export function chooseCluster(dataDir: string, systemHome: string, account: Account, log: (line: string) => void): string {
  const home = realpathSync(dataDir);
  const found = findCluster(home);
  if (found) {
    if (!found.startsWith(home)) writePointer(home, found);
    return found;
  }
  if (canEnter(home, account)) return join(home, clusterName);

  const place = createPointer(home, join(systemHome, randomBytes(6).toString('hex'), clusterName));
  log(`The database account cannot enter ${home}; its database is kept in ${place}`);
  return place;
}

function readPointer(home: string): Pointer | undefined {
  const file = join(home, pointerName);
  if (!existsSync(file)) return undefined;
  const pointer = JSON.parse(readFileSync(file, 'utf8')) as Pointer;
  if (pointer.dataDir === home) return pointer;
  const original = join(pointer.dataDir, pointerName);
  const copied = existsSync(original) && readFileSync(original, 'utf8').includes(JSON.stringify(pointer.cluster));
  return copied ? undefined : pointer;
}

function writePointer(home: string, cluster: string): void {
  const file = join(home, pointerName);
  const text = pointerText(home, cluster);
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return;
  const half = `${file}.${process.pid}`;
  writeFileSync(half, text);
  renameSync(half, file);
}

/** First come, first served: of two starters the second takes the place the first one wrote down. */
function createPointer(home: string, cluster: string): string {
  const file = join(home, pointerName);
  const half = `${file}.${process.pid}`;
  writeFileSync(half, pointerText(home, cluster));
  try {
    linkSync(half, file);
    return cluster;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const standing = readPointer(home);
    if (standing) return standing.cluster;
    writePointer(home, cluster); // what stood there came with a copy and belongs to the original
    return cluster;
  } finally {
    rmSync(half, { force: true });
  }
}

const pointerText = (home: string, cluster: string) => `${JSON.stringify({ cluster, dataDir: home } satisfies Pointer)}\n`;

import { existsSync, statfsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findCluster } from '../storage/engine/place.ts';
import type { Finding } from '../usecases/health/finding.ts';
import type { Config } from './config.ts';

const GiB = 1024 ** 3;
/** Less than this, in bytes, is said beforehand; and less than that, loudly: without room the database stops. */
const scarce = 5 * GiB;
const almostNone = GiB;

/** How much room is left on each disk that the installation writes to (磁盘余量): data, evidence, the embedded database. */
export function room(config: Config): Finding[] {
  const cluster = config.databaseUrl === undefined ? findCluster(config.dataDir) : undefined;
  const places = [config.dataDir, join(config.dataDir, 'evidence'), ...(cluster === undefined ? [] : [cluster])].map(existing);
  const disks = new Map(places.map((path) => [statSync(path).dev, path]));
  return [...disks.values()].map((path, i) => roomAt(path, i === 0 ? 'disk' : `disk ${i + 1}`));
}

function roomAt(path: string, name: string): Finding {
  const { bavail, bsize, blocks } = statfsSync(path);
  const free = bavail * bsize;
  const value = `${(free / GiB).toFixed(1)} GiB of ${((blocks * bsize) / GiB).toFixed(1)} free at ${path}`;
  if (free < almostNone)
    return { name, state: 'fail', value, advice: 'free at least 1 GiB: without room nothing can be saved and the database stops' };
  if (free < scarce) return { name, state: 'warn', value, advice: 'free space soon: below 1 GiB it becomes dangerous' };
  return { name, state: 'ok', value };
}

/** A path, or the nearest folder above it that is there. */
export function existing(path: string): string {
  let at = path;
  while (!existsSync(at) && dirname(at) !== at) at = dirname(at);
  return at;
}

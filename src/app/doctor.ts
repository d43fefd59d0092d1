import { accessSync, constants, existsSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { examine, type Finding } from '../usecases/health/examine.ts';
import type { Config } from './config.ts';
import { open } from './running.ts';

const GiB = 1024 ** 3;

/** Examines the whole installation: the program, the machine, the database. Never throws: what cannot be reached is a finding. */
export async function examineInstallation(config: Config): Promise<Finding[]> {
  const findings = [nodeVersion(), ...(config.databaseUrl === undefined ? dataFolder(config.dataDir) : [])];
  try {
    const running = await open(config);
    try {
      const kind = running.database === 'embedded' ? 'embedded' : 'your server';
      return [...findings, { name: 'database', state: 'ok', value: kind }, ...(await examine(running.services))];
    } finally {
      await running.close();
    }
  } catch (error) {
    const value = error instanceof Error && error.message !== '' ? error.message : String((error as { code?: string }).code ?? error);
    return [...findings, { name: 'database', state: 'fail', value, advice: 'see server.log in the data directory, or DATABASE_URL' }];
  }
}

function nodeVersion(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const enough = major > 22 || (major === 22 && minor >= 12);
  return enough
    ? { name: 'node', state: 'ok', value: process.version }
    : { name: 'node', state: 'fail', value: process.version, advice: 'use Node 22.12 or newer' };
}

function dataFolder(path: string): Finding[] {
  let at = path;
  while (!existsSync(at) && dirname(at) !== at) at = dirname(at);
  try {
    accessSync(at, constants.W_OK);
  } catch {
    return [{ name: 'data', state: 'fail', value: path, advice: 'the directory cannot be written: set CLEARZERO_DATA' }];
  }
  const { bavail, bsize } = statfsSync(at);
  const free = bavail * bsize;
  const value = `${(free / GiB).toFixed(1)} GiB free`;
  const disk: Finding =
    free < GiB
      ? { name: 'disk', state: 'fail', value, advice: 'free at least 1 GiB: without room the database stops' }
      : {
          name: 'disk',
          state: free < 5 * GiB ? 'warn' : 'ok',
          value,
          ...(free < 5 * GiB ? { advice: 'room for about 500,000 problems is left' } : {}),
        };
  return [{ name: 'data', state: 'ok', value: path }, disk];
}

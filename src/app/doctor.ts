import { accessSync, constants } from 'node:fs';
import { refusalOfFailure } from '../contract/failures.ts';
import { examine } from '../usecases/health/examine.ts';
import type { Finding } from '../usecases/health/finding.ts';
import type { Config } from './config.ts';
import { existing, room } from './room.ts';
import { open } from './running.ts';

/** Examines the whole installation: the program, the machine, the database. Never throws: what cannot be reached is a finding. */
export async function examineInstallation(config: Config): Promise<Finding[]> {
  const findings = [nodeVersion(), ...dataFolder(config.dataDir), ...room(config)];
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
    const full = refusalOfFailure(error)?.code === 'server.disk-full';
    const advice = full
      ? 'free space on its disk: the database starts again by itself'
      : 'see server.log in the data directory, or DATABASE_URL';
    return [...findings, { name: 'database', state: 'fail', value, advice }];
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
  try {
    accessSync(existing(path), constants.W_OK);
  } catch {
    return [{ name: 'data', state: 'fail', value: path, advice: 'the directory cannot be written: set CLEARZERO_DATA' }];
  }
  return [{ name: 'data', state: 'ok', value: path }];
}

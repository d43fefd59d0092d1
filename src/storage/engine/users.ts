import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { birthOf, isAlive } from './processes.ts';

const folder = 'engine-users';
const stopping = 'stopping';
let counter = 0;

/**
 * Who uses the engine of a data directory, so that the last one to leave stops it, whoever started it. A user signs in
 * before looking for the server, and the one who stops it announces that before counting users: one of them sees the other.
 */
export interface Registration {
  /** Takes this user out; runs `stop` if nobody else is left. */
  leave(stop: () => Promise<void>): Promise<void>;
}

export async function signIn(dataDir: string): Promise<Registration> {
  const users = join(dataDir, folder);
  mkdirSync(users, { recursive: true });
  counter += 1;
  const mine = join(users, `${process.pid}-${counter}`);
  writeFileSync(mine, birthOf(process.pid));
  const marker = join(users, stopping);
  while (isHeld(marker)) await sleep(20);

  return {
    async leave(stop) {
      rmSync(mine, { force: true });
      if (!hold(marker)) return; // someone else is stopping it already
      try {
        if (countUsers(users) === 0) await stop();
      } finally {
        rmSync(marker, { force: true });
      }
    },
  };
}

function countUsers(users: string): number {
  let count = 0;
  for (const name of readdirSync(users)) {
    if (name === stopping) continue;
    const file = join(users, name);
    if (isSame(Number(name.split('-')[0]), read(file))) count += 1;
    else rmSync(file, { force: true });
  }
  return count;
}

function hold(marker: string): boolean {
  if (isHeld(marker)) return false;
  rmSync(marker, { force: true });
  try {
    writeFileSync(marker, `${process.pid} ${birthOf(process.pid)}`, { flag: 'wx' });
    return true;
  } catch {
    return false;
  }
}

function isHeld(marker: string): boolean {
  const text = read(marker);
  if (text === undefined) return false;
  const [pid, birth] = text.split(' ');
  return !pid || isSame(Number(pid), birth);
}

// A number that came round again belongs to another process, born at another time.
const isSame = (pid: number, birth: string | undefined) => isAlive(pid) && (!birth || birth === birthOf(pid));

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

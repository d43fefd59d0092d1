import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { birthOf, isAlive } from './processes.ts';

const folder = 'engine-users';
const stopping = 'stopping';
/** How long a marker may be empty. */
const emptyMs = 2000;
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
  register(mine);
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

/** On a full disk the file can be made and not written; its name alone says who we are. */
function register(file: string): void {
  try {
    writeFileSync(file, birthOf(process.pid));
  } catch (error) {
    if (!isFull(error) || !existsSync(file)) throw error;
  }
}

const isFull = (error: unknown) => ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException).code ?? '');

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
  } catch (error) {
    // On a full disk it is made and stays empty: then everybody would wait for whoever made it.
    if (isFull(error)) rmSync(marker, { force: true });
    return false;
  }
}

function isHeld(marker: string): boolean {
  const text = read(marker);
  if (text === undefined) return false;
  const [pid, birth] = text.split(' ');
  // Between making it and writing it lies a moment; one that stays empty was left by a process that died there.
  return pid ? isSame(Number(pid), birth) : Date.now() - (statSync(marker, { throwIfNoEntry: false })?.mtimeMs ?? 0) < emptyMs;
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

import { readFileSync, readlinkSync, realpathSync } from 'node:fs';

/** Whether a process is there and not merely a zombie nobody has collected, as happens in containers. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return statOf(pid)?.state !== 'Z';
}

/** Tells a process from a later one with the same number; empty where the system does not say. */
export function birthOf(pid: number): string {
  return statOf(pid)?.birth ?? '';
}

/** Whether a live process works in that directory; undefined where the system does not say. */
export function worksIn(pid: number, directory: string): boolean | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(directory);
  } catch {
    return undefined;
  }
}

function statOf(pid: number): { state: string; birth: string } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0] ?? '', birth: fields[19] ?? '' };
  } catch {
    return undefined;
  }
}

import { readdir, readlink } from 'node:fs/promises';

/** Files below a folder that this process holds open (Linux). */
export async function openHandles(folder: string): Promise<string[]> {
  const names = await readdir('/proc/self/fd');
  const targets = await Promise.all(names.map((name) => readlink(`/proc/self/fd/${name}`).catch(() => '')));
  return targets.filter((target) => target.startsWith(folder));
}

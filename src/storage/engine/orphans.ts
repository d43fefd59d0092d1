import { readdirSync, readFileSync } from 'node:fs';
import { worksIn } from './processes.ts';

/**
 * Ends processes that outlived their server, so that the next one can start: one that computes for long does not notice that its
 * server is dead. They end as at a crash; what they did was never acknowledged. Linux only; elsewhere they are waited for.
 *
 * Nothing is ended while a process of the cluster has a living parent there: then there is a server, whatever the pid file says.
 */
export function endOrphans(cluster: string): void {
  const found = processesIn(cluster);
  if (found.some((p) => found.some((other) => other.pid === p.parent))) return;
  for (const { pid } of found.filter((p) => p.command.startsWith('postgres'))) {
    try {
      process.kill(pid, 'SIGQUIT');
    } catch {
      // It went away meanwhile, or is not ours to end.
    }
  }
}

function processesIn(cluster: string): { pid: number; parent: number; command: string }[] {
  if (process.platform !== 'linux') return [];
  const out = [];
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (!pid || worksIn(pid, cluster) !== true) continue;
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const [, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      out.push({ pid, parent: Number(parent), command: readFileSync(`/proc/${pid}/cmdline`, 'utf8') });
    } catch {
      // Gone between the two looks.
    }
  }
  return out;
}

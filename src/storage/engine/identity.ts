import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { birthOf, isAlive, worksIn } from './processes.ts';

/** Whether a process is the server of a cluster; "unknown" where the system does not tell us enough. */
export type Verdict = 'ours' | 'not ours' | 'unknown';

/** Clocks are set and files are copied: a time counts as later only by more than this. */
const slackSeconds = 60;
const ticksASecond = 100;

/**
 * Whether the process that a pid file names is the server of that cluster. After a power cut the number may belong to anything; after a
 * copy from another machine too. A wrong "not ours" does no harm: PostgreSQL finds a living server by its shared memory and refuses.
 * @param startedAt  when the server began, by its pid file; seconds since 1970
 */
export function judge(pid: number, cluster: string, startedAt: number | undefined): Verdict {
  if (!isAlive(pid)) return 'not ours';
  const here = worksIn(pid, cluster);
  if (here === false) return 'not ours';
  const seen = process.platform === 'win32' ? undefined : existsSync('/proc/self/stat') ? fromProc(pid) : fromPs(pid);
  if (seen === undefined) return here === true ? 'ours' : 'unknown';
  const owner = statSync(cluster).uid;
  if (seen.uid !== undefined && seen.uid !== owner) return 'not ours';
  if (seen.command !== '' && !/^postgres(\.exe)?$/.test(basename(seen.command))) return 'not ours';
  if (startedAt !== undefined && seen.bornAt !== undefined && seen.bornAt > startedAt + slackSeconds) return 'not ours';
  return here === true || seen.args.some((arg) => arg === cluster || arg === realpathSync(cluster)) ? 'ours' : 'unknown';
}

interface Seen {
  readonly uid: number | undefined;
  /** The program; empty when it cannot be read. */
  readonly command: string;
  readonly args: readonly string[];
  /** Seconds since 1970. */
  readonly bornAt: number | undefined;
}

/** What anybody may know of a process on Linux, even where its directory is closed to us. */
function fromProc(pid: number): Seen | undefined {
  try {
    const uid = /^Uid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    const [command = '', ...args] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    const boot = Number(/^btime (\d+)/m.exec(readFileSync('/proc/stat', 'utf8'))?.[1]);
    const birth = Number(birthOf(pid)) / ticksASecond;
    return { uid: uid === undefined ? undefined : Number(uid), command, args, bornAt: boot > 0 && birth > 0 ? boot + birth : undefined };
  } catch {
    return undefined;
  }
}

function fromPs(pid: number): Seen | undefined {
  const said = spawnSync('ps', ['-p', String(pid), '-o', 'uid=', '-o', 'lstart=', '-o', 'command='], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, LC_ALL: 'C' },
  });
  // 501 Mon Jul  1 08:00:00 2019     /path/to/postgres -D /data
  const line = /^\s*(\d+)\s+(\w+\s+\w+\s+\d+\s+[\d:]+\s+\d+)\s+(.*)$/.exec(said.stdout?.trimEnd() ?? '');
  if (said.status !== 0 || line === null) return undefined;
  const [command = '', ...args] = (line[3] ?? '').split(' ');
  const bornAt = Date.parse(line[2] ?? '') / 1000;
  return { uid: Number(line[1]), command, args, bornAt: Number.isNaN(bornAt) ? undefined : bornAt };
}

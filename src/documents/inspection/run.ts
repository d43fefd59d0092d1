import { fork } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { inspection as limits } from '../../domain/evidence/limits.ts';
import type { Finding, Rejection } from './finding.ts';
import type { Look } from './look.ts';

type Answer = Finding | { readonly rejected: Rejection } | { readonly failed: string };

/** Beside the sources it is TypeScript, beside the built program JavaScript. */
const program = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? './child.ts' : './child.js', import.meta.url));

const atOnce = 2;
let running = 0;
const waiting: (() => void)[] = [];

/**
 * Looks at an untrusted file in a process of its own, with a small heap, a limit on its memory and a hard end. It inherits nothing
 * of ours: no environment, no connection, no open file.
 * @returns what was found, or why the file is not taken: evidence.inspection-limit when it took too long or too much memory, or
 *          brought the process down
 */
export async function inspect(q: Look): Promise<Finding | { readonly rejected: Rejection }> {
  if (running >= atOnce) await new Promise<void>((go) => waiting.push(go));
  running++;
  try {
    return await inProcess(q);
  } finally {
    running--;
    waiting.shift()?.();
  }
}

function inProcess(q: Look): Promise<Finding | { readonly rejected: Rejection }> {
  const child = fork(program, [], {
    env: {},
    execArgv: [`--max-old-space-size=${limits.heapMegabytes}`, '--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const over: { rejected: Rejection } = {
    rejected: { code: 'evidence.inspection-limit', details: { seconds: limits.milliseconds / 1000 } },
  };
  return new Promise((done) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), limits.milliseconds);
    const watch = setInterval(() => {
      void residentBytes(child.pid).then((bytes) => (bytes > limits.memoryBytes ? child.kill('SIGKILL') : undefined));
    }, 50);
    let answer: Answer | undefined;
    child.on('message', (message) => {
      answer = message as Answer;
    });
    child.on('error', () => child.kill('SIGKILL'));
    child.on('exit', () => {
      clearTimeout(timer);
      clearInterval(watch);
      done(answer === undefined || 'failed' in answer ? over : answer);
    });
    child.send(q, (error) => {
      if (error !== null) child.kill('SIGKILL');
    });
  });
}

/** Resident memory of a process; 0 where the system does not tell (then only heap and time are bounded). */
async function residentBytes(pid: number | undefined): Promise<number> {
  if (process.platform !== 'linux' || pid === undefined) return 0;
  const statm = await readFile(`/proc/${pid}/statm`, 'utf8').catch(() => '');
  return Number(statm.split(' ')[1] ?? 0) * 4096;
}

import { readConfig } from '../app/config.ts';
import { open, type Running } from '../app/running.ts';

/** Runs a command over the services and closes them whatever happens. */
export async function withServices<T>(work: (running: Running) => Promise<T>): Promise<T> {
  const log = process.stderr.isTTY ? (line: string) => process.stderr.write(`${line}\n`) : () => undefined;
  const running = await open(readConfig(process.env), log);
  let stopping = false;
  const stop = (signal: NodeJS.Signals) => {
    if (stopping) return;
    stopping = true;
    void running.close().finally(() => process.exit(signal === 'SIGINT' ? 130 : 143));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  try {
    return await work(running);
  } finally {
    if (!stopping) await running.close();
  }
}

/** A line that is written over itself on a terminal and left out elsewhere. */
export function progressLine(): { show(text: string): void; done(): void } {
  if (!process.stderr.isTTY) return { show: () => undefined, done: () => undefined };
  let last = 0;
  return {
    show(text) {
      const now = performance.now();
      if (now - last < 100) return;
      last = now;
      process.stderr.write(`\r\u001b[K${text}`);
    },
    done: () => void process.stderr.write('\r\u001b[K'),
  };
}

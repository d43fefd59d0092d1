import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from '../reach.ts';
import type { EngineError } from './errors.ts';
import { findPostmaster } from './server.ts';

/** The server of a cluster over time: it may be away for a while and come back at another port. */
export interface Supervised {
  connection(): Connection;
  /** Why there is no server at the moment; undefined while there is one. */
  problem(): EngineError | undefined;
  /** Ends the watching, and waits for a start under way to be given up. */
  stop(): Promise<void>;
}

export interface Watch {
  readonly cluster: string;
  readonly first: Connection;
  /** Gives the live server, started anew if need be. */
  readonly bringUp: (signal: AbortSignal) => Promise<Connection>;
  readonly log: (line: string) => void;
}

const everyMs = 200;
/** Between two attempts to start a server that does not start; longer each time up to the last. */
const waits = [500, 1000, 2000, 3000];

/**
 * Watches a server and starts it again whenever it is gone, for as long as it is needed: killed, crashed, or ended by itself when
 * the disk was full. A server that lives and does not answer is left alone; whoever asks it has time limits of their own.
 */
export function supervise({ cluster, first, bringUp, log }: Watch): Supervised {
  const stopped = new AbortController();
  let connection = first;
  let pid = findPostmaster(cluster)?.pid;
  let problem: EngineError | undefined;

  const recover = async () => {
    log('The database is gone; starting it again ...');
    for (let attempt = 0; !stopped.signal.aborted; attempt++) {
      try {
        connection = await bringUp(stopped.signal);
        if (!stopped.signal.aborted) log('The database is there again.');
        problem = undefined;
        return;
      } catch (error) {
        const said = error as EngineError;
        if (problem?.code !== said.code) log(`The database does not start: ${said.message}`);
        problem = said;
      }
      await pause(waits[Math.min(attempt, waits.length - 1)] as number);
    }
  };
  // Neither the watching nor the waiting keeps a process alive.
  const pause = (ms: number) => sleep(ms, undefined, { ref: false, signal: stopped.signal }).catch(() => undefined);

  const watching = (async () => {
    while (!stopped.signal.aborted) {
      const server = findPostmaster(cluster);
      // Another process may have been the first to start it again, elsewhere.
      if (server === undefined || (server.pid !== pid && server.ready)) {
        await recover();
        pid = findPostmaster(cluster)?.pid;
      }
      await pause(everyMs);
    }
  })();

  return {
    connection: () => connection,
    problem: () => problem,
    async stop() {
      stopped.abort();
      await watching;
    },
  };
}

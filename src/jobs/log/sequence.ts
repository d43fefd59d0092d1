import { sequenceAll } from '../../usecases/log/sequence.ts';
import type { Services } from '../../usecases/services.ts';

/** Between two rounds: an act is numbered and signed within a second of its recording. */
const everyMs = 400;

/**
 * Numbers and signs the logs of all campaigns while the product runs. Of several processes one does it at a time.
 * @param log  is told once for each new kind of failure of a campaign's log
 * @returns    stops after the round under way
 */
export function keepLogs(s: Services, log: (line: string) => void): () => Promise<void> {
  const stop = new AbortController();
  const said = new Map<string, string>();
  const failed = (row: { slug: string }, error: unknown) => {
    const text = error instanceof Error ? error.message : String(error);
    if (said.get(row.slug) !== text) log(`The log of ${row.slug} was not signed: ${text}`);
    said.set(row.slug, text);
  };
  const run = async () => {
    while (!stop.signal.aborted) {
      await sequenceAll(s, failed, stop.signal).catch((error: unknown) => failed({ slug: '*' }, error));
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, everyMs);
        stop.signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
      });
    }
  };
  const running = run();
  return async () => {
    stop.abort();
    await running;
  };
}

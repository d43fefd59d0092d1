/** A run was cancelled because it took longer than it may. */
export class JobTooLong extends Error {
  constructor(limitMs: number) {
    super(`it took longer than ${limitMs / 1000} s and was cancelled`);
    this.name = 'JobTooLong';
  }
}

/** A run does not end although it was told to: nobody waits for it any longer. */
export class JobHangs extends Error {
  constructor(why: string) {
    super(`it was told to end and did not (${why})`);
    this.name = 'JobHangs';
  }
}

export interface Bounds {
  readonly limitMs: number;
  /** How long a run that was told to end may take to do so. */
  readonly graceMs: number;
  /** Tells it to end before its limit. */
  readonly outer: AbortSignal;
}

/**
 * Runs some work that has a limit and that may be told to end.
 *
 * The work is told by its signal. If it does not end by itself then, it is left alone: what it may still do must do no harm, and its
 * outcome is nobody's.
 * @throws what the work throws; JobTooLong also when it came to an end after the limit; JobHangs
 */
export async function within<T>(work: (signal: AbortSignal) => Promise<T>, { limitMs, graceMs, outer }: Bounds): Promise<T> {
  const own = new AbortController();
  const tell = () => own.abort(outer.reason);
  const limit = setTimeout(() => own.abort(new JobTooLong(limitMs)), limitMs);
  let grace: NodeJS.Timeout | undefined;
  const left = new Promise<never>((_resolve, reject) => {
    own.signal.addEventListener('abort', () => (grace = setTimeout(() => reject(new JobHangs(inWords(own.signal.reason))), graceMs)));
  });
  left.catch(() => undefined);
  // A listener of the run, taken off with it: the outer signal lives as long as the process.
  if (outer.aborted) tell();
  else outer.addEventListener('abort', tell, { once: true });
  const late = () => own.signal.reason instanceof JobTooLong;
  try {
    // Also what throws at once is a failure of the run.
    const done = await Promise.race([(async () => work(own.signal))(), left]);
    if (late()) throw own.signal.reason;
    return done;
  } catch (error) {
    throw late() && !(error instanceof JobHangs) ? own.signal.reason : error;
  } finally {
    outer.removeEventListener('abort', tell);
    clearTimeout(limit);
    clearTimeout(grace);
  }
}

/** What is kept and said of a failure. */
export function inWords(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 500);
}

/** A request that waits, with what it must not share a run with. */
interface Waiting<Q, A> {
  readonly request: Q;
  readonly keys: readonly string[];
  readonly resolve: (answer: A) => void;
  readonly reject: (error: unknown) => void;
}

/** What became of one request of a run. */
export type Settled<A> = { readonly answer: A } | { readonly error: unknown } | 'again';

export interface GatherOptions<Q> {
  /** At most so many requests a run. */
  readonly most: number;
  /** So many runs at a time. */
  readonly abreast: number;
  /** Requests with a key in common are never in one run or in runs at the same time: the later one waits. */
  readonly keys: (request: Q) => readonly string[];
}

/** How long a run waits for company at most, in milliseconds. */
const patienceMs = 2;

/**
 * Lets requests that wait at the same time share one run (合并提交). What comes while a run is under way goes together in the next.
 *
 * Those whom a run answered often come again at once: the next run waits for as many as the last one had, but no longer than
 * `patienceMs`. Started with the first that is back, every second run would have one request and cost as much as a full one. After a
 * run of one nobody waits for company.
 *
 * A run answers for each request in its order. 'again' puts a request at the head of the next run, where it is not said twice:
 * the first request of a run has to be answered.
 */
export class Gather<Q, A> {
  private waiting: Waiting<Q, A>[] = [];
  private readonly held = new Set<string>();
  private running = 0;
  /** How many the run that ended last had. */
  private expected = 1;
  private patience: NodeJS.Timeout | undefined;
  private readonly run: (requests: readonly Q[]) => Promise<readonly Settled<A>[]>;
  private readonly options: GatherOptions<Q>;

  constructor(run: (requests: readonly Q[]) => Promise<readonly Settled<A>[]>, options: GatherOptions<Q>) {
    this.run = run;
    this.options = options;
  }

  take(request: Q): Promise<A> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ request, keys: this.options.keys(request), resolve, reject });
      this.go();
    });
  }

  private go(patient = true): void {
    while (this.running < this.options.abreast && this.waiting.length > 0) {
      if (patient && this.waiting.length < this.expected) {
        this.patience ??= setTimeout(() => {
          this.patience = undefined;
          this.go(false);
        }, patienceMs);
        return;
      }
      clearTimeout(this.patience);
      this.patience = undefined;
      const list = this.next();
      if (list.length === 0) return;
      this.running++;
      void this.work(list);
    }
  }

  /** The oldest that may run now; their keys are held. */
  private next(): Waiting<Q, A>[] {
    const list: Waiting<Q, A>[] = [];
    const left: Waiting<Q, A>[] = [];
    // A key that an older request waits for is not given to a younger one.
    const wanted = new Set(this.held);
    for (const w of this.waiting) {
      const free = list.length < this.options.most && !w.keys.some((k) => wanted.has(k));
      for (const k of w.keys) wanted.add(k);
      (free ? list : left).push(w);
    }
    for (const w of list) for (const k of w.keys) this.held.add(k);
    this.waiting = left;
    return list;
  }

  private async work(list: readonly Waiting<Q, A>[]): Promise<void> {
    const again: Waiting<Q, A>[] = [];
    try {
      const answers = await this.run(list.map((w) => w.request));
      for (const [i, w] of list.entries()) {
        const settled = answers[i];
        if (settled === undefined || (settled === 'again' && i === 0)) w.reject(new Error('a run did not answer'));
        else if (settled === 'again') again.push(w);
        else if ('error' in settled) w.reject(settled.error);
        else w.resolve(settled.answer);
      }
    } catch (error) {
      for (const w of list) w.reject(error);
    }
    for (const w of list) for (const k of w.keys) this.held.delete(k);
    this.waiting.unshift(...again);
    this.running--;
    this.expected = list.length;
    this.go();
  }
}

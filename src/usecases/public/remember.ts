/**
 * Answers as of a published instant never change, so what took work is kept: by what was asked, the most recent ones.
 *
 * Two who ask for the same at once wait for one answer.
 */
export class Remembered<T> {
  private readonly known = new Map<string, Promise<T>>();
  private readonly most: number;

  constructor(most: number) {
    this.most = most;
  }

  /** Whether an answer is kept or on its way. */
  has(key: string): boolean {
    return this.known.has(key);
  }

  get(key: string, make: () => Promise<T>): Promise<T> {
    const found = this.known.get(key);
    if (found !== undefined) {
      // The one that was asked for last goes last.
      this.known.delete(key);
      this.known.set(key, found);
      return found;
    }
    const made = make();
    this.known.set(key, made);
    // A failure is nobody's answer.
    made.catch(() => {
      if (this.known.get(key) === made) this.known.delete(key);
    });
    const oldest = this.known.keys().next().value;
    if (this.known.size > this.most && oldest !== undefined) this.known.delete(oldest);
    return made;
  }
}

/** Memories by database, so that two installations in one process never mix. */
export function perDatabase<T>(most: number): (database: object) => Remembered<T> {
  const all = new WeakMap<object, Remembered<T>>();
  return (database) => {
    let found = all.get(database);
    if (found === undefined) all.set(database, (found = new Remembered<T>(most)));
    return found;
  };
}

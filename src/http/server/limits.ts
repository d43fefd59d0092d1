/** How much of the server anybody may hold at once, and for how long. */
export interface ServerLimits {
  /** A reader takes at least so many bytes in each span of so many ms while there are some. */
  readonly reader: { readonly ms: number; readonly bytes: number };
  /** A body brings at least so many bytes in each span; one that is no file is there within `wholeMs`. */
  readonly body: { readonly ms: number; readonly bytes: number; readonly wholeMs: number };
  /** Files that are made while they are read: how many at once for one account or address, and for all of them. */
  readonly exports: Readonly<Record<ExportPool, { readonly own: number; readonly all: number }>>;
  /** A connection on which nothing moves is closed after so many ms; headers are there within `headersMs`. */
  readonly idleMs: number;
  readonly headersMs: number;
}

/** Those of the office and those of public pages do not take each other's places. */
export type ExportPool = 'office' | 'public';

export const defaultLimits: ServerLimits = {
  reader: { ms: 20_000, bytes: 20_000 },
  body: { ms: 15_000, bytes: 3000, wholeMs: 60_000 },
  exports: { office: { own: 2, all: 6 }, public: { own: 2, all: 4 } },
  idleMs: 120_000,
  headersMs: 15_000,
};

declare module 'fastify' {
  interface FastifyInstance {
    limits: ServerLimits;
    places: ExportPlaces;
  }
}

/** Places for files that are made while they are read: someone who asks for many waits, and nobody else does. */
export class ExportPlaces {
  private readonly taken = new Map<ExportPool, Map<string, number>>();
  private readonly limits: ServerLimits['exports'];

  constructor(limits: ServerLimits['exports']) {
    this.limits = limits;
  }

  /**
   * Takes a place; undefined when there is none.
   * @returns  gives it back; more than once is the same as once
   */
  take(pool: ExportPool, who: string): (() => void) | undefined {
    const taken = this.taken.get(pool) ?? new Map<string, number>();
    this.taken.set(pool, taken);
    const own = taken.get(who) ?? 0;
    const all = [...taken.values()].reduce((a, b) => a + b, 0);
    if (own >= this.limits[pool].own || all >= this.limits[pool].all) return undefined;
    taken.set(who, own + 1);
    let given = false;
    return () => {
      if (given) return;
      given = true;
      const left = (taken.get(who) ?? 1) - 1;
      if (left === 0) taken.delete(who);
      else taken.set(who, left);
    };
  }
}

/** Making documents takes the machine some hundred milliseconds: nobody needs many a minute. */
export const documentRate = { max: 60, timeWindow: '1 minute' };

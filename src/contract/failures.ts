import { refuse, type Refusal } from '../domain/kernel/refusal.ts';

interface Failure {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly cause?: unknown;
}

/** SQLSTATE classes, codes of the operating system and of the engine, and words of the driver, by what they mean for whoever asks. */
const meanings: readonly { readonly code: RegExp; readonly words: RegExp; readonly refusal: Refusal }[] = [
  {
    code: /^(53100|ENOSPC|EDQUOT|engine\.disk-full)$/,
    words: /No space left on device|Disk quota exceeded/,
    refusal: refuse('server.disk-full', {}),
  },
  {
    // Too many connections, a lock or an answer not got in time, two that waited for each other, a transaction that stood still: the same again may well succeed.
    code: /^(53300|55P03|57014|40001|40P01|25P03)$/,
    words: /timeout exceeded when trying to connect|due to connection timeout/,
    refusal: refuse('server.database-busy', {}),
  },
  {
    code: /^(08...|57P..|25006|ECONNREFUSED|ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|engine\.[a-z-]+)$/,
    words:
      /Connection terminated|connection error and is not queryable|Client was closed|calling end on the pool|has already been destroyed/,
    refusal: refuse('server.unavailable', {}),
  },
];

/**
 * What a failure of the database or the disk means to people: busy, away or full (数据库繁忙、不可用、磁盘已满); undefined when it is none
 * of these, but a fault of ours.
 */
export function refusalOfFailure(error: unknown): Refusal | undefined {
  for (let at = error as Failure | undefined, depth = 0; at !== undefined && at !== null && depth < 5; at = at.cause as Failure, depth++) {
    const { code, message } = at;
    const found = meanings.find(
      (m) => (typeof code === 'string' && m.code.test(code)) || (typeof message === 'string' && m.words.test(message)),
    );
    if (found !== undefined) return found.refusal;
  }
  return undefined;
}

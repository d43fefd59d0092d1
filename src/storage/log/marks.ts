import { createHmac, createSecretKey, randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeOnce } from './keys.ts';

/** Marks acts at the moment of their decision (裁定印记), and knows its own marks again. */
export interface Marks {
  /** HMAC-SHA-256 over a tag, the campaign and the act's leaf hash: 32 bytes. */
  mark(campaign: string, leaf: Uint8Array): Buffer;
  isRight(campaign: string, leaf: Uint8Array, mark: Uint8Array | null): boolean;
  /** The key in hexadecimal digits, for backups; undefined when it passes with the process. */
  secret(): string | undefined;
}

const tag = 'clearzero.mark/v1\n';

function marksOf(secret: Buffer, kept: boolean): Marks {
  const key = createSecretKey(secret);
  const mark = (campaign: string, leaf: Uint8Array) => createHmac('sha256', key).update(`${tag}${campaign}\n`).update(leaf).digest();
  return {
    mark,
    isRight: (campaign, leaf, given) => given !== null && given.length === 32 && timingSafeEqual(mark(campaign, leaf), given),
    secret: () => (kept ? secret.toString('hex') : undefined),
  };
}

/** A key that lives as long as the process, the same for all that asks in it: for installations without a place on disk. */
export const passingMarks: Marks = marksOf(randomBytes(32), false);

/** The installation's marks, and whether it has said in each log from where on acts carry them. */
export interface KeptMarks {
  readonly marks: Marks;
  /** The key is new: acts that are stored already have no marks, and each log has to say so (see `beginMarks`). */
  readonly fresh: boolean;
  /** To be called once every log says so; until then the next start asks again. */
  begun(): void;
}

/**
 * Opens the installation's marking key `<dir>/mark.key`, beside the signing key, or makes one on the first start.
 *
 * `<dir>/mark.fresh` stands beside it until every log says from where on its acts carry marks. It is written first: a key without
 * it would let nothing be signed of what an earlier release stored.
 * @throws when the file does not hold a key
 */
export function fileMarks(dir: string): KeptMarks {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const path = join(dir, 'mark.key');
  const fresh = join(dir, 'mark.fresh');
  if (!existsSync(path)) {
    writeOnce(fresh, '');
    writeOnce(path, `${randomBytes(32).toString('hex')}\n`);
  }
  const text = readFileSync(path, 'utf8').trim();
  if (!/^[0-9a-f]{64}$/.test(text)) throw new Error(`${path} does not hold a key`);
  return {
    marks: marksOf(Buffer.from(text, 'hex'), true),
    fresh: existsSync(fresh),
    begun: () => rmSync(fresh, { force: true }),
  };
}

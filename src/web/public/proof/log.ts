import { publicPaths, type PublicWhere } from '../../../contract/paths/public.ts';
import { checkCheckpoint, checkConsistency } from '../../../../verifier/clearzero-verify.mjs';
import { crypto, hashes } from './crypto.ts';
import { Bad, type Report } from './report.ts';
import { printCount } from '../../../domain/publication/reading.ts';

/** A checkpoint whose signature was found good. */
export interface Seen {
  readonly key: string;
  readonly note: string;
  readonly size: number;
  readonly root: Uint8Array;
}

/** The text at an address; a release of this second is not in the log yet, so it is asked for again. */
export async function fetchText(path: string): Promise<string> {
  let r = await fetch(path, { credentials: 'omit', cache: 'no-store' });
  for (let again = 0; r.status === 503 && again < 2; again++) {
    await new Promise((done) => setTimeout(done, 1500));
    r = await fetch(path, { credentials: 'omit', cache: 'no-store' });
  }
  if (!r.ok) throw new Error(`${path}: ${r.status}`);
  return r.text();
}

export async function readCheckpoint(note: unknown, key: string): Promise<Seen | undefined> {
  if (typeof note !== 'string') return undefined;
  const c = await checkCheckpoint(crypto, note, key);
  return c.fault !== undefined || c.size === undefined || c.root === undefined ? undefined : { key, note, size: c.size, root: c.root };
}

/** The newest checkpoint, shown by the log to continue an older one; undefined when it does not. */
export async function follow(where: PublicWhere, older: Seen): Promise<Seen | undefined> {
  const answer = JSON.parse(await fetchText(publicPaths.consistency(where, older.size))) as { proof: unknown; checkpoint: unknown };
  const newest = await readCheckpoint(answer.checkpoint, older.key);
  if (newest === undefined) return undefined;
  return checkConsistency(crypto, older.size, older.root, newest.size, newest.root, hashes(answer.proof)) ? newest : undefined;
}

const same = (a: Seen, b: Seen) => a.size === b.size && a.root.every((x, i) => x === b.root[i]);

/** Whether two checkpoints are of one log: the newest continues both. */
export async function ofOneLog(where: PublicWhere, a: Seen, b: Seen): Promise<boolean> {
  if (a.size === b.size) return same(a, b);
  const [older, newer] = a.size < b.size ? [a, b] : [b, a];
  const newest = await follow(where, older);
  if (newest === undefined || newest.size < newer.size) return false;
  if (newest.size === newer.size) return same(newest, newer);
  const again = await follow(where, newer);
  return again !== undefined && (again.size !== newest.size || same(again, newest));
}

/** Signature of the newest checkpoint, and whether it continues what this browser saw before (a witness that costs nothing). */
export async function checkLog(report: Report, where: PublicWhere): Promise<Seen | undefined> {
  const w = report.words;
  const seen = await report.step(w.log.name, async () => {
    const text = await fetchText(publicPaths.log(where));
    const end = text.indexOf('\n\n');
    const key = text.slice(0, end).trim();
    const value = end < 0 ? undefined : await readCheckpoint(text.slice(end + 2), key);
    if (value === undefined) throw new Bad(w.log.bad);
    return { text: w.log.good(printCount(value.size), key), value };
  });
  if (seen === undefined) return undefined;
  return report.step(w.memory.name, async () => {
    const before = await remembered(where.slug);
    if (before === undefined) {
      remember(where.slug, seen);
      return { text: w.memory.first, state: 'not', value: seen };
    }
    if (before.key !== seen.key) throw new Bad(w.memory.key);
    if (seen.size < before.size || !(await ofOneLog(where, before, seen))) throw new Bad(w.memory.bad(printCount(before.size)));
    remember(where.slug, seen);
    return { text: w.memory.good(printCount(before.size)), value: seen };
  });
}

const place = (slug: string) => `clearzero.log.${slug}`;

async function remembered(slug: string): Promise<Seen | undefined> {
  try {
    const { key, note } = JSON.parse(localStorage.getItem(place(slug)) ?? '') as { key: string; note: string };
    return await readCheckpoint(note, key);
  } catch {
    // Nothing kept, or a browser that keeps nothing.
    return undefined;
  }
}

function remember(slug: string, { key, note }: Seen): void {
  try {
    localStorage.setItem(place(slug), JSON.stringify({ key, note }));
  } catch {
    // A browser that keeps nothing still checks everything else.
  }
}

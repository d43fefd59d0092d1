import type { z } from 'zod';
import type { evidence } from '../../../contract/evidence.ts';
import { maxBytesOf } from '../../../domain/evidence/limits.ts';
import { kindOfMime } from '../../../domain/evidence/media.ts';
import { formatWithOffset, instant } from '../../../domain/kernel/instant.ts';

export type Evidence = z.infer<typeof evidence>;

/** As much of a file as is told of it. */
export type TakenFile = Pick<File, 'name' | 'type' | 'size' | 'lastModified'>;

/** A file that was not taken, and why; the limit is in bytes. */
export type Untaken =
  | { readonly name: string; readonly why: 'tooLarge'; readonly limit: number }
  | { readonly name: string; readonly why: 'unreadable' };

export interface Taking<F extends TakenFile> {
  readonly utcOffsetMinutes: number;
  /** SHA-256 of the file, hexadecimal. */
  readonly fingerprint: (file: F) => Promise<string>;
  /** What is chosen at this moment: while one file is read others are chosen, and some are taken out again. */
  readonly chosen: () => readonly Evidence[];
  readonly choose: (next: readonly Evidence[]) => void;
  /** Is told of every file whose fingerprint is known, so that it can be uploaded. */
  readonly taken: (file: F, evidence: Evidence) => void;
}

const longestName = 200;

/**
 * Takes files as evidence: name, time, size and fingerprint of each, once, as soon as it is known.
 * @returns the files that were left out: too large for their kind, or not to be read (on a stick that is gone, changed since)
 */
export async function takeFiles<F extends TakenFile>(files: readonly F[], t: Taking<F>): Promise<Untaken[]> {
  const untaken: Untaken[] = [];
  for (const file of files) {
    const kind = kindOfMime(file.type);
    if (file.size > maxBytesOf[kind]) {
      untaken.push({ name: file.name, why: 'tooLarge', limit: maxBytesOf[kind] });
      continue;
    }
    const sha256 = await t.fingerprint(file).catch(() => null);
    if (sha256 === null) {
      untaken.push({ name: file.name, why: 'unreadable' });
      continue;
    }
    // Cut, but not within a character: half of one is no text, and a command that names it is refused.
    const name = file.name.slice(0, longestName).replace(/\p{Surrogate}$/u, '');
    const one = { sha256, kind, name, takenAt: formatWithOffset(instant(file.lastModified), t.utcOffsetMinutes), bytes: file.size };
    t.taken(file, one);
    if (!t.chosen().some((e) => e.sha256 === sha256)) t.choose([...t.chosen(), one]);
  }
  return untaken;
}

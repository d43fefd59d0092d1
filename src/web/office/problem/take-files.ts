import type { z } from 'zod';
import type { evidence } from '../../../contract/evidence.ts';
import { maxBytesOf } from '../../../domain/evidence/limits.ts';
import { kindOfMime } from '../../../domain/evidence/media.ts';
import { formatWithOffset, instant } from '../../../domain/kernel/instant.ts';

export type Evidence = z.infer<typeof evidence>;

/** As much of a file as is told of it. */
export type TakenFile = Pick<File, 'name' | 'type' | 'size' | 'lastModified'>;

/** A file that was not taken, and why; the limit is in bytes. */
export interface Untaken {
  readonly name: string;
  readonly limit: number;
}

export interface Taking<F extends TakenFile> {
  readonly utcOffsetMinutes: number;
  /** SHA-256 of the file, hexadecimal. */
  readonly fingerprint: (file: F) => Promise<string>;
  /** What is chosen already. */
  readonly chosen: () => readonly Evidence[];
  readonly choose: (next: readonly Evidence[]) => void;
  /** Is told of every file whose fingerprint is known, so that it can be uploaded. */
  readonly taken: (file: F, evidence: Evidence) => void;
}

/** Takes files as evidence: name, time, size and fingerprint of each, once; what is too large for its kind is left out. */
export async function takeFiles<F extends TakenFile>(files: readonly F[], t: Taking<F>): Promise<Untaken[]> {
  const untaken: Untaken[] = [];
  const added: Evidence[] = [];
  for (const file of files) {
    const kind = kindOfMime(file.type);
    if (file.size > maxBytesOf[kind]) {
      untaken.push({ name: file.name, limit: maxBytesOf[kind] });
      continue;
    }
    const sha256 = await t.fingerprint(file);
    const name = file.name.slice(0, 200);
    const one = { sha256, kind, name, takenAt: formatWithOffset(instant(file.lastModified), t.utcOffsetMinutes), bytes: file.size };
    t.taken(file, one);
    if ([...t.chosen(), ...added].some((e) => e.sha256 === sha256)) continue;
    added.push(one);
  }
  t.choose([...t.chosen(), ...added]);
  return untaken;
}

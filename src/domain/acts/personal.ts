import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Act, ActKind } from './act.ts';
import type { Payloads } from './payloads.ts';

/**
 * A person's name as it stands in an act: a salted commitment instead of the name (个人信息承诺值).
 *
 * The name and its salt are kept beside the acts and may be deleted (Personal Information Protection Law, art. 47); the act, its
 * leaf hash and every proof stay what they were. Without the salt nobody can try names out.
 */
export type Sealed = string;

const prefix = 'sealed:';

/** Commitment to a personal text: SHA-256 over a tag, 32 random bytes and the text, behind `sealed:`. */
export function commitment(salt: Uint8Array, value: string): Sealed {
  return `${prefix}${bytesToHex(sha256(concatBytes(utf8ToBytes('clearzero personal 1\n'), salt, utf8ToBytes(value))))}`;
}

/** The commitment's 64 hexadecimal digits; undefined when the text is not sealed. */
export function sealedHash(text: string): string | undefined {
  return /^sealed:([0-9a-f]{64})$/.exec(text)?.[1];
}

/** Makes the commitment of a text that says something about a person. `subject` is the person's id where it is known, else ''. */
export type Seal = (value: string, subject: string) => Sealed;

type TextField<K extends ActKind> = keyof Payloads[K] & string;

/** Members of payloads that name natural persons: a text, or a list of them. */
const personal: { readonly [K in ActKind]?: readonly TextField<K>[] } = {
  TeamFormed: ['members'],
  InspectionCompleted: ['officers'],
  ProblemAssigned: ['person'],
  LetterReceived: ['by'],
};

/** Applies a change to every personal text of an act; the act itself when nothing changes. */
export function mapPersonal(act: Act, change: (value: string, subject: string) => string): Act {
  const name = change(act.actor.name, act.actor.id);
  const fields = personal[act.kind];
  const actor = name === act.actor.name ? act.actor : { ...act.actor, name };
  if (fields === undefined) return actor === act.actor ? act : { ...act, actor };
  const payload: Record<string, unknown> = { ...act.payload };
  for (const field of fields as readonly string[]) {
    const value = payload[field];
    if (typeof value === 'string') payload[field] = change(value, '');
    else if (Array.isArray(value)) payload[field] = value.map((v) => change(String(v), ''));
  }
  return { ...act, actor, payload } as Act;
}

/** Personal texts of an act, with whom they are about where that is known. */
export function personalTexts(act: Act): { value: string; subject: string }[] {
  const out: { value: string; subject: string }[] = [];
  mapPersonal(act, (value, subject) => {
    out.push({ value, subject });
    return value;
  });
  return out;
}

/** The act with its personal texts sealed. Empty texts name nobody; what is sealed already stays. */
export function sealAct(act: Act, seal: Seal): Act {
  return mapPersonal(act, (value, subject) => (value === '' || sealedHash(value) !== undefined ? value : seal(value, subject)));
}

/**
 * Salts of invented persons: a generated campaign gives the same acts on every machine, so its salts come from the names.
 * Only for campaigns marked synthetic.
 */
export function syntheticSalt(campaign: string, value: string, subject: string): Uint8Array {
  return sha256(utf8ToBytes(`clearzero synthetic salt\n${campaign}\n${subject}\n${value}`));
}

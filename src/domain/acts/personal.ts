import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Act, ActorRef } from './act.ts';
import type { Personal } from './sealed.ts';
import { personalFields } from './streams.ts';

/** Version of payloads whose personal members are texts that begin with `sealed:`; later ones hold `Sealed`. */
const textsUntil = 1;
/** Version that sealing writes. */
const sealedSchema = 2;

/** Commitment to a personal text: SHA-256 over a tag, 32 random bytes and the text, as 64 hexadecimal digits. */
export function commitment(salt: Uint8Array, value: string): string {
  return bytesToHex(sha256(concatBytes(utf8ToBytes('clearzero personal 1\n'), salt, utf8ToBytes(value))));
}

const prefix = 'sealed:';

/**
 * The commitment in a text of the old form, behind `sealed:`; undefined for any other text. The actor's name of a stored act has this
 * form in every version: there it is always a commitment or empty, and what is written is checked for it.
 */
export function sealedHash(text: string): string | undefined {
  return /^sealed:([0-9a-f]{64})$/.exec(text)?.[1];
}

/** The actor's name of a stored act that commits to this. */
export function sealedName(hash: string): string {
  return `${prefix}${hash}`;
}

/** Makes the commitment of a text that says something about a person. `subject` is the person's id where it is known, else ''. */
export type Seal = (value: string, subject: string) => string;

/** Applies a change to every member of an act's payload that names a person; the same payload when it has none. */
function mapFields(act: Act, change: (value: Personal) => Personal): Act['payload'] {
  const fields: readonly string[] | undefined = personalFields[act.kind];
  if (fields === undefined) return act.payload;
  const payload: Record<string, unknown> = { ...act.payload };
  for (const field of fields) {
    const value = payload[field] as Personal | readonly Personal[] | undefined;
    if (value !== undefined) payload[field] = Array.isArray(value) ? value.map(change) : change(value as Personal);
  }
  return payload as unknown as Act['payload'];
}

/** Personal texts of an act that is not sealed yet, with whom they are about where that is known. */
export function personalTexts(act: Act): { value: string; subject: string }[] {
  const out = [{ value: act.actor.name, subject: act.actor.id }];
  mapFields(act, (value) => {
    if (typeof value === 'string') out.push({ value, subject: '' });
    return value;
  });
  return out;
}

/** The commitment that stands for a person in a member of a stored act; undefined when it is a text, whatever it looks like. */
function hashIn(value: Personal, schema: number): string | undefined {
  if (typeof value !== 'string') return value.sealed;
  return schema <= textsUntil ? sealedHash(value) : undefined;
}

/** Every commitment in a stored act. */
export function commitmentsIn(act: Act): string[] {
  const out = [sealedHash(act.actor.name)];
  mapFields(act, (value) => {
    out.push(hashIn(value, act.schema));
    return value;
  });
  return out.filter((hash) => hash !== undefined);
}

/**
 * A stored act as it is shown: texts instead of commitments.
 * @param name  the text behind a commitment
 */
export function openAct(act: Act, name: (hash: string) => string): Act {
  const open = (value: Personal) => {
    const hash = hashIn(value, act.schema);
    return hash === undefined ? value : name(hash);
  };
  return { ...act, actor: openActor(act.actor, name), payload: mapFields(act, open) } as Act;
}

/** A member of an act that was opened. */
export function textOf(value: Personal): string {
  return typeof value === 'string' ? value : '';
}

/** The actor of a stored act, as shown. */
export function openActor(actor: ActorRef, name: (hash: string) => string): ActorRef {
  const hash = sealedHash(actor.name);
  return hash === undefined ? actor : { ...actor, name: name(hash) };
}

/** The actor with a commitment for its name. An empty name names nobody. */
export function sealActor(actor: ActorRef, seal: Seal): ActorRef {
  return actor.name === '' ? actor : { ...actor, name: sealedName(seal(actor.name, actor.id)) };
}

/** The act with its personal members sealed, whatever their texts look like. Its actor is sealed apart (see `sealActor`). */
export function sealPayload(act: Act, seal: Seal): Act {
  if (personalFields[act.kind] === undefined) return act;
  const payload = mapFields(act, (value) => (typeof value !== 'string' || value === '' ? value : { sealed: seal(value, '') }));
  return { ...act, schema: sealedSchema, payload } as Act;
}

/** Whether nothing in an act names a person bare: what is stored for ever holds commitments only. */
export function isSealed(act: Act): boolean {
  if (act.actor.name !== '' && sealedHash(act.actor.name) === undefined) return false;
  let bare = false;
  mapFields(act, (value) => {
    if (typeof value === 'string' ? value !== '' : !/^[0-9a-f]{64}$/.test(value.sealed)) bare = true;
    return value;
  });
  return !bare;
}

/**
 * Salts of invented persons: a generated campaign gives the same acts on every machine, so its salts come from the names.
 * Only for campaigns marked synthetic.
 */
export function syntheticSalt(campaign: string, value: string, subject: string): Uint8Array {
  return sha256(utf8ToBytes(`clearzero synthetic salt\n${campaign}\n${subject}\n${value}`));
}

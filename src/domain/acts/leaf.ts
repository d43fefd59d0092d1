import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import canonicalize from 'canonicalize';
import { formatInstant } from '../kernel/instant.ts';
import type { Act, ActorRef } from './act.ts';

/** Canonical JSON (RFC 8785) of a value; throws for what JSON cannot hold (NaN, functions, lone surrogates). */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new Error('value has no JSON form');
  return text;
}

/** Bytes an entry of the log may have (its length is two bytes in a bundle, C2SP tlog-tiles). */
export const longestEntry = 0xffff;

/** The canonical text of an act: everything in it, instants as ISO 8601 UTC; what the leaf hash is taken over. */
export function leafText(act: Act): string {
  return leafTextOf(act, canonicalJson(act.payload));
}

/**
 * The same, with the payload already canonical. Members stand in the order RFC 8785 asks for (by name).
 * Only the strings that may need escaping go through JSON. A payload that would make the entry longer than the log takes stands in
 * it by its own hash, under the member `payloadDigest` instead of `payload`.
 */
export function leafTextOf(act: Act, payload: string): string {
  const whole = textWith(act, `"payload":${payload}`);
  // A character has three bytes at most.
  return whole.length * 3 <= longestEntry || utf8ToBytes(whole).length <= longestEntry ? whole : textWith(act, payloadDigest(payload));
}

function textWith(act: Act, payload: string): string {
  const actor = actorText(act.actor);
  return (
    `{"actor":${actor},"campaign":${JSON.stringify(act.campaign)},"happenedAt":"${formatInstant(act.happenedAt)}",` +
    `"id":"${act.id}","kind":"${act.kind}",${payload},"recordedAt":"${formatInstant(act.recordedAt)}",` +
    `"schema":${act.schema},"seq":${act.seq},"stream":"${act.stream}","streamId":"${act.streamId}"}`
  );
}

function payloadDigest(payload: string): string {
  const bytes = utf8ToBytes(payload);
  return `"payloadDigest":{"bytes":${bytes.length},"sha256":"${bytesToHex(sha256(bytes))}"}`;
}

/** Texts of actors: whoever acts often is the same object often. */
const actorTexts = new WeakMap<ActorRef, string>();

function actorText(actor: ActorRef): string {
  let text = actorTexts.get(actor);
  if (text === undefined) {
    text = canonicalJson({ id: actor.id, name: actor.name, org: actor.org });
    actorTexts.set(actor, text);
  }
  return text;
}

/**
 * Leaf hash of an act: SHA-256 over 0x00 and the canonical text, as RFC 6962 hashes a leaf.
 * @returns 64 hexadecimal digits
 */
export function leafHash(act: Act): string {
  const text = utf8ToBytes(leafText(act));
  const bytes = new Uint8Array(text.length + 1);
  bytes.set(text, 1);
  return bytesToHex(sha256(bytes));
}

import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { base64, fromBase64 } from '../kernel/base64.ts';

/** Kinds of keys in signed notes: a log's own, and a witness that says when it saw a checkpoint (C2SP signed-note, tlog-cosignature). */
export const algorithms = { ed25519: 1, cosignature: 4 } as const;

/** A public key with its name, as `name+hash+key`. */
export interface VerifierKey {
  readonly name: string;
  readonly algorithm: number;
  readonly key: Uint8Array;
  /** First four bytes of SHA-256(name || 0x0A || algorithm || key). */
  readonly id: Uint8Array;
}

export interface NoteSignature {
  readonly name: string;
  readonly id: Uint8Array;
  readonly bytes: Uint8Array;
}

export interface Note {
  /** What is signed, its last newline included. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** A checkpoint: which log, how many entries, the root over them (C2SP tlog-checkpoint). */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
}

export function verifierKey(name: string, algorithm: number, key: Uint8Array): VerifierKey {
  const id = sha256(concatBytes(utf8ToBytes(`${name}\n`), Uint8Array.of(algorithm), key)).slice(0, 4);
  return { name, algorithm, key, id };
}

export function printVerifierKey(k: VerifierKey): string {
  const id = [...k.id].map((b) => b.toString(16).padStart(2, '0')).join('');
  return `${k.name}+${id}+${base64(concatBytes(Uint8Array.of(k.algorithm), k.key))}`;
}

/** Reads `name+hash+key`; undefined when malformed or when the hash is not the key's. */
export function parseVerifierKey(text: string): VerifierKey | undefined {
  const [, name, id, body] = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text.trim()) ?? [];
  const bytes = body === undefined ? undefined : fromBase64(body);
  if (name === undefined || bytes === undefined || bytes.length !== 33) return undefined;
  const key = verifierKey(name, bytes[0] as number, bytes.slice(1));
  return printVerifierKey(key) === `${name}+${id}+${body}` ? key : undefined;
}

export function signatureLine(name: string, id: Uint8Array, signature: Uint8Array): string {
  return `— ${name} ${base64(concatBytes(id, signature))}\n`;
}

/** Reads a signed note; undefined when it is not one. */
export function parseNote(text: string): Note | undefined {
  const end = text.lastIndexOf('\n\n');
  if (end < 0 || !text.endsWith('\n')) return undefined;
  const signatures: NoteSignature[] = [];
  const lines = text.slice(end + 2, -1).split('\n');
  for (const line of lines) {
    const [, name, body] = /^— (\S+) ([A-Za-z0-9+/=]+)$/.exec(line) ?? [];
    const bytes = body === undefined ? undefined : fromBase64(body);
    if (name === undefined || bytes === undefined || bytes.length < 5) return undefined;
    signatures.push({ name, id: bytes.slice(0, 4), bytes: bytes.slice(4) });
  }
  return signatures.length === 0 || lines.length > 100 ? undefined : { text: text.slice(0, end + 1), signatures };
}

export function checkpointText(c: Checkpoint): string {
  return `${c.origin}\n${c.size}\n${base64(c.root)}\n`;
}

/** Reads the body of a checkpoint; further lines are allowed and ignored. */
export function parseCheckpoint(text: string): Checkpoint | undefined {
  const [origin, size, root] = text.split('\n');
  if (origin === undefined || origin === '' || size === undefined || !/^(0|[1-9]\d{0,15})$/.test(size)) return undefined;
  const bytes = root === undefined ? undefined : fromBase64(root);
  return bytes?.length === 32 && text.endsWith('\n') ? { origin, size: Number(size), root: bytes } : undefined;
}

/** What a witness signs over a checkpoint's text (C2SP tlog-cosignature, Ed25519). */
export function cosignedText(text: string, seconds: number): string {
  return `cosignature/v1\ntime ${seconds}\n${text}`;
}

/** The time and the signature in a cosignature: eight bytes of seconds, big-endian, then 64 of Ed25519. */
export function splitCosignature(bytes: Uint8Array): { seconds: number; signature: Uint8Array } | undefined {
  if (bytes.length !== 72) return undefined;
  const seconds = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0);
  return seconds > BigInt(Number.MAX_SAFE_INTEGER) ? undefined : { seconds: Number(seconds), signature: bytes.slice(8) };
}

import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

function prefixed(prefix: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(1 + parts.reduce((n, p) => n + p.length, 0));
  bytes[0] = prefix;
  let at = 1;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return sha256(bytes);
}

/**
 * Merkle root over the ids of the records a figure counts (记录根).
 *
 * Ids are sorted as text, each once; leaves are SHA-256 of 0x00 and the id in UTF-8, nodes of 0x01 and both children.
 * @returns 64 hexadecimal digits; SHA-256 of nothing when there are no records
 * @source  RFC 6962, section 2.1
 */
export function recordsRoot(ids: readonly string[]): string {
  const leaves = [...new Set(ids)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)).map((id) => prefixed(0, utf8ToBytes(id)));
  return bytesToHex(rootOf(leaves));
}

function rootOf(leaves: readonly Uint8Array[]): Uint8Array {
  const first = leaves[0];
  if (first === undefined) return sha256(new Uint8Array());
  if (leaves.length === 1) return first;
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return prefixed(1, rootOf(leaves.slice(0, split)), rootOf(leaves.slice(split)));
}

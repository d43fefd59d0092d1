import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { leafOf, rootOfHashes } from '../log/merkle.ts';

/**
 * Merkle root over the ids of the records a figure counts (记录根).
 *
 * Ids are sorted as text, each once; leaves are SHA-256 of 0x00 and the id in UTF-8, nodes of 0x01 and both children.
 * @returns 64 hexadecimal digits; SHA-256 of nothing when there are no records
 * @source  RFC 6962, section 2.1
 */
export function recordsRoot(ids: readonly string[]): string {
  const sorted = [...new Set(ids)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return bytesToHex(rootOfHashes(sorted.map((id) => leafOf(utf8ToBytes(id)))));
}

import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/**
 * Id of the stream in which the custody of an object is kept: one per object and campaign.
 * @returns a UUIDv8 made of SHA-256 over the campaign's slug followed by the object's hash
 */
export function evidenceStreamId(campaign: string, hash: string): string {
  const bytes = sha256(utf8ToBytes(campaign + hash)).slice(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytesToHex(bytes);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

import { bytesToHex } from '@noble/hashes/utils.js';

/**
 * A UUID made of a hash, so that the same thing always gets the same one (RFC 9562, version 8).
 * @param digest  at least 16 bytes
 */
export function uuidFrom(digest: Uint8Array): string {
  const bytes = Uint8Array.from(digest.subarray(0, 16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytesToHex(bytes);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

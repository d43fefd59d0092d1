import { createHash } from 'node:crypto';

/**
 * An id made of names: the same names give the same id, so that importing again finds what is there.
 * @returns a UUID of version 8 over SHA-256
 */
export function idOf(...names: readonly string[]): string {
  const bytes = createHash('sha256').update(JSON.stringify(names), 'utf8').digest().subarray(0, 16);
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

export const recordId = (campaign: string, register: string, key: string) => idOf('record', campaign, register, key);

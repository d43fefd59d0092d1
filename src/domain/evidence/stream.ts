import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { uuidFrom } from '../kernel/uuid.ts';

/**
 * Id of the stream in which the custody of an object is kept: one per object and campaign.
 * @returns a UUIDv8 made of SHA-256 over the campaign's slug followed by the object's hash
 */
export function evidenceStreamId(campaign: string, hash: string): string {
  return uuidFrom(sha256(utf8ToBytes(campaign + hash)));
}

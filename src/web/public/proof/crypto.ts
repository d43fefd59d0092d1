import { ed25519 } from '@noble/curves/ed25519.js';
import { sha256 } from '@noble/hashes/sha2.js';
import type { VerifierCrypto } from '../../../../verifier/clearzero-verify.mjs';

/** The cryptography the verifier asks for. Not the browser's own: that one is missing on plain HTTP, and Ed25519 in older ones. */
export const crypto: VerifierCrypto = {
  sha256,
  ed25519: (key, message, signature) => {
    try {
      return ed25519.verify(signature, message, key);
    } catch {
      return false;
    }
  },
};

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
export const hex = (bytes: Uint8Array): string => Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
export const sha256Hex = (bytes: Uint8Array): string => hex(sha256(bytes));

/** Hashes of a proof; one that cannot be read fits nothing. */
export function hashes(list: unknown): Uint8Array[] {
  if (!Array.isArray(list)) return [];
  return list.map((x) => {
    try {
      return Uint8Array.from(atob(String(x)), (c) => c.charCodeAt(0));
    } catch {
      return new Uint8Array();
    }
  });
}

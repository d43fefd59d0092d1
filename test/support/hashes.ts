import { createHash, generateKeyPairSync, sign } from 'node:crypto';

/** SHA-256 over some parts, by the runtime: not the code that is tested. */
export function sha256Of(...parts: Uint8Array[]): Buffer {
  const h = createHash('sha256');
  for (const part of parts) h.update(part);
  return h.digest();
}

/** A fresh Ed25519 key: its 32 public bytes, and what signs with it. */
export function freshKey(): { readonly raw: Uint8Array; sign(text: string): Uint8Array } {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = new Uint8Array((publicKey.export({ type: 'spki', format: 'der' }) as Buffer).subarray(12));
  return { raw, sign: (text) => sign(null, Buffer.from(text), privateKey) };
}

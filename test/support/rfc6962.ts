import { createHash } from 'node:crypto';

const sha = (...parts: Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest();

/** The Merkle tree hash of some texts once more, from the definition in RFC 6962, section 2.1. */
export function rfc6962Root(leaves: readonly string[]): string {
  const root = (list: readonly Buffer[]): Buffer => {
    if (list.length === 0) return sha();
    if (list.length === 1) return list[0] as Buffer;
    const k = 2 ** Math.ceil(Math.log2(list.length) - 1);
    return sha(Buffer.from([1]), root(list.slice(0, k)), root(list.slice(k)));
  };
  return root(leaves.map((leaf) => sha(Buffer.from([0]), Buffer.from(leaf)))).toString('hex');
}

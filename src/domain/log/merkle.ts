import { sha256 } from '@noble/hashes/sha2.js';

/** SHA-256 of some bytes; handed in where a faster one is at hand. */
export type Hash = (data: Uint8Array) => Uint8Array;

const pure: Hash = (data) => sha256(data);

/** Root of a log without entries: the hash of nothing (RFC 6962, 2.1). */
export const emptyRoot: Uint8Array = sha256(new Uint8Array(0));

/** Hash of an entry as a leaf: SHA-256(0x00 || entry). */
export function leafOf(entry: Uint8Array, hash: Hash = pure): Uint8Array {
  const bytes = new Uint8Array(entry.length + 1);
  bytes.set(entry, 1);
  return hash(bytes);
}

/** Hash of an inner node: SHA-256(0x01 || left || right). */
export function nodeOf(left: Uint8Array, right: Uint8Array, hash: Hash = pure): Uint8Array {
  const bytes = new Uint8Array(65);
  bytes[0] = 1;
  bytes.set(left, 1);
  bytes.set(right, 33);
  return hash(bytes);
}

/** Root over hashes of neighbouring subtrees of equal size (a power of two of them, or fewer at the right edge). */
export function rootOfHashes(hashes: readonly Uint8Array[], hash: Hash = pure): Uint8Array {
  const [only] = hashes;
  if (only === undefined) return emptyRoot;
  if (hashes.length === 1) return only;
  const k = splitBefore(hashes.length);
  return nodeOf(rootOfHashes(hashes.slice(0, k), hash), rootOfHashes(hashes.slice(k), hash), hash);
}

/** The largest power of two below n (n > 1): where RFC 6962 splits a list of n. */
export function splitBefore(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

/** Hashes of complete subtrees: 2^height leaves, the index-th of that height. */
export type NodeSource = (height: number, index: number) => Promise<Uint8Array>;

/** Complete subtrees that together hold the leaves [from, to), from left to right. `from` is a multiple of their sizes where it must be. */
function covering(from: number, to: number): { height: number; index: number }[] {
  const out: { height: number; index: number }[] = [];
  let at = from;
  while (at < to) {
    let height = 0;
    while (at % 2 ** (height + 1) === 0 && at + 2 ** (height + 1) <= to) height++;
    out.push({ height, index: at / 2 ** height });
    at += 2 ** height;
  }
  return out;
}

/** Root over the leaves [from, to), where `from` is where RFC 6962 would begin such a subtree. */
async function rangeRoot(nodes: NodeSource, from: number, to: number, hash: Hash): Promise<Uint8Array> {
  const parts = await Promise.all(covering(from, to).map((p) => nodes(p.height, p.index)));
  let root = parts.pop();
  if (root === undefined) return emptyRoot;
  for (let left = parts.pop(); left !== undefined; left = parts.pop()) root = nodeOf(left, root, hash);
  return root;
}

/** Root of the log when it had `size` entries. */
export function rootAt(nodes: NodeSource, size: number, hash: Hash = pure): Promise<Uint8Array> {
  return rangeRoot(nodes, 0, size, hash);
}

/**
 * Inclusion proof of an entry in a log of `size` entries (RFC 6962, 2.1.1): at most 63 hashes, from the leaf's sibling upwards.
 * @throws RangeError when there is no such entry
 */
export async function inclusionProof(nodes: NodeSource, index: number, size: number, hash: Hash = pure): Promise<Uint8Array[]> {
  if (index < 0 || index >= size) throw new RangeError(`entry ${index} is not in a log of ${size}`);
  const path = async (from: number, to: number): Promise<Uint8Array[]> => {
    if (to - from <= 1) return [];
    const middle = from + splitBefore(to - from);
    return index < middle
      ? [...(await path(from, middle)), await rangeRoot(nodes, middle, to, hash)]
      : [...(await path(middle, to)), await rangeRoot(nodes, from, middle, hash)];
  };
  return path(0, size);
}

/**
 * Consistency proof between two sizes of a log (RFC 6962, 2.1.2); empty when the older is empty or they are equal.
 * @throws RangeError when the older size is the larger
 */
export async function consistencyProof(nodes: NodeSource, from: number, to: number, hash: Hash = pure): Promise<Uint8Array[]> {
  if (from < 0 || from > to) throw new RangeError(`${from} is not an older size than ${to}`);
  if (from === 0 || from === to) return [];
  const sub = async (m: number, start: number, end: number, whole: boolean): Promise<Uint8Array[]> => {
    const n = end - start;
    if (m === n) return whole ? [] : [await rangeRoot(nodes, start, end, hash)];
    const k = splitBefore(n);
    return m <= k
      ? [...(await sub(m, start, start + k, whole)), await rangeRoot(nodes, start + k, end, hash)]
      : [...(await sub(m - k, start + k, end, false)), await rangeRoot(nodes, start, start + k, hash)];
  };
  return sub(from, 0, to, true);
}

/** Whether a proof shows that a leaf stands at an index of the log with this size and root (RFC 9162, 2.1.3.2). */
export function includes(leaf: Uint8Array, index: number, size: number, proof: readonly Uint8Array[], root: Uint8Array): boolean {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) return false;
  let fn = index;
  let sn = size - 1;
  let r = leaf;
  for (const p of proof) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      r = nodeOf(p, r);
      while (fn % 2 === 0 && fn !== 0) {
        fn = Math.floor(fn / 2);
        sn = Math.floor(sn / 2);
      }
    } else r = nodeOf(r, p);
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  return sn === 0 && same(r, root);
}

/** Whether a proof shows that the log of the older size and root is a beginning of the newer (RFC 9162, 2.1.4.2). */
export function consistent(
  older: { readonly size: number; readonly root: Uint8Array },
  newer: { readonly size: number; readonly root: Uint8Array },
  proof: readonly Uint8Array[],
): boolean {
  if (older.size > newer.size || older.size < 0) return false;
  if (older.size === newer.size) return proof.length === 0 && same(older.root, newer.root);
  if (older.size === 0) return proof.length === 0 && same(older.root, emptyRoot);
  const path = isPowerOfTwo(older.size) ? [older.root, ...proof] : [...proof];
  const first = path.shift();
  if (first === undefined) return false;
  let fn = older.size - 1;
  let sn = newer.size - 1;
  while (fn % 2 === 1) {
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  let fr = first;
  let sr = first;
  for (const c of path) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      fr = nodeOf(c, fr);
      sr = nodeOf(c, sr);
      while (fn % 2 === 0 && fn !== 0) {
        fn = Math.floor(fn / 2);
        sn = Math.floor(sn / 2);
      }
    } else sr = nodeOf(sr, c);
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  return sn === 0 && same(fr, older.root) && same(sr, newer.root);
}

function isPowerOfTwo(n: number): boolean {
  while (n > 1 && n % 2 === 0) n /= 2;
  return n === 1;
}

export function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((x, i) => x === b[i]);
}

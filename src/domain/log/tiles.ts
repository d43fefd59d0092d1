import { nodeOf, rootOfHashes, type Hash } from './merkle.ts';

/** Hashes a full tile holds (C2SP tlog-tiles). */
export const tileWidth = 256;
/** Levels of the tree that one level of tiles spans. */
export const tileHeight = 8;

/** A full tile: at level L the n-th run of 256 hashes of subtrees with 2^(8L) leaves. */
export interface Tile {
  readonly level: number;
  readonly n: number;
  readonly hashes: readonly Uint8Array[];
}

/**
 * The right edge of a log: at every level of tiles the hashes that do not fill one yet.
 *
 * Grows by one leaf hash at a time and hands out each tile at the moment it is full. Knows the root of what it holds.
 */
export class Edge {
  private readonly levels: Uint8Array[][];
  private readonly hash: Hash;
  size: number;

  /** @param levels  hashes of the unfilled tiles, from level 0 up */
  constructor(hash: Hash, size = 0, levels: readonly (readonly Uint8Array[])[] = []) {
    this.hash = hash;
    this.size = size;
    this.levels = levels.map((list) => [...list]);
  }

  /** Appends a leaf hash; returns the tiles that are full now, from level 0 up. */
  push(leaf: Uint8Array): Tile[] {
    const full: Tile[] = [];
    this.size++;
    let carry: Uint8Array | undefined = leaf;
    for (let level = 0; carry !== undefined; level++) {
      const list = (this.levels[level] ??= []);
      list.push(carry);
      carry = undefined;
      if (list.length === tileWidth) {
        full.push({ level, n: this.size / tileWidth ** (level + 1) - 1, hashes: [...list] });
        carry = rootOfHashes(list, this.hash);
        list.length = 0;
      }
    }
    return full;
  }

  /** Root over everything appended. */
  root(): Uint8Array {
    const parts = this.levels.toReversed().flatMap((list) => complete(list, this.hash));
    let root = parts.pop();
    if (root === undefined) return rootOfHashes([], this.hash);
    for (let left = parts.pop(); left !== undefined; left = parts.pop()) root = nodeOf(left, root, this.hash);
    return root;
  }

  /** Hashes of the unfilled tile of a level. */
  partial(level: number): readonly Uint8Array[] {
    return this.levels[level] ?? [];
  }
}

/** Roots of the largest complete subtrees over a list, from left to right. */
function complete(list: readonly Uint8Array[], hash: Hash): Uint8Array[] {
  const out: Uint8Array[] = [];
  let at = 0;
  for (let width = tileWidth / 2; width >= 1; width /= 2) {
    if (list.length - at >= width) {
      out.push(rootOfHashes(list.slice(at, at + width), hash));
      at += width;
    }
  }
  return out;
}

/** How many hashes the n-th tile of a level holds in a log of this size; 0 when there is none. */
export function tileFill(level: number, n: number, size: number): number {
  const hashes = Math.floor(size / tileWidth ** level);
  return Math.max(0, Math.min(tileWidth, hashes - n * tileWidth));
}

/** A tile's number as path elements: 1234067 is `x001/x234/067` (C2SP tlog-tiles). */
export function tilePath(n: number): string {
  let out = String(n % 1000).padStart(3, '0');
  for (let rest = Math.floor(n / 1000); rest > 0; rest = Math.floor(rest / 1000)) out = `x${String(rest % 1000).padStart(3, '0')}/${out}`;
  return out;
}

/** The number in such a path; undefined when it is written in any other way. */
export function parseTilePath(path: string): number | undefined {
  if (!/^(x\d{3}\/){0,4}\d{3}$/.test(path)) return undefined;
  const n = Number(path.replaceAll(/[x/]/g, ''));
  return tilePath(n) === path ? n : undefined;
}

/** Address of a tile, or of a bundle of entries (`level` is 'entries'), in a log of this size. */
export function tileAddress(level: number | 'entries', n: number, fill: number): string {
  return `tile/${level}/${tilePath(n)}${fill < tileWidth ? `.p/${fill}` : ''}`;
}

/** Entries as a bundle: each behind its length as two bytes, big-endian. */
export function packEntries(entries: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(entries.reduce((n, e) => n + 2 + e.length, 0));
  let at = 0;
  for (const entry of entries) {
    if (entry.length > 0xffff) throw new RangeError(`an entry of ${entry.length} bytes does not fit into a bundle`);
    out[at] = entry.length >> 8;
    out[at + 1] = entry.length & 0xff;
    out.set(entry, at + 2);
    at += 2 + entry.length;
  }
  return out;
}

/** The entries of a bundle; undefined when its lengths do not add up. */
export function unpackEntries(bundle: Uint8Array): Uint8Array[] | undefined {
  const out: Uint8Array[] = [];
  let at = 0;
  while (at < bundle.length) {
    if (at + 2 > bundle.length) return undefined;
    const length = ((bundle[at] as number) << 8) | (bundle[at + 1] as number);
    if (at + 2 + length > bundle.length) return undefined;
    out.push(bundle.subarray(at + 2, at + 2 + length));
    at += 2 + length;
  }
  return out;
}

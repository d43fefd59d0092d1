import { rootOfHashes, type NodeSource } from '../../domain/log/merkle.ts';
import { tileHeight, tileWidth } from '../../domain/log/tiles.ts';
import type { Tx } from '../database.ts';
import { entriesAfter, fastHash, findTile, tileEnd, type LogHead } from './head.ts';

/** Roots of full tiles by database: they never change, and a proof needs many of the last ones. */
const tileRoots = new WeakMap<object, Map<string, Uint8Array>>();
const mostRoots = 200_000;

function rootsOf(tx: Tx): Map<string, Uint8Array> {
  let roots = tileRoots.get(tx);
  if (roots === undefined || roots.size > mostRoots) {
    roots = new Map();
    tileRoots.set(tx, roots);
  }
  return roots;
}

/**
 * Hashes of complete subtrees of a log, from its tiles and, right of the last full tile, from its acts. Reads a tile once.
 * @param head  the log as far as it may be looked at
 */
export function nodesOf(tx: Tx, campaignId: number, head: LogHead): NodeSource {
  const tiles = new Map<string, Promise<readonly Uint8Array[]>>();
  const roots = rootsOf(tx);
  const root = async (level: number, n: number): Promise<Uint8Array> => {
    const key = `${campaignId}/${level}/${n}`;
    let known = roots.get(key);
    if (known === undefined) {
      known = rootOfHashes(await tile(level, n), fastHash);
      roots.set(key, known);
    }
    return known;
  };
  const tile = (level: number, n: number): Promise<readonly Uint8Array[]> => {
    const key = `${level}/${n}`;
    const known = tiles.get(key) ?? readTile(tx, campaignId, head, level, n, root);
    tiles.set(key, known);
    return known;
  };
  return async (height, index) => {
    const level = Math.floor(height / tileHeight);
    const width = 2 ** (height % tileHeight);
    const from = index * width;
    const hashes = await tile(level, Math.floor(from / tileWidth));
    const part = hashes.slice(from % tileWidth, (from % tileWidth) + width);
    if (part.length !== width) throw new RangeError(`the log has no subtree ${index} of height ${height}`);
    return rootOfHashes(part, fastHash);
  };
}

/** Hashes of a tile as far as the log fills it. */
export async function readTile(
  tx: Tx,
  campaignId: number,
  head: LogHead,
  level: number,
  n: number,
  below: (level: number, n: number) => Promise<Uint8Array> = async (l, m) =>
    rootOfHashes(await readTile(tx, campaignId, head, l, m), fastHash),
): Promise<readonly Uint8Array[]> {
  const fill = Math.min(tileWidth, Math.floor(head.size / tileWidth ** level) - n * tileWidth);
  if (fill <= 0) return [];
  if (fill === tileWidth) {
    const full = await findTile(tx, campaignId, level, n);
    if (full === undefined) throw new Error(`tile ${level}/${n} of the log is missing`);
    return full;
  }
  if (level === 0) {
    const entries = await entriesAfter(tx, campaignId, await tileEnd(tx, campaignId, n - 1), head.last.enteredAt, fill);
    return entries.map((e) => e.leaf);
  }
  const out: Uint8Array[] = [];
  for (let i = 0; i < fill; i++) out.push(await below(level - 1, n * tileWidth + i));
  return out;
}

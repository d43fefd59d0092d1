import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sha256Of as sha } from '../../../test/support/hashes.ts';
import {
  consistencyProof,
  consistent,
  emptyRoot,
  inclusionProof,
  includes,
  leafOf,
  nodeOf,
  rootAt,
  rootOfHashes,
  same,
  splitBefore,
} from './merkle.ts';
import { Edge, packEntries, parseTilePath, tileFill, tilePath, tileWidth, unpackEntries, type Tile } from './tiles.ts';

const entry = (n: number) => new TextEncoder().encode(`entry ${n}`);

/** The definition of RFC 6962, 2.1, once more. */
function naiveRoot(leaves: readonly Uint8Array[]): Uint8Array {
  const [first] = leaves;
  if (first === undefined) return sha();
  if (leaves.length === 1) return first;
  const k = splitBefore(leaves.length);
  return sha(Uint8Array.of(1), naiveRoot(leaves.slice(0, k)), naiveRoot(leaves.slice(k)));
}

const leavesOf = (n: number) => Array.from({ length: n }, (_, i) => leafOf(entry(i)));
const nodesOver = (leaves: readonly Uint8Array[]) => async (height: number, index: number) => {
  const part = leaves.slice(index * 2 ** height, (index + 1) * 2 ** height);
  expect(part.length).toBe(2 ** height);
  return rootOfHashes(part);
};
const flip = (bytes: Uint8Array, at: number) => bytes.map((b, i) => (i === at % bytes.length ? b ^ (1 << (at % 8)) : b));

describe('the tree over a log', () => {
  test('has the leaf, node and empty hashes of RFC 6962', () => {
    expect(Buffer.from(leafOf(entry(1))).equals(sha(Uint8Array.of(0), entry(1)))).toBe(true);
    expect(Buffer.from(nodeOf(leafOf(entry(1)), leafOf(entry(2)))).equals(sha(Uint8Array.of(1), leafOf(entry(1)), leafOf(entry(2))))).toBe(
      true,
    );
    expect(Buffer.from(emptyRoot).toString('hex')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });

  test('has at every size the root of the definition, however it is reached', async () => {
    const leaves = leavesOf(700);
    const edge = new Edge((d) => sha(d));
    for (let n = 0; n <= 700; n++) {
      if (n % 23 === 0 || n < 20 || n === 256 || n === 257 || n === 512) {
        const root = Buffer.from(naiveRoot(leaves.slice(0, n))).toString('hex');
        expect(Buffer.from(edge.root()).toString('hex'), `edge at ${n}`).toBe(root);
        expect(Buffer.from(await rootAt(nodesOver(leaves), n)).toString('hex'), `rootAt ${n}`).toBe(root);
      }
      if (n < 700) edge.push(leaves[n] as Uint8Array);
    }
  });

  test('proves every entry of any size, and nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 300 }), fc.nat(), fc.nat(), async (size, at, bit) => {
        const index = at % size;
        const leaves = leavesOf(size);
        const root = rootOfHashes(leaves);
        const proof = await inclusionProof(nodesOver(leaves), index, size);
        const leaf = leaves[index] as Uint8Array;
        expect(includes(leaf, index, size, proof, root)).toBe(true);
        expect(includes(flip(leaf, bit), index, size, proof, root)).toBe(false);
        expect(includes(leaf, index, size, proof, flip(root, bit))).toBe(false);
        expect(includes(leaf, (index + 1) % size, size, proof, root)).toBe(size === 1);
        expect(includes(leaf, index, size, [...proof, leaf], root)).toBe(false);
        if (proof.length > 0) {
          expect(includes(leaf, index, size, proof.slice(1), root)).toBe(false);
          const bad = proof.map((h, i) => (i === bit % proof.length ? flip(h, bit) : h));
          expect(includes(leaf, index, size, bad, root)).toBe(false);
        }
      }),
      { numRuns: 150 },
    );
  });

  test('shows an older log to be its beginning, and no other', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 300 }), fc.nat(), fc.nat(), async (size, at, bit) => {
        const older = at % (size + 1);
        const leaves = leavesOf(size);
        const a = { size: older, root: rootOfHashes(leaves.slice(0, older)) };
        const b = { size, root: rootOfHashes(leaves) };
        const proof = await consistencyProof(nodesOver(leaves), older, size);
        expect(proof.length).toBeLessThanOrEqual(63);
        expect(consistent(a, b, proof)).toBe(true);
        expect(consistent({ ...a, root: flip(a.root, bit) }, b, proof)).toBe(false);
        if (older > 0) expect(consistent(a, { ...b, root: flip(b.root, bit) }, proof)).toBe(false);
        if (proof.length > 0)
          expect(
            consistent(
              a,
              b,
              proof.map((h, i) => (i === bit % proof.length ? flip(h, bit) : h)),
            ),
          ).toBe(false);
      }),
      { numRuns: 150 },
    );
  });

  test('refuses to prove what it does not hold', async () => {
    await expect(inclusionProof(nodesOver(leavesOf(3)), 3, 3)).rejects.toThrow(RangeError);
    await expect(consistencyProof(nodesOver(leavesOf(3)), 4, 3)).rejects.toThrow(RangeError);
  });
});

describe('tiles', () => {
  test('come full at their time, and an edge begun from them goes on to the same root', () => {
    const size = tileWidth * tileWidth + tileWidth + 5;
    const tiles: Tile[] = [];
    const edge = new Edge((d) => sha(d));
    const leaf = (i: number) => sha(Uint8Array.of(i & 255, (i >> 8) & 255, i >> 16));
    for (let i = 0; i < size; i++) tiles.push(...edge.push(leaf(i)));
    expect(tiles.filter((t) => t.level === 0).map((t) => t.n)).toEqual(Array.from({ length: tileWidth + 1 }, (_, i) => i));
    expect(tiles.filter((t) => t.level === 1).map((t) => t.n)).toEqual([0]);
    const top = tiles.find((t) => t.level === 1) as Tile;
    expect(same(top.hashes[3] as Uint8Array, rootOfHashes((tiles.find((t) => t.level === 0 && t.n === 3) as Tile).hashes))).toBe(true);
    const again = new Edge((d) => sha(d), size, [edge.partial(0), edge.partial(1), edge.partial(2)]);
    again.push(leaf(size));
    edge.push(leaf(size));
    expect(same(again.root(), edge.root())).toBe(true);
    expect([tileFill(0, 257, size), tileFill(1, 1, size), tileFill(2, 0, size), tileFill(3, 0, size)]).toEqual([5, 1, 1, 0]);
  });

  test('have the addresses of the specification, and no others', () => {
    expect(tilePath(1_234_067)).toBe('x001/x234/067');
    fc.assert(fc.property(fc.nat(), (n) => parseTilePath(tilePath(n)) === n));
    for (const bad of ['', '1', 'x000/001', '001/002', '0001', 'x001/x234/067/', '-01', '../001'])
      expect(parseTilePath(bad)).toBeUndefined();
  });

  test('bundles of entries come apart as they were put together', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 600 }), { maxLength: 20 }), fc.nat(), (list, cut) => {
        const bundle = packEntries(list);
        expect(unpackEntries(bundle)?.map((e) => [...e])).toEqual(list.map((e) => [...e]));
        const last = list.at(-1);
        if (last !== undefined)
          expect(unpackEntries(bundle.slice(0, bundle.length - 1 - (cut % (last.length + 1))))?.length).not.toBe(list.length);
      }),
    );
    expect(() => packEntries([new Uint8Array(65_536)])).toThrow(RangeError);
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { alikeUpTo, bitsApart, likenessOf, likenessSide, looksAlike, turned } from './likeness.ts';

const side = likenessSide;
/** A picture of a few boxes on a sky, from numbers. */
function picture(seed: readonly number[], noise: (i: number) => number = () => 0): Uint8Array {
  const grey = new Uint8Array(side * side);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      let value = 200 - y;
      for (let b = 0; b + 4 < seed.length; b += 5) {
        const [left, top, wide, high, tone] = seed.slice(b, b + 5) as [number, number, number, number, number];
        if (x >= left && x < left + wide && y >= top && y < top + high) value = tone;
      }
      grey[y * side + x] = Math.max(0, Math.min(255, value + noise(y * side + x)));
    }
  }
  return grey;
}
const boxes = fc.array(fc.tuple(fc.nat(48), fc.nat(48), fc.integer({ min: 8, max: 40 }), fc.integer({ min: 8, max: 40 }), fc.nat(255)), {
  minLength: 4,
  maxLength: 9,
});
const likeness = (grey: Uint8Array) => likenessOf(grey) ?? '0'.repeat(256);
const moved = (grey: Uint8Array, to: (x: number, y: number) => [number, number]) => {
  const out = new Uint8Array(side * side);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const [a, b] = to(x, y);
      out[b * side + a] = grey[y * side + x] as number;
    }
  }
  return out;
};
const last = side - 1;
const ways: Readonly<Record<string, (x: number, y: number) => [number, number]>> = {
  mirrored: (x, y) => [last - x, y],
  'upside down': (x, y) => [x, last - y],
  'turned by half': (x, y) => [last - x, last - y],
  'turned to the right': (x, y) => [last - y, x],
  'turned to the left': (x, y) => [y, last - x],
};

describe('the likeness of a picture', () => {
  test.each(Object.entries(ways))('is found again when the picture is %s', (_name, way) => {
    fc.assert(
      fc.property(boxes, (list) => {
        const grey = picture(list.flat());
        if (likenessOf(grey) === null) return;
        const apart = turned(likeness(moved(grey, way))).map((t) => bitsApart(t, likeness(grey)));
        // Signs of frequencies that are zero are chance.
        expect(Math.min(...apart)).toBeLessThanOrEqual(alikeUpTo);
      }),
      { numRuns: 20 },
    );
  });

  test('hardly changes with light and noise', () => {
    fc.assert(
      fc.property(boxes, fc.integer({ min: -25, max: 25 }), (list, light) => {
        const seed = list.flat();
        const plain = picture(seed);
        if (likenessOf(plain) === null) return;
        const other = picture(seed, (i) => light + ((i * 7919) % 9) - 4);
        expect(looksAlike(likeness(plain), likeness(other))).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  test('tells different pictures apart', () => {
    // Written down, so that no chance decides: four scenes with other things in other places.
    const scenes = [
      [2, 40, 20, 20, 30, 30, 10, 25, 50, 90],
      [40, 4, 20, 30, 240, 5, 5, 12, 50, 20],
      [10, 10, 44, 10, 10, 20, 30, 8, 30, 250],
      [0, 0, 30, 64, 60, 34, 20, 20, 20, 160],
    ].map((s) => likeness(picture(s)));
    for (const [i, a] of scenes.entries()) for (const b of scenes.slice(i + 1)) expect(looksAlike(a, b)).toBe(false);
  });

  test('of a picture with nothing on it is none', () => {
    expect(likenessOf(new Uint8Array(side * side).fill(180))).toBeNull();
    expect(likenessOf(Uint8Array.from({ length: side * side }, (_, i) => 100 + (i % 7)))).toBeNull();
  });

  test('needs 64 by 64 values', () => {
    expect(() => likenessOf(new Uint8Array(10))).toThrow('10 grey values instead of 4096');
  });
});

/** A picture with each of the lowest 16 by 16 frequencies in it, but for its mean: those of the bits '1' upright, the others negative. */
function composed(bits: string): Uint8Array {
  const wave = (n: number, at: number) => Math.cos(((at + 0.5) * n * Math.PI) / side);
  return Uint8Array.from({ length: side * side }, (_, i) => {
    const [x, y] = [i % side, Math.floor(i / side)];
    let value = 128;
    for (let n = 1; n < 256; n++) value += (bits[n] === '1' ? 2 : -2) * wave(n % 16, x) * wave(Math.floor(n / 16), y);
    return Math.round(value);
  });
}
/** 256 bits without a pattern, the first one '0'. */
const someBits = Array.from({ length: 256 }, (_, n) => (n > 0 && (n * 2_654_435_761) % 4_294_967_296 > 2_147_483_648 ? '1' : '0')).join('');

describe('the bits of a likeness', () => {
  test('are the signs of the lowest 16 by 16 frequencies, by rows, the mean left out', () => {
    expect(likenessOf(composed(someBits))).toBe(someBits);
  });

  test('are those of one of eight when the picture is mirrored or turned, and the eight are different', () => {
    const eight = turned(someBits);
    expect(eight[0]).toBe(someBits);
    expect(new Set(eight).size).toBe(8);
    const grey = composed(someBits);
    const across = (x: number, y: number): [number, number] => [y, x];
    const otherAcross = (x: number, y: number): [number, number] => [last - y, last - x];
    const seen = [...Object.values(ways), across, otherAcross].map((way) => likenessOf(moved(grey, way)));
    expect(new Set(seen)).toEqual(new Set(eight.slice(1)));
  });

  test('are none below a spread of 8 of 255, and there from 8 on', () => {
    const halves = (low: number, high: number) => Uint8Array.from({ length: side * side }, (_, i) => (i % side < side / 2 ? low : high));
    // Half of the points at each value: the spread is half the distance.
    expect(likenessOf(halves(100, 115))).toBeNull();
    expect(likenessOf(halves(100, 116))).toHaveLength(256);
  });

  test('apart are counted, and up to 56 of them are alike', () => {
    const flip = (n: number) => [...someBits].map((bit, i) => (i > 0 && i <= n ? (bit === '1' ? '0' : '1') : bit)).join('');
    expect([bitsApart(someBits, someBits), bitsApart(someBits, flip(1)), bitsApart(someBits, flip(255))]).toEqual([0, 1, 255]);
    expect(bitsApart(someBits, `${someBits.slice(0, 255)}x`)).toBe(1);
    expect([looksAlike(someBits, flip(56)), looksAlike(someBits, flip(57))]).toEqual([true, false]);
    expect(looksAlike(someBits, turned(someBits)[6] as string)).toBe(true);
  });
});

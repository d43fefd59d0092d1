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

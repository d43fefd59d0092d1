import { expect, test } from 'vitest';
import tiles from './shanxi-tiles.json';
import { classBounds, classOf, layoutOf } from './layout.ts';

test('the drawn layout has one tile for each of the 117 counties, none on another', () => {
  const positions = Object.values(tiles).map((p) => p.join(','));
  expect(positions).toHaveLength(117);
  expect(new Set(positions).size).toBe(117);
});

test('places without a drawn position are set row by row under their city', () => {
  const places = [250000, 250100, 250101, 250102, 250200, 250201].map((code) => ({
    code,
    name: String(code),
    level: code % 10000 === 0 ? ('province' as const) : code % 100 === 0 ? ('city' as const) : ('county' as const),
  }));
  const layout = layoutOf({ places });
  expect(layout.geographic).toBe(false);
  expect(layout.tiles).toHaveLength(3);
  expect(layout.labels.map((l) => l.code)).toEqual([250100, 250200]);
  expect(new Set(layout.tiles.map((t) => `${t.x},${t.y}`)).size).toBe(3);
});

test('classes have round bounds and every value one class', () => {
  const bounds = classBounds([23, 35, 41, 47, 52, 55, 58, 60, 66, 76], 5);
  expect(bounds).toEqual([40, 50, 60, 65]);
  expect(classOf(23, bounds)).toBe(1);
  expect(classOf(76, bounds)).toBe(5);
  expect(classBounds([4, 4, 4], 5)).toEqual([5]);
  expect(classBounds([], 5)).toEqual([]);
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CampaignView } from '../../../contract/campaign.ts';
import tiles from './shanxi-tiles.json';
import { classBounds, classOf, clip, layoutOf, legendOf, roundStep, tileHeight, tileWidth, type TileLayout } from './layout.ts';

type Place = CampaignView['places'][number];
const levelOf = (code: number) => (code % 10000 === 0 ? 'province' : code % 100 === 0 ? 'city' : 'county');
const placesOf = (codes: readonly number[]): Place[] => codes.map((code) => ({ code, name: String(code), level: levelOf(code) }));

/** Pairs of tiles that cover each other. */
function covering({ tiles: all }: TileLayout): [number, number][] {
  return all.flatMap((a, i) =>
    all
      .slice(i + 1)
      .filter((b) => Math.abs(a.x - b.x) < tileWidth && Math.abs(a.y - b.y) < tileHeight)
      .map((b): [number, number] => [a.code, b.code]),
  );
}

describe('where tiles stand', () => {
  test('the drawn layout has one tile for each of the 117 counties, none on another', () => {
    const positions = Object.values(tiles).map((p) => p.join(','));
    expect(positions).toHaveLength(117);
    expect(new Set(positions).size).toBe(117);
    const codes = Object.keys(tiles).map(Number);
    const layout = layoutOf({ places: placesOf([140000, ...new Set(codes.map((c) => c - (c % 100))), ...codes]) });
    expect([layout.geographic, layout.corner, layout.tiles.length, covering(layout)]).toEqual([true, true, 117, []]);
    expect(layout.labels).toHaveLength(11);
  });

  test('places without a drawn position are set row by row under their city', () => {
    const layout = layoutOf({ places: placesOf([250000, 250100, 250101, 250102, 250200, 250201]) });
    expect(layout.geographic).toBe(false);
    expect(layout.tiles).toHaveLength(3);
    expect(layout.labels.map((l) => l.code)).toEqual([250100, 250200]);
    expect(new Set(layout.tiles.map((t) => `${t.x},${t.y}`)).size).toBe(3);
  });

  test('one county that is not drawn sets all of them row by row: half a map would mislead', () => {
    const layout = layoutOf({ places: placesOf([140100, 140105, 140106, 149999]) });
    expect([layout.geographic, layout.tiles.length]).toEqual([false, 3]);
  });

  test('a place that is there for statistics only has no tile', () => {
    const places: Place[] = [...placesOf([250100, 250101]), { code: 250171, name: '开发区', level: 'county', statisticsOnly: true }];
    expect(layoutOf({ places }).tiles.map((t) => t.code)).toEqual([250101]);
  });

  test('a campaign’s own tiles are used, those of its province not', () => {
    const places: Place[] = [
      { code: 250000, name: 'p', level: 'province', tile: [9, 9] },
      { code: 250100, name: 'a', level: 'city', tile: [0, 0] },
      { code: 250200, name: 'b', level: 'city', tile: [1, 0] },
    ];
    const layout = layoutOf({ places });
    expect(layout.tiles.map((t) => [t.code, t.x, t.y])).toEqual([
      [250100, 0, 20],
      [250200, 64, 20],
    ]);
    // A tile that is a city itself needs no label of the city above it.
    expect([layout.geographic, layout.labels]).toEqual([true, []]);
  });

  test('a campaign of cities alone shows its cities, one of no places nothing', () => {
    expect(layoutOf({ places: placesOf([250000, 250100, 250200]) }).tiles.map((t) => t.code)).toEqual([250100, 250200]);
    const none = layoutOf({ places: [] });
    expect([none.tiles, none.labels, none.width > 0, none.height > 0]).toEqual([[], [], true, true]);
  });

  test('in rows no tile covers another or lies outside, however many a city has', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 }), (counts) => {
        const codes = counts.flatMap((n, c) => Array.from({ length: n }, (_, i) => 250100 + c * 100 + i + 1));
        const layout = layoutOf({ places: placesOf(codes) });
        expect([layout.tiles.length, covering(layout)]).toEqual([codes.length, []]);
        for (const t of layout.tiles) {
          expect(t.x >= 0 && t.x + tileWidth <= layout.width).toBe(true);
          expect(t.y >= 0 && t.y + tileHeight <= layout.height).toBe(true);
        }
        // A city's name stands above its own tiles and below those of the city before.
        layout.labels.forEach((l, i) => {
          const own = layout.tiles.filter((t) => t.code - (t.code % 100) === l.code);
          expect(l.y).toBeLessThan(Math.min(...own.map((t) => t.y)));
          const above = layout.tiles.filter((t) => t.code - (t.code % 100) === layout.labels[i - 1]?.code);
          for (const t of above) expect(l.y).toBeGreaterThan(t.y + tileHeight);
        });
      }),
    );
  });
});

describe('classes of lightness', () => {
  test('have round bounds and every value one class', () => {
    const bounds = classBounds([23, 35, 41, 47, 52, 55, 58, 60, 66, 76], 5);
    expect(bounds).toEqual([40, 50, 60, 65]);
    expect(classOf(23, bounds)).toBe(1);
    expect(classOf(76, bounds)).toBe(5);
    expect(classBounds([4, 4, 4], 5)).toEqual([5]);
    expect(classBounds([], 5)).toEqual([]);
  });

  test('at a bound belong to the higher class', () => {
    expect([39.99, 40, 49.9, 50].map((v) => classOf(v, [40, 50]))).toEqual([1, 2, 2, 3]);
    expect(classOf(7, [])).toBe(1);
  });

  test('rise, are at most five, and a darker one never holds a smaller value', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5000 }), { minLength: 1 }), (values) => {
        const bounds = classBounds(values, roundStep(values));
        expect(bounds.length).toBeLessThanOrEqual(4);
        bounds.forEach((b, i) => i > 0 && expect(b).toBeGreaterThan(bounds[i - 1] as number));
        const sorted = [...values].sort((a, b) => a - b);
        const classes = sorted.map((v) => classOf(v, bounds));
        classes.forEach((c, i) => i > 0 && expect(c).toBeGreaterThanOrEqual(classes[i - 1] as number));
        expect([Math.min(...classes), Math.max(...classes) <= 5]).toEqual([1, true]);
        expect(legendOf(bounds)).toHaveLength(bounds.length === 0 ? 0 : bounds.length + 1);
      }),
    );
  });

  test('of counts are rounded by how large they come', () => {
    expect([[], [1], [20], [21], [100], [101], [500], [501]].map((v) => roundStep(v))).toEqual([1, 1, 1, 5, 5, 10, 10, 50]);
  });

  test('are called by their bounds in the legend', () => {
    expect(legendOf([40, 50, 60])).toEqual(['<40', '40–', '50–', '≥60']);
    expect(legendOf([5])).toEqual(['<5', '≥5']);
  });

  test('where all values are the same are one class, of which there is nothing to say', () => {
    expect(classBounds([0, 0, 0], 1)).toEqual([]);
    expect(legendOf(classBounds([0, 0, 0], 1))).toEqual([]);
    expect(legendOf([])).toEqual([]);
  });
});

describe('a name on a tile', () => {
  test('is cut to the characters there is room for, with an ellipsis where it is long', () => {
    expect([clip('洪洞', 3), clip('万柏林', 3), clip('阿拉善左旗', 3)]).toEqual(['洪洞', '万柏林', '阿拉善']);
    expect([clip('Hongtong', 8), clip('Xiaodian District', 8)]).toEqual(['Hongtong', 'Xiaodia…']);
  });

  test('is not cut within a character', () => {
    expect(clip('𠮷𠮷𠮷𠮷', 3)).toBe('𠮷𠮷𠮷');
    expect(clip('𠮷𠮷𠮷', 3)).toBe('𠮷𠮷𠮷');
  });
});

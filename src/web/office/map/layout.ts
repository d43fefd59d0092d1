import type { CampaignView } from '../../../contract/campaign.ts';
import { cityOf } from '../../../domain/kernel/place.ts';
import shanxi from './shanxi-tiles.json';

/** A county's tile and where it stands, in pixels of the full-size drawing. */
export interface Tile {
  readonly code: number;
  readonly x: number;
  readonly y: number;
}

export interface CityLabel {
  readonly code: number;
  readonly x: number;
  readonly y: number;
}

export interface TileLayout {
  readonly tiles: readonly Tile[];
  readonly labels: readonly CityLabel[];
  readonly width: number;
  readonly height: number;
  /** False when the positions only fill rows and say nothing about geography. */
  readonly geographic: boolean;
  /** True when the drawing leaves room for the legend in its upper left corner. */
  readonly corner: boolean;
}

export const tileWidth = 62;
export const tileHeight = 23;
const known: Readonly<Record<string, number[]>> = shanxi;
const [stepX, stepY] = [64, 25];

/**
 * Where the tiles of the schematic map stand: by the drawn layout of the province, by the campaign's own tiles, or row by row.
 * Positions show roughly what lies beside what; they are no boundaries.
 */
export function layoutOf(campaign: Pick<CampaignView, 'places'>): TileLayout {
  const counties = campaign.places.filter((p) => p.level === 'county' && p.statisticsOnly !== true);
  if (counties.length > 0 && counties.every((p) => known[p.code] !== undefined)) {
    return finish(
      counties.map((p) => ({ code: p.code, x: known[p.code]?.[0] ?? 0, y: known[p.code]?.[1] ?? 0 })),
      true,
      true,
    );
  }
  const placed = campaign.places.filter((p) => p.tile !== undefined && p.level !== 'province');
  if (placed.length > 0) {
    return finish(
      placed.map((p) => ({ code: p.code, x: (p.tile?.[0] ?? 0) * stepX, y: (p.tile?.[1] ?? 0) * stepY + 20 })),
      true,
    );
  }
  return finish(
    inRows(counties.length > 0 ? counties.map((p) => p.code) : campaign.places.filter((p) => p.level === 'city').map((p) => p.code)),
    false,
  );
}

/** City by city, twelve tiles a row, each city on a new line. */
function inRows(codes: readonly number[]): Tile[] {
  const tiles: Tile[] = [];
  let y = 20;
  for (const [, group] of Map.groupBy(codes, cityOf)) {
    group.forEach((code, i) => tiles.push({ code, x: (i % 12) * stepX, y: y + Math.floor(i / 12) * stepY }));
    y += Math.ceil(group.length / 12) * stepY + 26;
  }
  return tiles;
}

function finish(tiles: readonly Tile[], geographic: boolean, corner = false): TileLayout {
  const labels = [...Map.groupBy(tiles, (t) => cityOf(t.code))]
    .filter(([code, group]) => group.some((t) => t.code !== code))
    .map(([code, group]) => ({ code, x: Math.min(...group.map((t) => t.x)), y: Math.min(...group.map((t) => t.y)) - 7 }));
  const width = Math.max(stepX, ...tiles.map((t) => t.x + tileWidth));
  const height = Math.max(stepY, ...tiles.map((t) => t.y + tileHeight));
  return { tiles, labels, width: width + 2, height: height + 4, geographic, corner };
}

/**
 * Bounds of up to five classes of lightness, from the data: fifths, moved to round numbers.
 * @returns ascending lower bounds of the second and further classes
 */
export function classBounds(values: readonly number[], roundTo: number): number[] {
  const sorted = [...values].sort((a, b) => a - b);
  if (sorted.length === 0) return [];
  const bounds = [0.2, 0.4, 0.6, 0.8].map((q) => {
    const v = sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0;
    return Math.round(v / roundTo) * roundTo;
  });
  return [...new Set(bounds)].filter((b) => b > (sorted[0] ?? 0));
}

export function classOf(value: number, bounds: readonly number[]): number {
  return bounds.filter((b) => value >= b).length + 1;
}

/** What the legend says of each class, the lightest first: `<40`, `40–`, `50–`, `≥60`; nothing where there is one class only. */
export function legendOf(bounds: readonly number[]): string[] {
  if (bounds.length === 0) return [];
  return [0, ...bounds].map((b, i) => (i === 0 ? `<${bounds[0] ?? ''}` : i === bounds.length ? `≥${b}` : `${b}–`));
}

/** The step to which bounds of counts are rounded, by the largest of them. */
export function roundStep(values: readonly number[]): number {
  const max = Math.max(1, ...values);
  return max > 500 ? 50 : max > 100 ? 10 : max > 20 ? 5 : 1;
}

/** A name cut to the room a tile has for it: Chinese by three characters, others with an ellipsis. */
export function clip(text: string, length: number): string {
  return [...text].length > length ? `${[...text].slice(0, length - (length > 4 ? 1 : 0)).join('')}${length > 4 ? '…' : ''}` : text;
}

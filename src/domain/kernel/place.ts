/** A six-digit division code (GB/T 2260) as an integer; a register of another regulator brings its own six-digit tree. */
export type PlaceCode = number;

/** A half-open range of division codes: what a jurisdiction covers. */
export interface PlaceRange {
  readonly from: PlaceCode;
  readonly to: PlaceCode;
}

export type PlaceLevel = 'province' | 'city' | 'county';

/** Reads a six-digit code; undefined for anything else. */
export function parsePlace(text: string): PlaceCode | undefined {
  return /^[1-9]\d{5}$/.test(text) ? Number(text) : undefined;
}

/** The level that the zeros of a code name: 140000 a province, 140100 a city, 140105 a county. */
export function levelOf(code: PlaceCode): PlaceLevel {
  if (code % 10_000 === 0) return 'province';
  return code % 100 === 0 ? 'city' : 'county';
}

/** The codes a place covers: itself and everything below it. */
export function rangeOf(code: PlaceCode): PlaceRange {
  const width = { province: 10_000, city: 100, county: 1 }[levelOf(code)];
  return { from: code, to: code + width };
}

/** True when a code lies in a range. */
export function covers(range: PlaceRange, code: PlaceCode): boolean {
  return code >= range.from && code < range.to;
}

/** The city a code belongs to (the code itself for a city). */
export function cityOf(code: PlaceCode): PlaceCode {
  return code - (code % 100);
}

/** The same places in ranges that do not overlap, from the lowest. */
export function mergeRanges(ranges: readonly PlaceRange[]): PlaceRange[] {
  const out: PlaceRange[] = [];
  for (const r of [...ranges].sort((a, b) => a.from - b.from)) {
    const last = out.at(-1);
    if (last !== undefined && r.from < last.to) out[out.length - 1] = { from: last.from, to: Math.max(last.to, r.to) };
    else out.push(r);
  }
  return out;
}

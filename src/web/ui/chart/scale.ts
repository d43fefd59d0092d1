/** Round, whole steps for an axis from 0 to at least `max`, about `count` of them: 2507 -> 0, 500 ... 3000; 2 -> 0, 1, 2. */
export function niceTicks(max: number, count = 5): number[] {
  if (!(max > 0)) return [0, 1];
  const rough = max / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  // Ticks are written without decimals: of smaller steps several would be called the same.
  const step = [1, 2, 2.5, 5, 10].map((m) => m * power).find((s) => s >= rough && Number.isInteger(s)) ?? Math.max(1, Math.ceil(rough));
  const ticks: number[] = [];
  for (let v = 0; v < max + step; v += step) {
    ticks.push(v);
    if (v >= max) break;
  }
  return ticks;
}

/** SVG path through points; null starts a new stretch. */
export function linePath(points: readonly (readonly [number, number] | null)[]): string {
  let pen = false;
  let out = '';
  for (const point of points) {
    if (point === null) {
      pen = false;
      continue;
    }
    out += `${pen ? 'L' : 'M'}${point[0].toFixed(1)} ${point[1].toFixed(1)}`;
    pen = true;
  }
  return out;
}

/** Path of a line that moves in steps: level until the next point, then up or down. */
export function stepPath(points: readonly (readonly [number, number])[]): string {
  return points.map(([x, y], i) => (i === 0 ? `M${x.toFixed(1)} ${y.toFixed(1)}` : `H${x.toFixed(1)}V${y.toFixed(1)}`)).join('');
}

/** Moves labels apart vertically, keeping their order and at least `gap` between them. */
export function spread(ys: readonly number[], gap: number, low: number, high: number): number[] {
  const order = ys.map((y, i) => ({ y, i })).sort((a, b) => a.y - b.y);
  let last = low - gap;
  for (const entry of order) {
    entry.y = Math.max(entry.y, last + gap);
    last = entry.y;
  }
  let limit = high + gap;
  for (const entry of order.toReversed()) {
    entry.y = Math.min(entry.y, limit - gap);
    limit = entry.y;
  }
  const out: number[] = [];
  for (const { y, i } of order) out[i] = y;
  return out;
}

/** Rough width of a text in pixels: full-width characters count a whole em, others a little over half, and a gap stands between the two. */
export function textWidth(text: string, size: number): number {
  let em = 0;
  let before: boolean | null = null;
  for (const c of text) {
    const wide = (c.codePointAt(0) ?? 0) > 0x2e7f || '“”‘’'.includes(c);
    em += (wide ? 1 : 0.58) + (before !== null && before !== wide ? 0.13 : 0);
    before = wide;
  }
  return em * size;
}

/** Which labels fit beside each other, the earlier ones of the list first. */
export function fitLabels<T extends { readonly from: number; readonly to: number }>(labels: readonly T[], gap = 6): T[] {
  const kept: T[] = [];
  for (const label of labels) {
    if (kept.every((k) => label.to + gap <= k.from || label.from >= k.to + gap)) kept.push(label);
  }
  return kept;
}

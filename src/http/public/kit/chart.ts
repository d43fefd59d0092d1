import { h, type Html } from './html.ts';

export interface Line {
  readonly name: string;
  /** Values at the chart's instants; null: not shown then. */
  readonly values: readonly (number | null)[];
  readonly color: string;
  readonly dash: string;
}

interface Mark {
  readonly at: number;
  readonly label: string;
}

const round = (n: number) => n.toFixed(1);

/** Lines through the published instants with a mark at each, named at their ends; drawn for a wide and for a narrow page. */
export function linesChart(title: string, marks: readonly Mark[], lines: readonly Line[], format: (n: number) => string): Html {
  return h`${drawn(title, marks, lines, format, 980, 'only-wide-chart')}${drawn(title, marks, lines, format, 350, 'only-narrow-chart')}`;
}

function drawn(
  title: string,
  marks: readonly Mark[],
  lines: readonly Line[],
  format: (n: number) => string,
  width: number,
  name: string,
): Html {
  const narrow = width < 500;
  const height = narrow ? 210 : 240;
  const [left, right, top, bottom] = [8, narrow ? 120 : 150, 14, 26];
  const first = marks[0]?.at ?? 0;
  const last = marks.at(-1)?.at ?? 1;
  const max = Math.max(1, ...lines.flatMap((l) => l.values.map((v) => v ?? 0)));
  const x = (at: number) => left + 8 + ((width - left - right - 16) * (at - first)) / Math.max(1, last - first);
  const y = (v: number) => top + (height - top - bottom) * (1 - v / max);
  const ends = spread(lines.map((l) => y(l.values.at(-1) ?? 0)));
  // Labels of instants that would touch the one before them are left out; the table has them all.
  let taken = -Infinity;
  const labels = marks.map((m, i) => {
    const px = x(m.at);
    const show = px - taken > (narrow ? 58 : 84) || i === marks.length - 1;
    if (show) taken = px;
    return show
      ? h`<text x="${round(i === 0 ? left : px)}" y="${height - 6}" font-size="12" fill="var(--ink-2)" text-anchor="${i === 0 ? 'start' : 'middle'}">${m.label}</text>`
      : '';
  });
  return h`<svg class="${name}" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${title}">
<path d="M${left} ${height - bottom}H${width - right}" stroke="var(--ink)" stroke-width="1.5"/>
${marks.map((m) => h`<path d="M${round(x(m.at))} ${top}V${height - bottom}" stroke="var(--rule)"/>`)}${labels}
${lines.map((l, i) => {
  const points = l.values.flatMap((v, j) => (v === null ? [] : [[x((marks[j] as Mark).at), y(v)] as const]));
  return h`<path d="${points.map(([px, py], j) => `${j === 0 ? 'M' : 'L'}${round(px)} ${round(py)}`).join('')}" fill="none" stroke="${l.color}" stroke-width="2" stroke-dasharray="${l.dash}"/>
${points.map(([px, py]) => h`<circle cx="${round(px)}" cy="${round(py)}" r="3.4" fill="${l.color}"/>`)}
<text x="${width - right + 4}" y="${round((ends[i] as number) + 4)}" font-size="13" fill="${l.color}">${l.name} ${l.values.at(-1) === null ? '' : format(l.values.at(-1) ?? 0)}</text>`;
})}</svg>`;
}

/** Moves labels apart so that each can be read. */
function spread(ys: readonly number[]): number[] {
  const order = ys.map((y, i) => ({ y, i })).sort((a, b) => a.y - b.y);
  const out = [...ys];
  let floor = -Infinity;
  for (const { y, i } of order) {
    floor = Math.max(y, floor + 16);
    out[i] = floor;
  }
  return out;
}

/** A bar of a share for a table's cell; the number stands beside it. */
export function shareBar(share: number): Html {
  const width = Math.max(0, Math.min(1, share)) * 118;
  return h`<svg viewBox="0 0 120 14" width="120" height="14" aria-hidden="true"><path d="M1 13.5H119" stroke="var(--rule-2)"/><rect x="1" y="3" width="${round(width)}" height="8" fill="var(--st-cleared)"/></svg>`;
}

/** The hundred-day ruler (百日尺): a tick a day, ink for the days gone, a triangle at each release, the instant in the accent. */
export function ruler(title: string, days: number, day: number, releases: readonly number[]): Html {
  const step = 978 / Math.max(1, days);
  const x = (n: number) => round(1 + (n - 0.5) * step);
  const ticks = (from: number, to: number, long: boolean) =>
    Array.from({ length: days }, (_, i) => i + 1)
      .filter((n) => n >= from && n <= to && (n % 10 === 0 || n === 1) === long)
      .map((n) => `M${x(n)} ${long ? 12 : 18}V26`)
      .join('');
  const gone = Math.min(day, days);
  return h`<svg viewBox="0 0 980 28" width="980" height="28" preserveAspectRatio="none" role="img" aria-label="${title}">
<path d="${ticks(1, gone, false)}${ticks(1, gone, true)}" stroke="var(--ink)" stroke-width="1.6"/>
<path d="${ticks(gone + 1, days, false)}${ticks(gone + 1, days, true)}" stroke="var(--rule-2)"/>
${releases.filter((n) => n >= 1 && n <= days).map((n) => h`<path d="M${(Number(x(n)) - 4).toFixed(1)} 2h8l-4 7z" fill="var(--ink)"/>`)}
${day >= 1 && day <= days ? h`<path d="M${x(day)} 6V28" stroke="var(--accent)" stroke-width="3"/>` : ''}
<path d="M0 27H980" stroke="var(--ink)" stroke-width="2"/></svg>`;
}

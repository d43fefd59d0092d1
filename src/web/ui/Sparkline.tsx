import { linePath } from './chart/scale.ts';

/** Small lines without axes, all on one scale; the last values stand beside it in the table. */
export function Sparkline({
  lines,
  width = 92,
  height = 22,
}: {
  readonly lines: readonly {
    readonly values: readonly number[];
    readonly stroke: string;
    readonly dash?: string;
    readonly strokeWidth?: number;
  }[];
  readonly width?: number;
  readonly height?: number;
}) {
  const max = Math.max(1, ...lines.flatMap((l) => l.values));
  return (
    <svg width={width} height={height} aria-hidden="true">
      <path d={`M0 2H${width}`} stroke="var(--rule)" />
      {lines.map((l, i) => {
        const last = Math.max(1, l.values.length - 1);
        const points = l.values.map((v, k): [number, number] => [1 + (k / last) * (width - 4), height - 2 - (v / max) * (height - 5)]);
        return (
          <path key={i} d={linePath(points)} fill="none" stroke={l.stroke} strokeDasharray={l.dash} strokeWidth={l.strokeWidth ?? 1.2} />
        );
      })}
    </svg>
  );
}

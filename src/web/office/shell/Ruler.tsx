import { daysBetween } from '../../../domain/kernel/instant.ts';
import { useCampaign, useDates } from '../../ui/campaign.ts';
import { formatBatches } from '../../ui/format.ts';
import { useWidth } from '../../ui/width.ts';
import { useWords } from '../../ui/words.ts';
import { marksOf, scaleOf, ticksOf } from './ruler-marks.ts';
import { dayNumber, dayPosition, endOfDay, spanOf, type Span } from './span.ts';
import './ruler.css';

/** The hundred-day ruler (百日尺): a tick a day, ink for the days gone, batches, windows, the instant in the accent. It is also a picker. */
export function Ruler({ at, size = 12, onPick }: { readonly at: string; readonly size?: number; readonly onPick?: (at: string) => void }) {
  const { campaign } = useCampaign();
  const words = useWords();
  const dates = useDates();
  const [ref, width] = useWidth<HTMLDivElement>(1360);
  const span = spanOf(campaign);
  if (span === null) return null;

  const offset = campaign.utcOffsetMinutes;
  const base = size * 1.75;
  const height = base + 14;
  const { step, xOf } = scaleOf(span, width);
  const today = dayNumber(span, at, offset);
  const todayText = span.counted ? words.t('shell:rulerToday', { date: dates.day(at), day: today }) : dates.date(at);
  const marks = marksOf({
    span,
    offset,
    width,
    size,
    today: { day: today, text: todayText },
    from: span.counted ? dates.day(span.from) : dates.date(span.from),
    to: span.counted ? dates.day(span.to) : dates.date(span.to),
    batches: campaign.batches.map((b) => ({ issuedAt: b.issuedAt, text: formatBatches([b.no], words.lang) })),
    windows: campaign.windows.map((w) => ({ from: w.from, text: words.pick(w.name) })),
  });
  const inside = today >= 1 && today <= span.days;

  const pickAt = (day: number) => onPick?.(endOfDay(span, Math.min(span.days, Math.max(1, day)), offset));
  return (
    <div ref={ref} className="ruler">
      <svg
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        role={onPick === undefined ? 'img' : 'presentation'}
        aria-label={onPick === undefined ? `${words.t('shell:ruler')}：${todayText}` : undefined}
      >
        {campaign.windows.map((w) => {
          const a = Math.max(1, daysBetween(span.from, w.from) + 1);
          const b = Math.min(span.days, daysBetween(span.from, w.to) + 1);
          return b < a ? null : <rect key={w.from} x={xOf(a)} y={base} width={(b - a + 1) * step} height="14" fill="var(--wash-claimed)" />;
        })}
        <Ticks span={span} gone={today} xOf={xOf} base={base} />
        {campaign.batches.map((b) => {
          const x = 1 + dayPosition(span, b.issuedAt, offset) * step;
          return <path key={b.no} d={`M${x - 3.5} ${base - 7}h7l-3.5 5z`} fill="var(--ink)" />;
        })}
        {inside && <path d={`M${xOf(today)} ${base - 5}V${height}`} stroke="var(--accent)" strokeWidth="3" />}
        {marks.map((m) => (
          <text
            key={`${m.kind}${m.text}`}
            x={m.from}
            y={size - 1}
            fontSize={size}
            fill={m.kind === 'today' ? 'var(--accent)' : 'var(--ink-2)'}
            fontWeight={m.kind === 'today' ? 700 : 400}
          >
            {m.text}
          </text>
        ))}
        <path d={`M0 ${height - 1}H${width}`} stroke="var(--ink)" strokeWidth="2" />
      </svg>
      {onPick !== undefined && (
        <input
          className="ruler-input"
          type="range"
          min={1}
          max={span.days}
          step={1}
          value={Math.min(span.days, Math.max(1, today))}
          aria-label={words.t('shell:ruler')}
          aria-valuetext={
            inside ? words.t('shell:rulerValue', { date: dates.date(at), day: today, days: span.days }) : words.t('shell:rulerNone')
          }
          title={words.t('shell:rulerHint')}
          onChange={(e) => pickAt(Number(e.currentTarget.value))}
          onClick={(e) => {
            if (!inside) pickAt(Number(e.currentTarget.value));
          }}
        />
      )}
    </div>
  );
}

function Ticks({
  span,
  gone,
  xOf,
  base,
}: {
  readonly span: Span;
  readonly gone: number;
  readonly xOf: (day: number) => number;
  readonly base: number;
}) {
  const long: string[] = [];
  const short: string[] = [];
  const future: string[] = [];
  for (const { day, tall } of ticksOf(span)) {
    const d = `M${xOf(day).toFixed(1)} ${base + (tall ? 1 : 7)}V${base + 14}`;
    (day > gone ? future : tall ? long : short).push(d);
  }
  return (
    <>
      <path d={future.join('')} stroke="var(--rule-2)" />
      <path d={short.join('') + long.join('')} stroke="var(--ink)" strokeWidth="1.6" />
    </>
  );
}

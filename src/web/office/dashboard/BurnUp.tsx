import { useState } from 'react';
import type { DashboardView } from '../../../contract/dashboard.ts';
import { useCampaign, useDates } from '../../ui/campaign.ts';
import { linePath, niceTicks, spread, stepPath, textWidth } from '../../ui/chart/scale.ts';
import { figureName, unitWord } from '../../ui/figure-words.ts';
import { formatBatches, formatCount } from '../../ui/format.ts';
import { useWidth } from '../../ui/width.ts';
import { useWords } from '../../ui/words.ts';
import { lineStyle } from './lines.ts';
import { squeezeEnd } from './squeeze-end.ts';

/** Cumulative lines (burn-up) with batch marks and event windows; the same numbers as a table. */
export function BurnUp({ view }: { readonly view: DashboardView }) {
  const { campaign } = useCampaign();
  const words = useWords();
  const dates = useDates();
  const [table, setTable] = useState(false);
  const { days, lines } = view.curve;
  if (days.length < 2 || lines.length === 0) return null;
  const unit = campaign.figures.find((f) => f.id === lines[0]?.id)?.unit ?? 'items';
  return (
    <section className="sec">
      <div className="hd">
        <h2>{words.t('dashboard:curve.title')}</h2>
        <span className="c3 sm">{unitWord(unit, 2, words)}</span>
        <span className="more noprint">
          <button type="button" className="linkbtn" aria-pressed={table} onClick={() => setTable(!table)}>
            {words.t(table ? 'shell:chart' : 'shell:table')}
          </button>
        </span>
      </div>
      {table ? <CurveTable view={view} /> : <CurveDrawing view={view} />}
      <p className="cap">{words.t('dashboard:curve.caption', { size: formatCount(view.logSize), moment: dates.moment(view.asOf) })}</p>
    </section>
  );
}

function CurveTable({ view }: { readonly view: DashboardView }) {
  const { campaign } = useCampaign();
  const words = useWords();
  const dates = useDates();
  const { days, lines } = view.curve;
  return (
    <div className="wide tall" tabIndex={0}>
      <table>
        <caption className="sk">{words.t('dashboard:curve.title')}</caption>
        <thead>
          <tr>
            <th scope="col">{words.t('shell:date')}</th>
            {lines.map((l) => (
              <th key={l.id} scope="col" className="n">
                {figureName(campaign, l.id, words)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {days
            .map((day, i) => (
              <tr key={day}>
                <th scope="row" className="nb">
                  {dates.date(day)}
                </th>
                {lines.map((l) => (
                  <td key={l.id} className="n">
                    {formatCount(l.values[i] ?? 0)}
                  </td>
                ))}
              </tr>
            ))
            .toReversed()}
        </tbody>
      </table>
    </div>
  );
}

function CurveDrawing({ view }: { readonly view: DashboardView }) {
  const { campaign } = useCampaign();
  const words = useWords();
  const dates = useDates();
  const [ref, width] = useWidth<HTMLDivElement>(444);
  const { days, lines } = view.curve;
  const height = 268;
  const labels = lines.map(
    (l) => `${figureName(campaign, l.id, words)}${words.lang === 'en' ? ' ' : ''}${formatCount(l.values.at(-1) ?? 0)}`,
  );
  const [left, right, top, bottom] = [44, Math.min(width * 0.45, Math.max(...labels.map((l) => textWidth(l, 12))) + 14), 16, 242];
  const times = squeezeEnd(days.map((d) => Date.parse(d)));
  const [from, to] = [times[0] ?? 0, times.at(-1) ?? 1];
  const ticks = niceTicks(Math.max(1, ...lines.flatMap((l) => l.values)));
  const max = ticks.at(-1) ?? 1;
  const x = (at: number) => left + ((at - from) / Math.max(1, to - from)) * (width - left - right);
  const y = (v: number) => bottom - (v / max) * (bottom - top);
  const inside = (at: number) => at >= from && at <= to;
  const ends = lines.map((l) => y(l.values.at(-1) ?? 0));
  const labelY = spread(ends, 15, top, bottom - 4);
  const alt = lines
    .map((l) => `${figureName(campaign, l.id, words)} ${formatCount(l.values.at(-1) ?? 0)}`)
    .join(words.lang === 'zh' ? '，' : ', ');
  const dayTicks = [0, 0.5, 1].map((q) => times[Math.round(q * (times.length - 1))] ?? from);
  return (
    <div ref={ref}>
      <svg
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={`${words.t('dashboard:curve.title')}：${alt}`}
      >
        {campaign.windows.map((w) => {
          const [a, b] = [Math.max(from, Date.parse(`${w.from}T00:00:00Z`)), Math.min(to, Date.parse(`${w.to}T23:59:59Z`))];
          return b <= a ? null : (
            <g key={w.from}>
              <rect x={x(a)} y={top} width={x(b) - x(a)} height={bottom - top} fill="var(--wash-claimed)" />
              <text
                className="halo"
                x={x(b) - x(a) > textWidth(words.pick(w.name), 12) ? (x(a) + x(b)) / 2 : x(b) + 4}
                y={bottom - 8}
                fontSize="12"
                textAnchor={x(b) - x(a) > textWidth(words.pick(w.name), 12) ? 'middle' : 'start'}
                fill="var(--note-ink)"
              >
                {words.pick(w.name)}
              </text>
            </g>
          );
        })}
        {ticks.map((v) => (
          <g key={v}>
            <path d={`M${left} ${y(v)}H${width - right + 6}`} stroke={v === 0 ? 'var(--ink)' : 'var(--rule)'} />
            <text x={left - 8} y={y(v) + 4} fontSize="12" textAnchor="end" fill="var(--ink-3)">
              {formatCount(v)}
            </text>
          </g>
        ))}
        {dayTicks.map((at, i) => (
          <text key={i} x={x(at)} y={bottom + 20} fontSize="12" textAnchor={i === 0 ? 'start' : 'middle'} fill="var(--ink-3)">
            {campaign.mode === 'historic' ? dates.date(new Date(at).toISOString()) : dates.day(new Date(at).toISOString())}
          </text>
        ))}
        {lines.map((l, i) => {
          const style = lineStyle(l.id, i);
          const points = l.values.map((v, k): [number, number] => [x(times[k] ?? from), y(v)]);
          return (
            <path
              key={l.id}
              d={style.stepped === true ? stepPath(points) : linePath(points)}
              fill="none"
              stroke={style.stroke}
              strokeWidth={style.width}
              strokeDasharray={style.dash}
              strokeLinejoin="round"
            />
          );
        })}
        {campaign.batches
          .filter((b) => inside(Date.parse(b.issuedAt)))
          .map((b) => {
            const at = Date.parse(b.issuedAt);
            const line = lines.find((l) => l.id === 'problems.supervised') ?? lines[0];
            const index = Math.max(
              0,
              times.findIndex((tt) => tt >= at),
            );
            const bx = x(at);
            return (
              <text
                key={b.no}
                className="halo"
                x={bx - 4}
                y={Math.max(top + 8, y(line?.values[index] ?? 0) + 4)}
                fontSize="11"
                textAnchor={bx < left + 40 ? 'start' : 'end'}
                fill="var(--ink-3)"
              >
                {formatBatches([b.no], words.lang)}
              </text>
            );
          })}
        <path d={`M${x(to)} ${top}V${bottom}`} stroke="var(--accent)" />
        {lines.map((l, i) => {
          const style = lineStyle(l.id, i);
          return (
            <g key={l.id}>
              <circle cx={x(to)} cy={ends[i]} r="2.6" fill={style.stroke} />
              <text className="halo" x={x(to) + 6} y={(labelY[i] ?? 0) + 4} fontSize="12" fontWeight="700" fill={style.stroke}>
                {labels[i]}
              </text>
            </g>
          );
        })}
      </svg>
    </div>
  );
}

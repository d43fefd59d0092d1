import { useState } from 'react';
import type { FigureAnswer, FigureHistory, FigureValue } from '../../../contract/figures.ts';
import { api, inCampaign } from '../../../contract/paths/api.ts';
import { filterQuery } from '../../../contract/paths/office.ts';
import { to } from '../../../contract/paths/pattern.ts';
import { useCampaign, useDates } from '../../ui/campaign.ts';
import { linePath, niceTicks, textWidth } from '../../ui/chart/scale.ts';
import { isMoney } from '../../ui/figure-words.ts';
import { formatBatches, formatCount, formatRate, moneyText, moneyTick } from '../../ui/format.ts';
import { Bones, Loaded } from '../../ui/Outcome.tsx';
import { useApi } from '../../ui/query.ts';
import { useWidth } from '../../ui/width.ts';
import { useWords } from '../../ui/words.ts';
import { historyRange } from './range.ts';

/** Every point is the answer that could be given then; steps down are new batches entering the denominator. */
export function History({ answer, figure }: { readonly answer: FigureAnswer; readonly figure: FigureValue }) {
  const { campaign, where } = useCampaign();
  const { t } = useWords();
  const dates = useDates();
  const [table, setTable] = useState(false);
  const range = historyRange(campaign, answer.watermark);
  const query = useApi<FigureHistory>(
    range === null
      ? null
      : to(api.figureHistory, { id: figure.id }, inCampaign(where, { ...filterQuery(figure.filter), ...range, points: 60 })),
  );
  if (range === null) return null;
  return (
    <section>
      <div className="hd">
        <h2>{t('figure:history.title')}</h2>
        <span className="c3 sm">{t('figure:history.sub')}</span>
        <span className="more noprint">
          <button type="button" className="linkbtn" aria-pressed={table} onClick={() => setTable(!table)}>
            {t(table ? 'shell:chart' : 'shell:table')}
          </button>
        </span>
      </div>
      <Loaded query={query} bones={<Bones rows={6} />}>
        {(history) =>
          history.points.length < 2 ? (
            <p className="c2">{t('figure:history.short')}</p>
          ) : table ? (
            <HistoryTable history={history} figure={figure} />
          ) : (
            <Curve history={history} figure={figure} />
          )
        }
      </Loaded>
      <p className="cap">
        {figure.denominator === null ? '' : t('figure:history.caption')}
        {t('figure:history.source', { size: formatCount(answer.logSize), moment: dates.moment(answer.asOf) })}
      </p>
    </section>
  );
}

function useValue(figure: FigureValue) {
  const { campaign } = useCampaign();
  const { lang } = useWords();
  const money = isMoney(campaign, figure);
  return {
    number: (p: { numerator: number; denominator: number | null }) =>
      figure.denominator === null
        ? p.numerator
        : p.denominator === null || p.denominator === 0
          ? null
          : (p.numerator / p.denominator) * 100,
    text: (p: { numerator: number; denominator: number | null }) => {
      if (figure.denominator !== null) return formatRate(p.numerator, p.denominator) ?? '—';
      if (!money) return formatCount(p.numerator);
      return moneyText(p.numerator, campaign, lang);
    },
    tick: (v: number) => (money ? moneyTick(v, campaign, lang) : formatCount(v)),
  };
}

function HistoryTable({ history, figure }: { readonly history: FigureHistory; readonly figure: FigureValue }) {
  const { t } = useWords();
  const dates = useDates();
  const value = useValue(figure);
  const rate = figure.denominator !== null;
  return (
    <div className="wide tall" tabIndex={0}>
      <table>
        <caption className="sk">{t('figure:history.title')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('shell:asOf')}</th>
            {rate && (
              <th scope="col" className="n">
                {t('figure:numerator')}
              </th>
            )}
            {rate && (
              <th scope="col" className="n">
                {t('figure:denominator')}
              </th>
            )}
            <th scope="col" className="n">
              {t('figure:value')}
            </th>
          </tr>
        </thead>
        <tbody>
          {history.points
            .map((p) => (
              <tr key={p.at}>
                <th scope="row" className="nb">
                  {dates.moment(p.at)}
                </th>
                {rate && <td className="n">{formatCount(p.numerator)}</td>}
                {rate && <td className="n">{formatCount(p.denominator ?? 0)}</td>}
                <td className="n">
                  <b>{value.text(p)}</b>
                </td>
              </tr>
            ))
            .toReversed()}
        </tbody>
      </table>
    </div>
  );
}

function Curve({ history, figure }: { readonly history: FigureHistory; readonly figure: FigureValue }) {
  const { campaign } = useCampaign();
  const { t, lang } = useWords();
  const dates = useDates();
  const value = useValue(figure);
  const [ref, width] = useWidth<HTMLDivElement>(640);
  const height = 236;

  const points = history.points.map((p) => ({ at: Date.parse(p.at), v: value.number(p), p }));
  const [from, to] = [points[0]?.at ?? 0, points.at(-1)?.at ?? 1];
  const ticks = niceTicks(Math.max(1, ...points.map((p) => p.v ?? 0)), 4);
  const max = ticks.at(-1) ?? 1;
  const lastPoint = history.points.at(-1);
  const left = Math.max(44, ...ticks.map((v) => textWidth(value.tick(v), 12) + 14));
  const right = lastPoint === undefined ? 74 : textWidth(value.text(lastPoint), 13) + 20;
  const [top, bottom] = [18, 198];
  const x = (at: number) => left + ((at - from) / Math.max(1, to - from)) * (width - left - right);
  const y = (v: number) => bottom - (v / max) * (bottom - top);
  const last = points.at(-1);
  const inFilter = Array.isArray(figure.filter.batches) ? figure.filter.batches : null;
  const batches =
    figure.denominator === null
      ? []
      : campaign.batches.filter((b) => {
          const at = Date.parse(b.issuedAt);
          return at > from && at < to && (inFilter === null || inFilter.includes(b.no));
        });
  return (
    <div ref={ref}>
      <svg
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={t('figure:history.alt', {
          from: dates.date(history.points[0]?.at ?? ''),
          to: dates.date(history.points.at(-1)?.at ?? ''),
          value: last === undefined ? '' : value.text(last.p),
        })}
      >
        {ticks.map((v) => (
          <g key={v}>
            <path d={`M${left} ${y(v)}H${width - right}`} stroke={v === 0 ? 'var(--ink)' : 'var(--rule)'} />
            <text x={left - 8} y={y(v) + 4} fontSize="12" textAnchor="end" fill="var(--ink-3)">
              {value.tick(v)}
            </text>
          </g>
        ))}
        {[0, 1 / 3, 2 / 3, 1].map((q) => {
          const at = from + (to - from) * q;
          return (
            <text
              key={q}
              x={x(at)}
              y={bottom + 20}
              fontSize="12"
              textAnchor={q === 0 ? 'start' : q === 1 ? 'end' : 'middle'}
              fill="var(--ink-3)"
            >
              {campaign.mode === 'historic' ? dates.date(new Date(at).toISOString()) : dates.day(new Date(at).toISOString())}
            </text>
          );
        })}
        {batches.map((b, i) => {
          const bx = x(Date.parse(b.issuedAt));
          return (
            <g key={b.no}>
              <path d={`M${bx} ${bottom - 8}V${bottom}`} stroke="var(--ink)" />
              <text className="halo" x={bx + 4} y={bottom - 8 - (i % 2) * 14} fontSize="11" fill="var(--ink-3)">
                {t('figure:history.enters', { batch: formatBatches([b.no], lang) })}
              </text>
            </g>
          );
        })}
        <path
          d={linePath(points.map((p): [number, number] | null => (p.v === null ? null : [x(p.at), y(p.v)])))}
          fill="none"
          stroke="var(--st-cleared)"
          strokeWidth="2.2"
          strokeLinejoin="round"
        />
        {last !== undefined && last.v !== null && (
          <>
            <circle cx={x(last.at)} cy={y(last.v)} r="4" fill="var(--st-cleared)" />
            <text className="halo" x={x(last.at) + 8} y={y(last.v) + 5} fontSize="13" fontWeight="700" fill="var(--st-cleared)">
              {value.text(last.p)}
            </text>
          </>
        )}
      </svg>
    </div>
  );
}

import { useState } from 'react';
import type { FigureAnswer, FigureValue, FigureWaterfall } from '../../../contract/figures.ts';
import { api, inCampaign } from '../../../contract/paths/api.ts';
import { filterQuery } from '../../../contract/paths/office.ts';
import { to } from '../../../contract/paths/pattern.ts';
import { formatWithOffset, instant, parseInstant } from '../../../domain/kernel/instant.ts';
import { useCampaign, useDates } from '../../ui/campaign.ts';
import { isMoney } from '../../ui/figure-words.ts';
import { formatChange, formatCount, moneyText } from '../../ui/format.ts';
import { Bones, Loaded } from '../../ui/Outcome.tsx';
import { useApi } from '../../ui/query.ts';
import { useWidth } from '../../ui/width.ts';
import { useWords } from '../../ui/words.ts';
import { defaultStart } from './range.ts';
import { stepsOf } from './steps.ts';

/** Why the numerator changed between two instants: parts that add up to the difference. */
export function Waterfall({ answer, figure }: { readonly answer: FigureAnswer; readonly figure: FigureValue }) {
  const { campaign, where } = useCampaign();
  const { t, pick } = useWords();
  const dates = useDates();
  const text = useText(figure);
  const until = formatWithOffset(parseInstant(answer.watermark) ?? instant(0), campaign.utcOffsetMinutes);
  const [chosen, setChosen] = useState<string | null>(null);
  const [table, setTable] = useState(false);
  const end = parseInstant(until) ?? instant(0);
  const starts = [
    ...campaign.moments.filter((m) => (parseInstant(m.at) ?? end) < end).map((m) => ({ at: m.at, name: pick(m.name) })),
    { at: formatWithOffset(instant(end - 86_400_000), campaign.utcOffsetMinutes), name: t('figure:fall.dayBefore') },
    { at: formatWithOffset(instant(end - 7 * 86_400_000), campaign.utcOffsetMinutes), name: t('figure:fall.weekBefore') },
  ];
  const from = chosen ?? defaultStart(campaign, until);
  const query = useApi<FigureWaterfall>(
    to(api.figureWaterfall, { id: figure.id }, inCampaign({ ...where, asOf: null }, { ...filterQuery(figure.filter), from, to: until })),
  );
  return (
    <section className="sec">
      <div className="hd">
        <h2>
          {query.data === undefined
            ? t('figure:fall.titlePlain')
            : t('figure:fall.title', {
                from: text.count(query.data.before.numerator),
                to: text.count(query.data.after.numerator),
                what: t(figure.denominator === null ? 'figure:fall.number' : 'figure:numerator'),
              })}
        </h2>
        <span className="more noprint">
          <button type="button" className="linkbtn" aria-pressed={table} onClick={() => setTable(!table)}>
            {t(table ? 'shell:chart' : 'shell:table')}
          </button>
        </span>
      </div>
      <p className="c2 sm">
        <label>
          {t('figure:fall.since')}{' '}
          <select value={starts.some((s) => s.at === from) ? from : ''} onChange={(e) => setChosen(e.currentTarget.value)}>
            {!starts.some((s) => s.at === from) && <option value="">{dates.moment(from)}</option>}
            {starts.map((s) => (
              <option key={s.at} value={s.at}>
                {s.name}（{dates.dayTime(s.at)}）
              </option>
            ))}
          </select>
        </label>{' '}
        {t('figure:fall.until', { moment: dates.moment(until) })}
      </p>
      <Loaded query={query} bones={<Bones rows={5} />}>
        {(fall) => (table ? <FallTable fall={fall} figure={figure} /> : <FallDrawing fall={fall} figure={figure} />)}
      </Loaded>
      {query.data !== undefined && figure.denominator !== null && (
        <p className="cap">
          {query.data.before.denominator === query.data.after.denominator
            ? t('figure:fall.sameDenominator', { n: formatCount(query.data.after.denominator ?? 0) })
            : t('figure:fall.otherDenominator', {
                from: formatCount(query.data.before.denominator ?? 0),
                to: formatCount(query.data.after.denominator ?? 0),
              })}
        </p>
      )}
    </section>
  );
}

function useText(figure: FigureValue) {
  const { campaign } = useCampaign();
  const { lang } = useWords();
  const money = isMoney(campaign, figure);
  const amount = (n: number) => moneyText(n, campaign, lang);
  return {
    count: (n: number) => (money ? amount(n) : formatCount(n)),
    change: (n: number) => (money ? `${n > 0 ? '+' : n < 0 ? '−' : ''}${amount(Math.abs(n))}` : formatChange(n)),
  };
}

function FallTable({ fall, figure }: { readonly fall: FigureWaterfall; readonly figure: FigureValue }) {
  const { t } = useWords();
  const dates = useDates();
  const text = useText(figure);
  return (
    <table>
      <caption className="sk">{t('figure:fall.titlePlain')}</caption>
      <tbody>
        <tr>
          <th scope="row">{dates.moment(fall.from)}</th>
          <td className="n">{text.count(fall.before.numerator)}</td>
        </tr>
        {fall.parts.map((p) => (
          <tr key={p.code}>
            <th scope="row">{t(`figure:part.${p.code}`)}</th>
            <td className="n">{text.change(p.change)}</td>
          </tr>
        ))}
        <tr className="tot">
          <th scope="row">{dates.moment(fall.to)}</th>
          <td className="n">{text.count(fall.after.numerator)}</td>
        </tr>
      </tbody>
    </table>
  );
}

function FallDrawing({ fall, figure }: { readonly fall: FigureWaterfall; readonly figure: FigureValue }) {
  const { t, lang } = useWords();
  const dates = useDates();
  const text = useText(figure);
  const [ref, width] = useWidth<HTMLDivElement>(640);
  const parts = fall.parts.filter((p) => p.change !== 0);
  const n = parts.length + 2;
  const slot = width / n;
  const bar = Math.min(70, slot * 0.62);
  const [top, base, height] = [26, 190, 236];
  const { levels, foot, high } = stepsOf(
    fall.before.numerator,
    parts.map((p) => p.change),
    fall.after.numerator,
  );
  const y = (v: number) => base - ((v - foot) / Math.max(1, high - foot)) * (base - top);
  const x = (i: number) => i * slot + (slot - bar) / 2;
  const whole = (i: number, v: number, label: string) => (
    <g key={`w${i}`}>
      <rect x={x(i)} y={y(v)} width={bar} height={base - y(v)} fill="var(--ink)" />
      {foot > 0 && (
        <path d={`M${x(i) - 2} ${base - 8}l${bar / 2 + 2} -5 ${bar / 2 + 2} 5`} stroke="var(--paper)" strokeWidth="3" fill="none" />
      )}
      <text x={x(i) + bar / 2} y={y(v) - 6} fontSize="13" fontWeight="700" textAnchor="middle" fill="var(--ink)">
        {text.count(v)}
      </text>
      <text x={x(i) + bar / 2} y={base + 20} fontSize="12" textAnchor="middle" fill="var(--ink-2)">
        {label}
      </text>
    </g>
  );
  return (
    <div ref={ref}>
      <svg
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={[
          text.count(fall.before.numerator),
          ...parts.map((p) => `${t(`figure:part.${p.code}`)} ${text.change(p.change)}`),
          text.count(fall.after.numerator),
        ].join(lang === 'zh' ? '，' : ', ')}
      >
        {whole(0, fall.before.numerator, dates.day(fall.from))}
        {parts.map((p, i) => {
          const [a, b] = [levels[i] ?? 0, levels[i + 1] ?? 0];
          const colour = p.code === 'left' ? 'var(--st-rebound)' : p.code === 'late' ? 'var(--st-claimed)' : 'var(--st-cleared)';
          return (
            <g key={p.code}>
              <path d={`M${x(i) + bar} ${y(a)}H${x(i + 1)}`} stroke="var(--rule-2)" />
              <rect x={x(i + 1)} y={Math.min(y(a), y(b))} width={bar} height={Math.max(2, Math.abs(y(a) - y(b)))} fill={colour} />
              <text x={x(i + 1) + bar / 2} y={Math.min(y(a), y(b)) - 6} fontSize="13" fontWeight="700" textAnchor="middle" fill={colour}>
                {text.change(p.change)}
              </text>
              <text x={x(i + 1) + bar / 2} y={base + 20} fontSize="12" textAnchor="middle" fill="var(--ink-2)">
                {t(`figure:part.${p.code}`)}
              </text>
              {p.code === 'late' && (
                <text x={x(i + 1) + bar / 2} y={base + 36} fontSize="11" textAnchor="middle" fill="var(--ink-3)">
                  {t('figure:fall.happenedBefore', { day: dates.day(fall.from) })}
                </text>
              )}
            </g>
          );
        })}
        <path d={`M${x(n - 2) + bar} ${y(fall.after.numerator)}H${x(n - 1)}`} stroke="var(--rule-2)" />
        {whole(n - 1, fall.after.numerator, dates.day(fall.to))}
        {foot > 0 && (
          <text x={x(0)} y={base + 36} fontSize="11" fill="var(--ink-3)">
            {t('figure:fall.cut', { at: text.count(Math.round(foot)) })}
          </text>
        )}
      </svg>
      {parts.length === 0 && <p className="c2">{t('figure:fall.nothing')}</p>}
    </div>
  );
}

import { useState } from 'react';
import { Link } from 'react-router';
import type { DashboardView } from '../../../contract/dashboard.ts';
import { placeName, shortPlace, useCampaign, useDates } from '../../ui/campaign.ts';
import { FigureNumber } from '../../ui/FigureNumber.tsx';
import { cohortText, figureName, overAll } from '../../ui/figure-words.ts';
import { Sparkline } from '../../ui/Sparkline.tsx';
import { useWords } from '../../ui/words.ts';
import { lineStyle } from './lines.ts';
import { usePlaceLink } from '../shell/place-link.ts';
import { type Row, starts, totals, value, worstColumn } from './place-rows.ts';
import { shortName } from './short-name.ts';

/** One row a city: counts, rates with their cohorts, what has not been verified, and the course of it. */
export function Places({ view }: { readonly view: DashboardView }) {
  const { campaign } = useCampaign();
  const words = useWords();
  const placeLink = usePlaceLink();
  const dates = useDates();
  const columns = campaign.dashboard.placeColumns;
  const [sort, setSort] = useState<{ readonly column: number; readonly down: boolean } | null>(null);
  if (view.cities.length === 0 || columns.length === 0) return null;
  const estimate = campaign.figures.find((f) => f.kind === 'estimate');
  const sortBy = sort?.column ?? worstColumn(view.cities[0] as Row);
  const rows = [...view.cities].sort((a, b) => (value(a, sortBy) - value(b, sortBy)) * (sort?.down === true ? -1 : 1));
  const curves = campaign.dashboard.curve
    .map((ref, i) => ({ ...ref, index: i }))
    .filter((l) => ['problems.claimed', 'problems.rectified'].includes(l.id));
  const drawn = curves.length > 0 ? curves : campaign.dashboard.curve.slice(0, 2).map((ref, i) => ({ ...ref, index: i }));
  const hasCurve = view.cities.some((c) => c.curve.some((l) => l.length > 1));
  const total = totals(view, columns);
  return (
    <section className="sec">
      <div className="hd">
        <h2>{words.t(estimate === undefined ? 'dashboard:places.titlePlain' : 'dashboard:places.title')}</h2>
        <span className="c3 sm">
          {words.t('dashboard:places.order', {
            name: shortName(figureName(campaign, columns[sortBy]?.id ?? '', words)),
            order: words.t(sort?.down === true ? 'dashboard:places.high' : 'dashboard:places.low'),
          })}
        </span>
      </div>
      <div className="wide" tabIndex={0}>
        <table className="city">
          <caption className="sk">{words.t('dashboard:places.titlePlain')}</caption>
          <thead>
            <tr>
              <th scope="col" className="frozen">
                {words.t('dashboard:places.city')}
              </th>
              {columns.map((ref, i) => {
                const cohort = cohortText(campaign, ref.filter, words);
                const ratio = view.cities[0]?.figures[i]?.unit === 'ratio';
                return (
                  <th
                    key={i}
                    scope="col"
                    className={`n${starts(view.cities[0], i) ? ' g' : ''}`}
                    aria-sort={i === sortBy ? (sort?.down === true ? 'descending' : 'ascending') : undefined}
                  >
                    <button type="button" onClick={() => setSort({ column: i, down: sort?.column === i && !sort.down })}>
                      {shortName(figureName(campaign, ref.id, words))}
                      {ratio ? '%' : ''}
                      {ratio && (
                        <>
                          <br />
                          {cohort === '' ? overAll(campaign, words) : cohort}
                        </>
                      )}
                    </button>
                  </th>
                );
              })}
              {estimate !== undefined && (
                <th scope="col" className="g">
                  {words.pick(estimate.name)}
                </th>
              )}
              {hasCurve && (
                <th scope="col" className="g sp">
                  {drawn.map((l) => shortName(figureName(campaign, l.id, words))).join(words.lang === 'zh' ? '┄ ' : ' ┄ ')}━
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.place}>
                <th scope="row" className="frozen nb">
                  <Link to={placeLink('city', row.place)}>{shortPlace(placeName(campaign, row.place, words.lang))}</Link>
                </th>
                {row.figures.map((f, i) => (
                  <td key={i} className={`n${starts(row, i) ? ' g' : ''}`}>
                    <FigureNumber figure={f} strong={f.unit === 'ratio'} />
                  </td>
                ))}
                {estimate !== undefined && <td className="g c3 sm nb">{words.t('dashboard:places.noDraw')}</td>}
                {hasCurve && (
                  <td className="g sp">
                    <Sparkline
                      lines={drawn.map((l) => {
                        const style = lineStyle(l.id, l.index);
                        return {
                          values: row.curve[l.index] ?? [],
                          stroke: style.stroke,
                          ...(style.dash === undefined ? {} : { dash: '3 2' }),
                          strokeWidth: style.dash === undefined ? 1.8 : 1.2,
                        };
                      })}
                    />
                  </td>
                )}
              </tr>
            ))}
            {total.every((f) => f !== undefined) && (
              <tr className="tot">
                <th scope="row" className="frozen">
                  {words.t('dashboard:places.total')}
                </th>
                {total.map((f, i) => (
                  <td key={i} className={`n${starts(view.cities[0], i) ? ' g' : ''}`}>
                    {f !== undefined && <FigureNumber figure={f} />}
                  </td>
                ))}
                {estimate !== undefined && <td className="g c3 sm nb">{words.t('dashboard:places.noDraw')}</td>}
                {hasCurve && <td className="g sp" />}
              </tr>
            )}
          </tbody>
        </table>
      </div>
      <p className="cap">
        {words.t(estimate === undefined ? 'dashboard:places.captionPlain' : 'dashboard:places.caption', {
          moment: dates.moment(view.asOf),
        })}
      </p>
    </section>
  );
}

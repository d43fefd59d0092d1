import { Link } from 'react-router';
import type { DashboardView } from '../../../contract/dashboard.ts';
import { useCampaign } from '../../ui/campaign.ts';
import { FigureNumber } from '../../ui/FigureNumber.tsx';
import { cohortText, figureName, overAll } from '../../ui/figure-words.ts';
import { useWords } from '../../ui/words.ts';
import { usePlaceLink } from '../shell/place-link.ts';
import { shortName } from '../dashboard/short-name.ts';

/** The table by place with the columns that fit a wall; lowest overall rate first. */
export function WallTable({ view }: { readonly view: DashboardView }) {
  const { campaign } = useCampaign();
  const words = useWords();
  const placeLink = usePlaceLink();
  const { t, lang } = words;
  const first = view.cities[0];
  if (first === undefined) return <section />;
  const overall = first.figures.findIndex((f) => f.unit === 'ratio' && f.filter.batches === undefined);
  const rows =
    overall < 0 ? view.cities : [...view.cities].sort((a, b) => (a.figures[overall]?.value ?? -1) - (b.figures[overall]?.value ?? -1));
  const columns = campaign.dashboard.placeColumns.slice(0, 7);
  const estimate = campaign.figures.find((f) => f.kind === 'estimate');
  return (
    <section>
      <h2>
        {t('dashboard:places.titlePlain')}
        <span>
          {overall < 0
            ? ''
            : t('dashboard:places.order', {
                name: shortName(figureName(campaign, columns[overall]?.id ?? '', words)),
                order: t('dashboard:places.low'),
              })}
        </span>
      </h2>
      <table className={rows.length > 12 ? 'dense' : undefined}>
        <caption className="sk">{t('dashboard:places.titlePlain')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('dashboard:places.city')}</th>
            {columns.map((ref, i) => {
              const rate = first.figures[i]?.unit === 'ratio';
              const cohort = cohortText(campaign, ref.filter, words);
              return (
                <th key={i} scope="col" className="n">
                  {(rate ? (cohort === '' ? overAll(campaign, words) : cohort) : '') || shortName(figureName(campaign, ref.id, words))}
                  {rate ? '%' : ''}
                </th>
              );
            })}
            {estimate !== undefined && <th scope="col">{t('screen:verified')}</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.place}>
              <th scope="row">
                <Link className="plain" to={placeLink('city', row.place)}>
                  {lang === 'zh' ? row.name.replace(/市$/u, '') : row.name}
                </Link>
              </th>
              {row.figures.slice(0, 7).map((f, i) => (
                <td key={i} className="n">
                  <FigureNumber figure={f} strong={f.unit === 'ratio'} />
                </td>
              ))}
              {estimate !== undefined && <td className="c3">{t('screen:noDraw')}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

import { Link } from 'react-router';
import type { DashboardView } from '../../../contract/dashboard.ts';
import { placeName, shortPlace, useCampaign } from '../../ui/campaign.ts';
import { FigureNumber } from '../../ui/FigureNumber.tsx';
import { cohortText, figureName, overAll } from '../../ui/figure-words.ts';
import { useWords } from '../../ui/words.ts';
import { usePlaceLink } from '../shell/place-link.ts';
import { wallName } from './wall-name.ts';
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
                  {(rate ? (cohort === '' ? overAll(campaign, words) : cohort) : '') || wallName(campaign, ref.id, words)}
                  {rate ? '%' : ''}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.place}>
              <th scope="row">
                <Link className="plain" to={placeLink('city', row.place)}>
                  {shortPlace(placeName(campaign, row.place, lang))}
                </Link>
              </th>
              {row.figures.slice(0, 7).map((f, i) => (
                <td key={i} className="n">
                  <FigureNumber figure={f} strong={f.unit === 'ratio'} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

import { Link } from 'react-router';
import type { ItemPage } from '../../../contract/items.ts';
import { paths } from '../../../contract/paths/office.ts';
import { useCampaign, useDates } from '../../ui/campaign.ts';
import { cohortText, figureName, figureParts, overAll } from '../../ui/figure-words.ts';
import { useWords } from '../../ui/words.ts';
import { countedPart } from './counted-part.ts';

/** Which figures count this, and in which part. */
export function CountedIn({ page }: { readonly page: ItemPage }) {
  const { campaign, where } = useCampaign();
  const words = useWords();
  const { t } = words;
  const dates = useDates();
  if (page.countedIn.length === 0) return null;
  return (
    <section className="sec">
      <div className="hd">
        <h2>{t('problem:counted.title')}</h2>
        <span className="c3 sm">{t('problem:counted.asOf', { moment: dates.dayTime(page.asOf) })}</span>
      </div>
      <table className="cnt">
        <caption className="sk">{t('problem:counted.title')}</caption>
        <tbody>
          {page.countedIn.map(({ figure, numerator, denominator }, i) => {
            const parts = figureParts(campaign, figure, words);
            const part = countedPart(numerator, denominator);
            return (
              <tr key={i}>
                <td>
                  <Link to={paths.figure(where, figure.id, figure.filter)}>
                    {figureName(campaign, figure.id, words)} {parts.value ?? '—'}
                    {parts.unit === '%' ? '%' : ` ${parts.unit}`}
                  </Link>
                </td>
                <td className="c2">
                  {cohortText(campaign, figure.filter, words) || (denominator === null ? '' : overAll(campaign, words))}
                </td>
                <td className={part === 'out' ? 'no' : 'yes'}>{t(`problem:counted.${part}`)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

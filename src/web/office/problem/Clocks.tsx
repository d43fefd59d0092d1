import type { ItemPage } from '../../../contract/items.ts';
import { useDates } from '../../ui/campaign.ts';
import { useWords } from '../../ui/words.ts';

/** Clocks that run or ran for this problem: until when, and how each stands at the page's instant. */
export function Clocks({ page }: { readonly page: ItemPage }) {
  const { t } = useWords();
  const dates = useDates();
  if (page.clocks.length === 0) return null;
  return (
    <section className="sec">
      <div className="hd">
        <h2>{t('problem:clocks.title')}</h2>
      </div>
      <table className="clocks">
        <thead>
          <tr>
            <th scope="col">{t('problem:clocks.name')}</th>
            <th scope="col">{t('problem:clocks.until')}</th>
            <th scope="col">{t('problem:clocks.standing')}</th>
          </tr>
        </thead>
        <tbody>
          {page.clocks.map((c) => (
            <tr key={`${c.name} ${c.no}`}>
              <th scope="row">
                {t(`problem:clocks.${c.name}`)}
                {c.no > 1 && t('problem:clocks.again', { no: c.no })}
              </th>
              <td>
                {dates.date(c.lastDay)}
                <span className="c3 sm">{t('problem:clocks.from', { date: dates.date(c.startedAt) })}</span>
              </td>
              <td className={`st-${c.standing}`}>
                {t(`problem:clocks.is.${c.standing === 'running' && c.days === 0 ? 'today' : c.standing}`, {
                  count: Math.abs(c.days),
                  date: c.endedAt === null ? '' : dates.date(c.endedAt),
                })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

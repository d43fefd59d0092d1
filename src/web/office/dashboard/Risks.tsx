import { Link } from 'react-router';
import type { DashboardView } from '../../../contract/dashboard.ts';
import { paths } from '../../../contract/paths/office.ts';
import { placePath, useCampaign, useDates } from '../../ui/campaign.ts';
import { formatCount } from '../../ui/format.ts';
import { queryOf } from '../../ui/query-text.ts';
import { StateMark } from '../../ui/StateMark.tsx';
import { useWords } from '../../ui/words.ts';
import { countWithUnit } from './Headline.tsx';

export function Rebounds({ view }: { readonly view: DashboardView }) {
  const { campaign, where } = useCampaign();
  const words = useWords();
  const dates = useDates();
  const { t } = words;
  const { total, rows } = view.rebounds;
  if (total === 0 && rows.length === 0 && campaign.batches.length === 0) return null;
  return (
    <section className="sec">
      <div className="hd">
        <h2>{t('dashboard:rebounds.title')}</h2>
        <span className="c3 sm">{t('dashboard:rebounds.total', { count: total })}</span>
        {total > 0 && (
          <span className="more">
            <Link to={paths.ledger(where, { view: 'rebounded' })}>{t('dashboard:allOf', { count: formatCount(total) })}</Link>
          </span>
        )}
      </div>
      {rows.length === 0 ? (
        <p className="c2 sm">{t('dashboard:rebounds.none')}</p>
      ) : (
        <div className="wide" tabIndex={0}>
          <table className="list">
            <caption className="sk">{t('dashboard:rebounds.title')}</caption>
            <tbody>
              {rows.map((r) => (
                <tr key={r.id}>
                  <td className="nb">
                    <Link className="mono" to={paths.item(where, r.no)}>
                      {r.no}
                    </Link>
                  </td>
                  <td className="el" title={`${r.unit}：${r.reason}`}>
                    {r.unit}
                  </td>
                  <td className="nb c2">{placePath(campaign, r.place, words.lang)}</td>
                  <td className="nb">
                    <StateMark state="rebounded" word={dates.day(r.reboundedAt)} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

export function OverdueAgeing({ view }: { readonly view: DashboardView }) {
  const { campaign, where } = useCampaign();
  const words = useWords();
  const { t } = words;
  const { total, buckets } = view.overdue;
  const supervised = view.pressSet.find((f) => f.id === 'problems.supervised' && Object.keys(f.filter).length === 0)?.numerator;
  const days = (b: (typeof buckets)[number]) =>
    b.to === null ? t('dashboard:overdue.more', { from: b.from }) : t('dashboard:overdue.range', { from: b.from, to: b.to });
  const max = Math.max(1, ...buckets.map((b) => b.count));
  if (buckets.length === 0 || (total === 0 && campaign.batches.length === 0)) return null;
  return (
    <section className="sec">
      <div className="hd">
        <h2>{t('dashboard:overdue.title')}</h2>
        <span className="c3 sm">
          {supervised === undefined
            ? countWithUnit(total, 'problem', words)
            : t('dashboard:overdue.of', { count: total, total: formatCount(total), supervised: formatCount(supervised) })}
        </span>
        {total > 0 && (
          <span className="more">
            <Link to={paths.ledger(where, { view: 'overdue', sort: 'deadline' })}>
              {t('dashboard:allOf', { count: formatCount(total) })}
            </Link>
          </span>
        )}
      </div>
      <table className="age">
        <caption className="sk">{t('dashboard:overdue.title')}</caption>
        <tbody>
          {buckets.map((b) => (
            <tr key={b.from} className={b.count === 0 ? undefined : 'opens'}>
              <th scope="row" className="nb">
                {b.count === 0 ? (
                  days(b)
                ) : (
                  <Link to={paths.ledger(where, queryOf(b.query))} aria-label={t('find:ageing', { days: days(b), count: b.count })}>
                    {days(b)}
                  </Link>
                )}
              </th>
              <td className="n">{formatCount(b.count)}</td>
              <td className="bar">
                <svg width="100%" height="12" preserveAspectRatio="none" viewBox="0 0 100 12" aria-hidden="true">
                  <rect width={(b.count / max) * 100} height="12" fill="var(--st-overdue)" />
                </svg>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

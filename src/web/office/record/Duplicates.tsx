import { Link } from 'react-router';
import type { AlikeAnswer } from '../../../contract/problems.ts';
import { api } from '../../../contract/paths/api.ts';
import { paths } from '../../../contract/paths/office.ts';
import { to } from '../../../contract/paths/pattern.ts';
import { useCampaign, useDates } from '../../ui/campaign.ts';
import { useApi } from '../../ui/query.ts';
import { StateMark } from '../../ui/StateMark.tsx';
import { useWords } from '../../ui/words.ts';
import { useLater } from './use-later.ts';
import type { Values } from './values.ts';

/** Problems that the one being typed may be the same as: told while typing, decided by people. */
export function Duplicates({ values }: { readonly values: Values }) {
  const { campaign, where } = useCampaign();
  const { t } = useWords();
  const dates = useDates();
  const { sourceId, unit, place, text } = values;
  const address =
    place === null
      ? null
      : to(
          api.problemsAlike,
          {},
          { campaign: campaign.slug, source: sourceId, unit: unit.trim().slice(0, 200), place, text: text.trim().slice(0, 400) },
        );
  const asked = useLater(address, 400);
  const answer = useApi<AlikeAnswer>(asked);
  const rows = answer.data?.duplicates ?? [];
  return (
    <section className="sec dups" aria-live="polite">
      <div className="hd">
        <h2>{t('record:alike.title')}</h2>
        <span className="c3 sm">
          {place === null
            ? t('record:alike.later')
            : answer.isSuccess
              ? t('record:alike.count', { count: rows.length })
              : t('shell:loading')}
        </span>
      </div>
      {rows.length > 0 && <p className="c2 sm">{t('record:alike.what')}</p>}
      <ul>
        {rows.map(({ row, because, alike }) => (
          <li key={row.id}>
            <p className="a">
              <Link className="mono" to={paths.item(where, row.no)} target="_blank" rel="noopener">
                {row.no}
              </Link>
              <StateMark state={row.state} overdue={row.overdue} />
              <span className="c2 sm">{t('record:alike.alike', { percent: alike })}</span>
            </p>
            <p>{row.text}</p>
            <p className="c2 sm">
              {row.unit}　{t(`record:alike.because.${because}`)}　{t('record:alike.found', { day: dates.day(row.foundAt) })}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

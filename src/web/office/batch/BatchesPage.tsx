import { Link } from 'react-router';
import type { BatchList } from '../../../contract/supervision.ts';
import { api, inCampaign } from '../../../contract/paths/api.ts';
import { paths } from '../../../contract/paths/office.ts';
import { to } from '../../../contract/paths/pattern.ts';
import { useCampaign, useDates } from '../../ui/campaign.ts';
import { FigureNumber } from '../../ui/FigureNumber.tsx';
import { figureName } from '../../ui/figure-words.ts';
import { batchName } from '../../ui/format.ts';
import { Bones, Loaded } from '../../ui/Outcome.tsx';
import { useApi } from '../../ui/query.ts';
import { useTitle } from '../../ui/title.ts';
import { useWords } from '../../ui/words.ts';
import { shortName } from '../dashboard/short-name.ts';
import { may, useSession } from '../shell/session.ts';
import { useStamp } from '../shell/stamp.ts';
import '../dashboard/dashboard.css';
import '../problem/problem.css';
import './batches.css';

/** All batches of supervision letters, the newest first. */
export function BatchesPage() {
  const { where } = useCampaign();
  const { t } = useWords();
  const query = useApi<BatchList>(to(api.batches, {}, inCampaign(where)));
  useTitle(t('batch:all'));
  useStamp(query.data);
  return (
    <main id="content" className="batch batches">
      <Loaded query={query} bones={<Bones rows={8} />}>
        {(page) => <Batches page={page} />}
      </Loaded>
    </main>
  );
}

function Batches({ page }: { readonly page: BatchList }) {
  const { campaign, where } = useCampaign();
  const words = useWords();
  const { t, lang } = words;
  const dates = useDates();
  const session = useSession().data;
  const mine = page.batches.reduce((n, b) => n + b.mine, 0);
  const columns = page.batches[0]?.figures ?? [];
  const issues = where.asOf === null && session !== undefined && may(session, 'batch.issue', campaign);
  return (
    <>
      <div className="head">
        <h1>{t('batch:all')}</h1>
        <div className="meta">
          <span>{t('batch:count', { count: page.batches.length })}</span>
          {mine > 0 && <b className="st-claimed">{t('batch:mine', { count: mine })}</b>}
        </div>
        {issues && (
          <div className="act noprint">
            <Link className="btn main" to={paths.ledger(where, { view: 'unsent' })}>
              {t('batch:next')}
            </Link>
          </div>
        )}
      </div>
      {page.batches.length === 0 ? (
        <p className="c2">{t(issues ? 'batch:emptyOffice' : 'batch:empty')}</p>
      ) : (
        <table>
          <caption className="sk">{t('batch:all')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('batch:batch')}</th>
              <th scope="col">{t('batch:issuedOn')}</th>
              <th scope="col">{t('batch:until')}</th>
              <th scope="col">{t('batch:receipts')}</th>
              {columns.map((f, i) => (
                <th key={i} scope="col" className="n">
                  {shortName(figureName(campaign, f.id, words))}
                  {f.unit === 'ratio' ? '%' : ''}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {page.batches.map((b) => (
              <tr key={b.no}>
                <th scope="row">
                  <Link to={paths.batch(where, b.no)}>{batchName(b.no, b.name, lang)}</Link>
                </th>
                <td data-head={t('batch:issuedOn')}>{dates.date(b.issuedAt)}</td>
                <td data-head={t('batch:until')}>{dates.date(b.deadline)}</td>
                <td data-head={t('batch:receipts')} className={b.mine > 0 ? 'st-claimed' : ''}>
                  {b.mine > 0 ? t('batch:toSign', { count: b.mine }) : t('batch:of', { received: b.received, count: b.letters })}
                </td>
                {b.figures.map((f, i) => (
                  <td key={i} className="n" data-head={shortName(figureName(campaign, f.id, words))}>
                    <FigureNumber figure={f} strong={f.unit === 'ratio'} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

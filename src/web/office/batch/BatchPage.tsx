import { useState } from 'react';
import { Link, useParams } from 'react-router';
import type { BatchPage as BatchAnswer } from '../../../contract/supervision.ts';
import { api, inCampaign } from '../../../contract/paths/api.ts';
import { paths } from '../../../contract/paths/office.ts';
import { to } from '../../../contract/paths/pattern.ts';
import { placeName, useCampaign, useDates } from '../../ui/campaign.ts';
import { FigureNumber } from '../../ui/FigureNumber.tsx';
import { figureName } from '../../ui/figure-words.ts';
import { batchName } from '../../ui/format.ts';
import { Bones, Loaded, Refused } from '../../ui/Outcome.tsx';
import { useApi } from '../../ui/query.ts';
import { StateMark } from '../../ui/StateMark.tsx';
import { useTitle } from '../../ui/title.ts';
import { useWords } from '../../ui/words.ts';
import { Cell } from '../dashboard/Headline.tsx';
import { shortName } from '../dashboard/short-name.ts';
import { useStamp } from '../shell/stamp.ts';
import { LetterFiles } from './LetterFiles.tsx';
import { Receive } from './Receive.tsx';
import '../dashboard/dashboard.css';
import '../problem/problem.css';

/** A batch of supervision letters: one letter a city, who has received it, and how far each is. */
export function BatchPage() {
  const { no = '' } = useParams();
  const { where } = useCampaign();
  const query = useApi<BatchAnswer>(to(api.batch, { no }, inCampaign(where)));
  const { lang } = useWords();
  useTitle(query.data === undefined ? '' : batchName(query.data.batch.no, query.data.batch.name, lang));
  useStamp(query.data);
  return (
    <main id="content" className="batch">
      <Loaded query={query} bones={<Bones rows={10} />}>
        {(page) => <Batch page={page} />}
      </Loaded>
    </main>
  );
}

function Batch({ page }: { readonly page: BatchAnswer }) {
  const { campaign, where } = useCampaign();
  const words = useWords();
  const { t, lang } = words;
  const dates = useDates();
  const { batch } = page;
  const [refusal, setRefusal] = useState<unknown>(null);
  const letters = page.cities.filter((c) => c.letter !== null);
  const received = letters.filter((c) => c.letter?.receivedAt !== null && c.letter?.receivedAt !== undefined).length;
  const columns = page.total.length > 0 ? page.total : (page.cities[0]?.figures ?? []);
  return (
    <>
      <div className="head">
        <p className="crumb">
          <Link to={paths.batches(where)}>{t('batch:all')}</Link>
          <Link to={paths.ledger(where, { batches: batch.no })}>{t('batch:inLedger')}</Link>
        </p>
        <h1>{batchName(batch.no, batch.name, lang)}</h1>
        <div className="meta">
          <span>{t('batch:issued', { moment: dates.moment(batch.issuedAt) })}</span>
          <span>{t('batch:deadline', { date: dates.date(batch.deadline) })}</span>
          <span>{t('batch:letters', { count: letters.length, received })}</span>
        </div>
        <div className="act noprint">
          <button type="button" className="btn" onClick={() => globalThis.print()}>
            {t('shell:print')}
          </button>
        </div>
      </div>
      <dl className="figs">
        {page.total.map((f, i) => (
          <Cell key={i} figure={f} />
        ))}
      </dl>
      <section className="sec" style={{ marginTop: 24 }}>
        <div className="hd">
          <h2>{t('batch:byCity')}</h2>
          <span className="c3 sm">
            {t('shell:asOf')} {dates.moment(page.asOf)}
          </span>
        </div>
        <Refused error={refusal} />
        <div className="wide" tabIndex={0}>
          <table>
            <caption className="sk">{t('batch:byCity')}</caption>
            <thead>
              <tr>
                <th scope="col" className="frozen">
                  {t('dashboard:places.city')}
                </th>
                <th scope="col">{t('batch:letter')}</th>
                <th scope="col">{t('batch:received')}</th>
                {columns.map((f, i) => (
                  <th key={i} scope="col" className="n">
                    {shortName(figureName(campaign, f.id, words))}
                    {f.unit === 'ratio' ? '%' : ''}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {page.cities.map((c) => (
                <tr key={c.place}>
                  <th scope="row" className="frozen nb">
                    <Link to={paths.ledger(where, { batches: batch.no, city: c.place })}>{placeName(campaign, c.place, lang)}</Link>
                  </th>
                  <td className="nb">
                    {c.letter === null ? (
                      <span className="c3">{t('batch:noLetter')}</span>
                    ) : (
                      <>
                        {c.letter.docNo}{' '}
                        <LetterFiles letter={c.letter} name={`${where.slug}-letter-${batch.no}-${c.place}`} refused={setRefusal} />
                      </>
                    )}
                  </td>
                  <td className="nb">
                    {c.letter === null ? (
                      ''
                    ) : c.letter.canReceive ? (
                      <Receive letter={c.letter} refused={setRefusal} />
                    ) : c.letter.receivedAt === null ? (
                      <StateMark state="found" word={t('batch:notReceived')} />
                    ) : (
                      <StateMark state="settled" word={dates.dayTime(c.letter.receivedAt)} />
                    )}
                  </td>
                  {c.figures.map((f, i) => (
                    <td key={i} className="n">
                      <FigureNumber figure={f} strong={f.unit === 'ratio'} />
                    </td>
                  ))}
                </tr>
              ))}
              {page.total.length > 0 && (
                <tr className="tot">
                  <th scope="row" className="frozen">
                    {t('dashboard:places.total')}
                  </th>
                  <td />
                  <td />
                  {page.total.map((f, i) => (
                    <td key={i} className="n">
                      <FigureNumber figure={f} />
                    </td>
                  ))}
                </tr>
              )}
            </tbody>
          </table>
        </div>
        <p className="cap">{t('batch:caption')}</p>
      </section>
    </>
  );
}

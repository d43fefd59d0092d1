import { Link, useParams } from 'react-router';
import type { SourcePage as SourceAnswer } from '../../../contract/sources.ts';
import { api, inCampaign } from '../../../contract/paths/api.ts';
import { paths } from '../../../contract/paths/office.ts';
import { to } from '../../../contract/paths/pattern.ts';
import { placePath, useCampaign, useDates } from '../../ui/campaign.ts';
import { formatMoney } from '../../ui/format.ts';
import { Bones, Loaded } from '../../ui/Outcome.tsx';
import { useApi } from '../../ui/query.ts';
import { StateMark } from '../../ui/StateMark.tsx';
import { useTitle } from '../../ui/title.ts';
import { useWords } from '../../ui/words.ts';
import { DaysLeft, nameOf } from '../ledger/columns.tsx';
import { ActList } from '../problem/Timeline.tsx';
import { mayAt, useSession } from '../shell/session.ts';
import { useStamp } from '../shell/stamp.ts';
import { industryName } from './industry.ts';
import '../problem/problem.css';

/** A source of pollution: who it is, how often it was inspected, its problems and its cases. */
export function SourcePage() {
  const { id = '' } = useParams();
  const { where } = useCampaign();
  const query = useApi<SourceAnswer>(to(api.source, { id }, inCampaign(where)));
  useTitle(query.data?.source.name ?? '');
  useStamp(query.data);
  return (
    <main id="content" className="item">
      <Loaded query={query} bones={<Bones rows={10} />}>
        {(page) => <Source page={page} />}
      </Loaded>
    </main>
  );
}

function Source({ page }: { readonly page: SourceAnswer }) {
  const { campaign, where } = useCampaign();
  const words = useWords();
  const { t, lang } = words;
  const s = page.source;
  const session = useSession().data;
  const now = where.asOf === null && campaign.mode !== 'historic';
  // In the order in which things happened, whenever each was written down.
  const acts = page.acts.toSorted((a, b) => Date.parse(a.happenedAt) - Date.parse(b.happenedAt));
  const inspections = page.acts.filter((a) => a.kind === 'InspectionCompleted').length;
  return (
    <>
      <div className="head">
        <p className="crumb">
          <Link to={paths.sources(where)}>{t('record:sources.title')}</Link>
          <Link to={paths.ledger(where, { q: s.name })}>{t('source:inLedger')}</Link>
          <span className="mono">{s.no}</span>
        </p>
        <h1>{s.name}</h1>
        <div className="meta">
          <span>{placePath(campaign, s.place, lang)}</span>
          {s.industry !== '' && <span>{industryName(t, s.industry)}</span>}
          {s.scattered && <span>{t('source:scattered')}</span>}
          {s.closed && <StateMark state="settled" word={t('source:closed')} />}
          <span>{t('source:inspected', { count: inspections })}</span>
        </div>
        <div className="act noprint">
          {now && mayAt(session, 'inspection.record', campaign.slug, s.place) && (
            <Link className="btn" to={paths.inspect(where, s.id)}>
              {t('record:inspect.title')}
            </Link>
          )}
          {now && mayAt(session, 'problem.found', campaign.slug, s.place) && (
            <Link className="btn main" to={paths.record(where, { source: s.id })}>
              {t('record:title')}
            </Link>
          )}
          <button type="button" className="btn" onClick={() => globalThis.print()}>
            {t('shell:print')}
          </button>
        </div>
      </div>
      <div className="body">
        <div className="col">
          <Problems page={page} />
          <section className="sec">
            <div className="hd">
              <h2>{t('problem:history.title')}</h2>
              <span className="c3 sm">{t('problem:history.steps', { count: page.acts.length })}</span>
            </div>
            <ActList acts={acts} />
            <p className="cap">{t('problem:history.caption')}</p>
          </section>
        </div>
        <div className="col">
          <section className="sec">
            <div className="hd">
              <h2>{t('source:facts')}</h2>
            </div>
            <dl className="five facts">
              <div>
                <dt>{t('source:uscc')}</dt>
                <dd className="mono">{s.uscc ?? t('source:noUscc')}</dd>
              </div>
              <div>
                <dt>{t('source:outlets')}</dt>
                <dd>{s.outlets.length === 0 ? t('shell:none') : s.outlets.join(lang === 'zh' ? '、' : ', ')}</dd>
              </div>
              <div>
                <dt>{t('source:position')}</dt>
                <dd>{s.lon === null || s.lat === null ? t('source:noPosition') : `${s.lat.toFixed(5)}, ${s.lon.toFixed(5)} (WGS 84)`}</dd>
              </div>
            </dl>
          </section>
          <Cases page={page} />
        </div>
      </div>
    </>
  );
}

function Problems({ page }: { readonly page: SourceAnswer }) {
  const { campaign, where } = useCampaign();
  const words = useWords();
  const { t } = words;
  return (
    <section className="sec">
      <div className="hd">
        <h2>{t('source:problems')}</h2>
        <span className="c3 sm">{t('source:problemCount', { count: page.problems.length })}</span>
      </div>
      {page.problems.length === 0 ? (
        <p className="c2">{t('source:noProblems')}</p>
      ) : (
        <div className="wide" tabIndex={0}>
          <table>
            <caption className="sk">{t('source:problems')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('ledger:column.no')}</th>
                <th scope="col">{t('ledger:column.state')}</th>
                <th scope="col" className="n">
                  {t('ledger:column.daysLeft')}
                </th>
                <th scope="col">{t('ledger:column.text')}</th>
                <th scope="col">{t('ledger:column.aspect')}</th>
              </tr>
            </thead>
            <tbody>
              {page.problems.map((p) => (
                <tr key={p.id}>
                  <td className="nb">
                    <Link className="mono" to={paths.item(where, p.no)}>
                      {p.no}
                    </Link>
                  </td>
                  <td>
                    <StateMark state={p.state} overdue={p.overdue} />
                  </td>
                  <td className="n">
                    <DaysLeft days={p.daysLeft} overdue={p.overdue} words={words} />
                  </td>
                  <td>{p.text}</td>
                  <td className="c2">{nameOf(campaign.aspects, p.aspect, words)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Cases({ page }: { readonly page: SourceAnswer }) {
  const { campaign } = useCampaign();
  const words = useWords();
  const { t, lang } = words;
  const dates = useDates();
  if (page.cases.length === 0) return null;
  return (
    <section className="sec">
      <div className="hd">
        <h2>{t('source:cases')}</h2>
      </div>
      <table>
        <caption className="sk">{t('source:cases')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('source:caseNo')}</th>
            <th scope="col">{t('source:measure')}</th>
            <th scope="col" className="n">
              {t('source:decided')}
            </th>
            <th scope="col" className="n">
              {t('ledger:column.amount')}
            </th>
          </tr>
        </thead>
        <tbody>
          {page.cases.map((c) => {
            const money = formatMoney(c.amount, campaign, lang);
            return (
              <tr key={c.id}>
                <td>{c.no}</td>
                <td>{nameOf(campaign.measures, c.measure, words) || t('shell:none')}</td>
                <td className="n">{c.decidedAt === null ? t('source:notDecided') : dates.date(c.decidedAt)}</td>
                <td className="n">
                  {money.value}
                  {lang === 'en' ? ' ' : ''}
                  {money.unit}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import type { FigureRecord, FigureRecords, FigureValue } from '../../../contract/figures.ts';
import { api, inCampaign } from '../../../contract/paths/api.ts';
import { filterQuery, paths } from '../../../contract/paths/office.ts';
import { to } from '../../../contract/paths/pattern.ts';
import { apiGet } from '../../ui/api.ts';
import { placePath, useCampaign, useDates } from '../../ui/campaign.ts';
import { isMoney } from '../../ui/figure-words.ts';
import { formatCount, moneyText } from '../../ui/format.ts';
import { Bones, Failure } from '../../ui/Outcome.tsx';
import { useWords } from '../../ui/words.ts';
import { may, useSession } from '../shell/session.ts';
import { nameOf } from '../ledger/columns.tsx';

type Part = 'numerator' | 'denominator' | 'difference';

/** The records a figure counts: numerator, denominator, or what lies between the two. */
export function Records({ figure }: { readonly figure: FigureValue }) {
  const { where } = useCampaign();
  const { t } = useWords();
  const [part, setPart] = useState<Part>('numerator');
  const path = to(api.figureRecords, { id: figure.id }, inCampaign(where, { ...filterQuery(figure.filter), part, limit: 20 }));
  const query = useInfiniteQuery({
    queryKey: ['api', path, 'pages'],
    queryFn: ({ pageParam, signal }) =>
      apiGet<FigureRecords>(pageParam === null ? path : `${path}&after=${encodeURIComponent(pageParam)}`, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
  const parts: readonly { part: Part; n: number | null }[] =
    figure.denominator === null
      ? [{ part: 'numerator', n: null }]
      : [
          { part: 'numerator', n: figure.numerator },
          { part: 'denominator', n: figure.denominator },
          { part: 'difference', n: figure.denominator - figure.numerator },
        ];
  const records = query.data?.pages.flatMap((p) => p.records) ?? [];
  const total = query.data?.pages[0]?.total;
  return (
    <section>
      <div className="tabs">
        <div className="tabs" role="tablist" aria-label={t('figure:records.title')}>
          {parts.map((p) => (
            <button key={p.part} type="button" role="tab" aria-selected={part === p.part} onClick={() => setPart(p.part)}>
              {figure.denominator === null ? t('figure:records.title') : t(`figure:${p.part}`)}{' '}
              {p.n === null ? (total === undefined ? '' : formatCount(total)) : formatCount(p.n)}
            </button>
          ))}
        </div>
        <span className="more noprint">
          <a href={to(api.figureRecordsFile.csv, { id: figure.id }, inCampaign(where, { ...filterQuery(figure.filter), part }))} download>
            CSV
          </a>
          <a href={to(api.figureRecordsFile.xlsx, { id: figure.id }, inCampaign(where, { ...filterQuery(figure.filter), part }))} download>
            xlsx
          </a>
        </span>
      </div>
      {query.isError ? (
        <Failure error={query.error} retry={() => void query.refetch()} />
      ) : query.isPending ? (
        <Bones rows={9} />
      ) : records.length === 0 ? (
        <p className="empty">{t('figure:records.none')}</p>
      ) : (
        <>
          <RecordTable records={records} figure={figure} />
          <p className="cap">
            {t('figure:records.shown', { shown: formatCount(records.length), total: formatCount(total ?? records.length) })}
            {query.hasNextPage && (
              <>
                {'　'}
                <button
                  type="button"
                  className="linkbtn noprint"
                  disabled={query.isFetchingNextPage}
                  onClick={() => void query.fetchNextPage()}
                >
                  {t('figure:records.more')}
                </button>
              </>
            )}
          </p>
        </>
      )}
    </section>
  );
}

function RecordTable({ records, figure }: { readonly records: readonly FigureRecord[]; readonly figure: FigureValue }) {
  const { campaign } = useCampaign();
  const words = useWords();
  const { t, lang } = words;
  const dates = useDates();
  const day = campaign.mode === 'historic' ? dates.date : dates.day;
  const money = isMoney(campaign, figure) || records.some((r) => r.kind === 'case' && r.amount > 0);
  const has = {
    unit: records.some((r) => r.unit !== null),
    title: records.every((r) => r.unit === null) && records.some((r) => r.title !== null),
    aspect: records.some((r) => r.aspect !== null),
    batch: records.some((r) => r.batch !== null),
  };
  return (
    <div className="wide" tabIndex={0}>
      <table className="rec">
        <caption className="sk">{t('figure:records.title')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('ledger:column.no')}</th>
            {has.unit && <th scope="col">{t('ledger:column.unit')}</th>}
            {has.title && <th scope="col">{t('figure:records.text')}</th>}
            <th scope="col">{t('ledger:column.place')}</th>
            {has.aspect && <th scope="col">{t('ledger:column.aspect')}</th>}
            {has.batch && (
              <th scope="col" className="n">
                {t('ledger:column.batch')}
              </th>
            )}
            {money && (
              <th scope="col" className="n">
                {t('ledger:column.amount')}
              </th>
            )}
            <th scope="col" className="n">
              {t('problem:history.happened')}
            </th>
            <th scope="col" className="n">
              {t('problem:history.recorded')}
            </th>
          </tr>
        </thead>
        <tbody>
          {records.map((r) => {
            const late = campaign.mode !== 'historic' && r.happenedAt !== null && Date.parse(r.since) - Date.parse(r.happenedAt) >= 900_000;
            return (
              <tr key={r.id}>
                <td className="nb">
                  <RecordLink record={r} />
                </td>
                {has.unit && (
                  <td className="el" title={r.title === null ? (r.unit ?? '') : `${r.unit ?? ''} ${r.title}`}>
                    {r.unit}
                  </td>
                )}
                {has.title && <td className="long">{r.title}</td>}
                <td className="c2 nb">{placePath(campaign, r.place, lang)}</td>
                {has.aspect && <td className="c2 el aspect">{nameOf(campaign.aspects, r.aspect, words)}</td>}
                {has.batch && <td className="n c2">{r.batch ?? ''}</td>}
                {money && <td className="n">{r.amount === 0 ? '' : moneyText(r.amount, campaign, lang)}</td>}
                <td className="n" title={r.happenedAt === null ? undefined : dates.moment(r.happenedAt)}>
                  {r.happenedAt === null ? '—' : day(r.happenedAt)}
                </td>
                <td className={late ? 'n late' : 'n'} title={dates.moment(r.since)}>
                  {day(r.since)}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** A problem or outside record opens its page, a source and a batch theirs; other records have none. */
function RecordLink({ record }: { readonly record: FigureRecord }) {
  const { campaign, where } = useCampaign();
  const session = useSession().data;
  const text = record.no ?? record.id.slice(0, 8);
  // Whoever reads figures only is not sent to pages that are refused.
  if (!may(session, record.kind === 'batch' || record.kind === 'letter' ? 'batch.read' : 'item.read', campaign))
    return <span className="mono">{text}</span>;
  if (['problem', 'record', 'case'].includes(record.kind))
    return (
      <Link className="mono" to={paths.item(where, record.no ?? record.id)}>
        {text}
      </Link>
    );
  if (record.kind === 'source')
    return (
      <Link className="mono" to={paths.source(where, record.id)}>
        {text}
      </Link>
    );
  if (record.kind === 'batch' && record.batch !== null) return <Link to={paths.batch(where, record.batch)}>{text}</Link>;
  if (record.kind === 'letter' && record.batch !== null) return <Link to={paths.batch(where, record.batch)}>{text}</Link>;
  return <span className="mono">{text}</span>;
}

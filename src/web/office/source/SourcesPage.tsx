import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearchParams } from 'react-router';
import type { SourcesPage as Answer } from '../../../contract/sources.ts';
import { api, inCampaign } from '../../../contract/paths/api.ts';
import { paths } from '../../../contract/paths/office.ts';
import { to } from '../../../contract/paths/pattern.ts';
import { apiGet } from '../../ui/api.ts';
import { placeName, placePath, useCampaign, useDates } from '../../ui/campaign.ts';
import { formatCount } from '../../ui/format.ts';
import { Bones, Failure } from '../../ui/Outcome.tsx';
import { useTitle } from '../../ui/title.ts';
import { useWords } from '../../ui/words.ts';
import { may, mayAt, useSession } from '../shell/session.ts';
import { useStamp } from '../shell/stamp.ts';
import { industryName } from './industry.ts';
import '../record/record.css';

/** How many the server gives at a time; a shorter page that goes on passed over so many that it stopped to tell. */
const pageSize = 50;
const keys = ['q', 'city', 'county', 'scattered', 'open', 'inspected'] as const;

/** 污染源: every source in reach, filtered by the address. */
export function SourcesPage() {
  const { campaign, where } = useCampaign();
  const { t, lang } = useWords();
  const dates = useDates();
  const navigate = useNavigate();
  const session = useSession().data;
  const [search] = useSearchParams();
  const filter: Record<string, string | null> = Object.fromEntries(keys.map((key) => [key, search.get(key)]));
  const address = to(api.sources, {}, inCampaign(where, filter));
  const query = useInfiniteQuery({
    queryKey: ['api', address],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) => apiGet<Answer>(to(api.sources, {}, inCampaign(where, { ...filter, after: pageParam })), signal),
    getNextPageParam: (page: Answer) => page.next ?? undefined,
  });
  useTitle(t('record:sources.title'));
  useStamp(query.data?.pages[0]);
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? [];
  const change = (patch: Record<string, string | null>) => void navigate(paths.sources(where, { ...filter, ...patch }));
  const city = filter.city;
  const now = where.asOf === null && campaign.mode !== 'historic';
  return (
    <main id="content" className="sources">
      <div className="top">
        <h1>{t('record:sources.title')}</h1>
        {(['csv', 'xlsx'] as const).map((format) => (
          <a key={format} className="btn noprint" href={to(api.sourcesFile[format], {}, inCampaign(where, { ...filter, lang }))} download>
            {t(`shell:${format}`)}
          </a>
        ))}
        {now && may(session, 'source.register', campaign) && (
          <Link className="btn noprint" to={paths.newSource(where)}>
            {t('record:newSource.title')}
          </Link>
        )}
        {now && may(session, 'problem.found', campaign) && (
          <Link className="btn main noprint" to={paths.record(where)}>
            {t('record:title')}
          </Link>
        )}
      </div>
      <form
        className="filter noprint"
        role="search"
        aria-label={t('record:sources.filter')}
        onSubmit={(e) => {
          e.preventDefault();
          change({ q: String(new FormData(e.currentTarget).get('q') ?? '').trim() });
        }}
      >
        <input
          key={filter.q}
          name="q"
          type="search"
          data-search
          defaultValue={filter.q ?? ''}
          maxLength={100}
          placeholder={t('record:source.placeholder')}
          aria-label={t('record:source.search')}
        />
        <select
          aria-label={t('ledger:facet.city')}
          value={city ?? ''}
          onChange={(e) => change({ city: e.currentTarget.value, county: null })}
        >
          <option value="">{t('record:sources.anyCity')}</option>
          {campaign.places
            .filter((p) => p.level === 'city' && mayAt(session, 'source.read', campaign.slug, p.code))
            .map((p) => (
              <option key={p.code} value={p.code}>
                {placeName(campaign, p.code, lang)}
              </option>
            ))}
        </select>
        {city !== null && city !== '' && (
          <select
            aria-label={t('ledger:facet.county')}
            value={filter.county ?? ''}
            onChange={(e) => change({ county: e.currentTarget.value })}
          >
            <option value="">{t('record:sources.anyCounty')}</option>
            {campaign.places
              .filter((p) => p.level === 'county' && String(p.code - (p.code % 100)) === city)
              .map((p) => (
                <option key={p.code} value={p.code}>
                  {placeName(campaign, p.code, lang)}
                </option>
              ))}
          </select>
        )}
        <select
          aria-label={t('record:sources.inspected')}
          value={filter.inspected ?? ''}
          onChange={(e) => change({ inspected: e.currentTarget.value })}
        >
          <option value="">{t('record:sources.anyInspected')}</option>
          <option value="never">{t('record:sources.never')}</option>
          <option value="30">{t('record:sources.notFor', { count: 30 })}</option>
          <option value="90">{t('record:sources.notFor', { count: 90 })}</option>
        </select>
        {(['open', 'scattered'] as const).map((key) => (
          <label key={key}>
            <input
              type="checkbox"
              checked={filter[key] === '1'}
              onChange={(e) => change({ [key]: e.currentTarget.checked ? '1' : null })}
            />
            {t(`record:sources.${key}`)}
          </label>
        ))}
        <button type="submit" className="btn">
          {t('record:sources.search')}
        </button>
      </form>
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
      {query.isPending && <Bones rows={10} />}
      {query.isSuccess && rows.length === 0 && !query.hasNextPage && (
        <div className="empty">
          <h2>{t('record:sources.emptyTitle')}</h2>
          <p>{t('record:sources.empty')}</p>
          <p>
            <Link to={paths.sources(where)}>{t('record:sources.clear')}</Link>
          </p>
        </div>
      )}
      {rows.length > 0 && (
        <div className="wide">
          <table>
            <caption className="sk">{t('record:sources.title')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('record:sources.name')}</th>
                <th scope="col" className="n">
                  {t('record:sources.problems')}
                </th>
                <th scope="col">{t('ledger:column.place')}</th>
                <th scope="col" className="n">
                  {t('record:sources.last')}
                </th>
                <th scope="col">{t('record:sources.industry')}</th>
                <th scope="col">{t('record:sources.no')}</th>
                <th scope="col">{t('source:uscc')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((s) => (
                <tr key={s.id}>
                  <td className="name">
                    <Link to={paths.source(where, s.id)}>{s.name}</Link>
                    {s.closed && <span className="c2 sm">　{t('source:closed')}</span>}
                    {s.scattered && !s.closed && <span className="c2 sm">　{t('source:scattered')}</span>}
                  </td>
                  <td className="n" data-label={t('record:sources.problems')}>
                    {t('record:sources.openOf', { open: formatCount(s.open), count: s.problems })}
                  </td>
                  <td>{placePath(campaign, s.place, lang)}</td>
                  <td className="n" data-label={t('record:sources.last')}>
                    {s.inspectedAt === null ? t('record:sources.never') : dates.date(s.inspectedAt)}
                  </td>
                  <td className="small">{industryName(t, s.industry)}</td>
                  <td className="small mono">{s.no}</td>
                  <td className="uscc mono">{s.uscc ?? t('source:noUscc')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {query.isSuccess && (
        <p className="more noprint" role="status">
          {t('record:sources.shown', { count: rows.length })}
          {'　'}
          {query.hasNextPage && (
            <button type="button" className="btn small" disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              {t((query.data.pages.at(-1)?.rows.length ?? 0) < pageSize ? 'record:sources.lookOn' : 'record:sources.more')}
            </button>
          )}
        </p>
      )}
    </main>
  );
}

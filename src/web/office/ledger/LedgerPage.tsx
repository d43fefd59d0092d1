import { lazy, Suspense, useCallback, useMemo, useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import type { LedgerFacets, LedgerRow, LedgerTotal } from '../../../contract/ledger.ts';
import { api, inCampaign } from '../../../contract/paths/api.ts';
import { paths } from '../../../contract/paths/office.ts';
import { to } from '../../../contract/paths/pattern.ts';
import { useCampaign } from '../../ui/campaign.ts';
import { formatCount } from '../../ui/format.ts';
import { Failure } from '../../ui/Outcome.tsx';
import { useApi } from '../../ui/query.ts';
import { useTitle } from '../../ui/title.ts';
import { useWords } from '../../ui/words.ts';
import { may, useSession } from '../shell/session.ts';
import { useStamp } from '../shell/stamp.ts';
import { BesideSearch } from './BesideSearch.tsx';
import { caseColumns, defaultColumns } from './columns.tsx';
import { Facets } from './Facets.tsx';
import { Grid } from './Grid.tsx';
import { useLedgerKeys } from './keys.ts';
import { KeyLine } from './KeyLine.tsx';
import { useTableLayout } from './layout.ts';
import { apiQuery, itemInList, readFilter, sortOf, withoutFilters, type LedgerFilter } from './query.ts';
import { chosenOf, nothing, toggle, toggleAll } from './selection.ts';
import { QueryLine } from './QueryLine.tsx';
import { useLedgerRows } from './rows.ts';
import { listAddress, places, useReturn } from './use-place.ts';
import { Views } from './Views.tsx';
import './ledger.css';

const SelectionBar = lazy(() => import('./SelectionBar.tsx'));

/** 问题台账: every problem in reach, filtered by the address, acted on in bulk. */
export function LedgerPage() {
  const { campaign, where } = useCampaign();
  const { t } = useWords();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const session = useSession().data;
  const filter = useMemo(() => readFilter(search), [search]);
  const { query, rows } = useLedgerRows(where, filter);
  const total = useApi<LedgerTotal>(to(api.ledgerTotal, {}, inCampaign(where, apiQuery(filter))));
  const facets = useApi<LedgerFacets>(to(api.ledgerFacets, {}, inCampaign(where, apiQuery(filter))));
  // The facets stay where they are while their counts come, and with them the keyboard's focus.
  const [knownFacets, setKnownFacets] = useState<LedgerFacets>();
  if (facets.data !== undefined && facets.data !== knownFacets) setKnownFacets(facets.data);
  const kind = filter.kind === 'case' ? 'case' : 'problem';
  const [layout, setLayout] = useTableLayout(`${campaign.slug}.${kind}`, kind === 'case' ? caseColumns : defaultColumns(campaign));
  const [cursor, setCursor] = useState(-1);
  const [selection, setSelection] = useState(nothing);
  const [facetsOpen, setFacetsOpen] = useState(false);
  const [help, setHelp] = useState(false);
  const title = t(campaign.mode === 'historic' ? 'shell:records' : 'shell:ledger');
  useTitle(title);
  useStamp(query.data?.pages[0]);

  const change = useCallback(
    (next: LedgerFilter) => {
      setCursor(-1);
      void navigate(paths.ledger(where, { ...next }));
    },
    [navigate, where],
  );
  const selectable = where.asOf === null && campaign.mode !== 'historic' && filter.kind !== 'case';
  const toggleRow = useCallback(
    (index: number, range: boolean) => {
      setSelection((now) => toggle(now, rows, index, range));
      setCursor(index);
    },
    [rows],
  );
  const more = useCallback(() => {
    if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage();
  }, [query]);
  const list = listAddress(where, filter);
  const returned = useReturn(list, rows, { hasMore: query.hasNextPage, fetching: query.isFetching, more }, setCursor);
  const opened = useCallback(
    (row: LedgerRow) => {
      setCursor(rows.indexOf(row));
      places.remember(list, { no: row.no, rows: rows.length });
    },
    [list, rows],
  );
  useLedgerKeys(
    useMemo(
      () => ({
        move: (by) => setCursor((c) => Math.min(rows.length - 1, Math.max(0, c + by))),
        select: (range) => {
          if (selectable && cursor >= 0) toggleRow(cursor, range);
        },
        open: () => {
          const row = rows[cursor];
          if (row === undefined) return;
          opened(row);
          void navigate(itemInList(where, row.no, filter));
        },
        help: () => setHelp((h) => !h),
        escape: () => {
          setHelp(false);
          setSelection(nothing);
        },
      }),
      [cursor, filter, navigate, opened, rows, selectable, toggleRow, where],
    ),
  );

  const exportQuery = apiQuery(filter);
  const chosen = chosenOf(selection, rows);
  return (
    <main id="content" className="ledger">
      <div className="top">
        <h1>{filter.kind === 'case' ? t('ledger:cases') : title}</h1>
        {campaign.mode !== 'historic' && (
          <Link className="noprint" to={paths.ledger(where, filter.kind === 'case' ? {} : { kind: 'case' })}>
            {t(filter.kind === 'case' ? 'ledger:problems' : 'ledger:cases')}
          </Link>
        )}
        <a className="btn noprint" href={to(api.ledgerFile.csv, {}, inCampaign(where, exportQuery))} download>
          {t('ledger:exportCsv')}
        </a>
        <a className="btn noprint" href={to(api.ledgerFile.xlsx, {}, inCampaign(where, exportQuery))} download>
          {t('ledger:exportXlsx')}
        </a>
        {selectable && may(session, 'problem.found', campaign) && (
          <Link className="btn main noprint" to={paths.record(where)}>
            {t('ledger:newProblem')}
          </Link>
        )}
      </div>
      <Views facets={facets.data} filter={filter} />
      <div className={facetsOpen ? 'work facets-open' : 'work'}>
        <Facets facets={facets.data ?? knownFacets} filter={filter} change={change} />
        <section className="grid" aria-label={title}>
          <QueryLine
            filter={filter}
            change={change}
            total={total.data?.total ?? null}
            shown={rows.length}
            layout={layout}
            setLayout={setLayout}
            facetsOpen={facetsOpen}
            toggleFacets={() => setFacetsOpen(!facetsOpen)}
          />
          <BesideSearch filter={filter} />
          {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
          {query.isError ? null : query.isSuccess && rows.length === 0 ? (
            <div className="empty">
              <h2>{t('ledger:empty.title')}</h2>
              <p>{t('ledger:empty.body')}</p>
              <p>
                <Link to={paths.ledger(where, { ...withoutFilters(filter) })}>{t('ledger:empty.clear')}</Link>
                {'　'}
                <Link to={paths.ledger(where)}>{t('ledger:empty.all')}</Link>
              </p>
            </div>
          ) : (
            <Grid
              rows={rows}
              total={total.data?.total ?? null}
              layout={layout}
              sort={sortOf(filter)}
              setSort={(sort) => change({ ...filter, sort })}
              cursor={cursor}
              list={list}
              returned={returned}
              opened={opened}
              address={(row) => itemInList(where, row.no, filter)}
              selected={selection.ids}
              toggleRow={toggleRow}
              more={more}
              waiting={query.isPending || query.isFetchingNextPage}
              selectable={selectable}
              toggleAll={() => setSelection((now) => toggleAll(now, rows))}
            />
          )}
        </section>
      </div>
      {chosen.length > 0 && (
        <Suspense>
          <SelectionBar chosen={chosen} clear={() => setSelection(nothing)} />
        </Suspense>
      )}
      <KeyLine open={help} shown={formatCount(rows.length)} selectable={selectable} />
    </main>
  );
}

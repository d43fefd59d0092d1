import type { UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, Navigate, useLocation, useParams, useSearchParams } from 'react-router';
import { paths } from '../../contract/paths/office.ts';
import { ApiError, isOtherPerson, isSessionLost, renewSession } from './api.ts';
import { ownerOfPage } from './person.ts';
import { queries } from './query.ts';
import { useWords } from './words.ts';

/** Shows a query: bones while it waits, the refusal in words and code when it fails, else its data. */
export function Loaded<T>({
  query,
  bones,
  children,
}: {
  readonly query: UseQueryResult<T, Error>;
  readonly bones?: React.ReactNode;
  readonly children: (data: T) => React.ReactNode;
}) {
  if (query.data !== undefined) return children(query.data);
  if (query.isError) return <Failure error={query.error} retry={() => void query.refetch()} />;
  return bones ?? <Bones rows={6} />;
}

/** Grey lines where text will stand. */
export function Bones({ rows, label }: { readonly rows: number; readonly label?: string }) {
  const { t } = useWords();
  return (
    <div className="bones" role="status" aria-label={label ?? t('shell:loading')}>
      {Array.from({ length: rows }, (_, i) => (
        <span key={i} className="bone" style={{ width: `${92 - ((i * 17) % 48)}%` }} />
      ))}
    </div>
  );
}

export function Failure({ error, retry }: { readonly error: unknown; readonly retry?: () => void }) {
  const location = useLocation();
  const { t, pick } = useWords();
  if (!(error instanceof ApiError)) return <Oops />;
  // A page that was somebody's stays as it is; signing in happens over it.
  if (error.status === 401 && ownerOfPage() !== null) return <Refused error={error} />;
  if (error.status === 401) return <Navigate to={paths.signIn(location.pathname + location.search)} replace />;
  if (error.status === 404) return <NotFound error={error} />;
  return (
    <div className="fail" role="alert">
      <b>{t('shell:failed')}</b>　{pick(error.problem.messages)} <Code of={error} />
      {retry !== undefined && mayHelp(error.status) && (
        <>
          {'　'}
          <button type="button" className="linkbtn" onClick={retry}>
            {t('shell:retry')}
          </button>
        </>
      )}
    </div>
  );
}

/** Asking again helps against a server that was busy or away, not against a rule. */
export function mayHelp(status: number): boolean {
  return status === 0 || status === 408 || status === 425 || status === 429 || status >= 500;
}

/** The code of a refusal, for whoever is asked for help; the words beside it say what to do. */
function Code({ of }: { readonly of: unknown }) {
  const { t } = useWords();
  return (
    <details className="errcode">
      <summary>{t('shell:details')}</summary>
      <code>{of instanceof ApiError ? of.problem.code : 'web.unexpected'}</code>
    </details>
  );
}

/** A refusal inside a form, with what can be done about it here. */
export function Refused({ error }: { readonly error: unknown }) {
  const { t, pick } = useWords();
  // What came of signing in again, as long as it is the same refusal that is shown.
  const [later, setLater] = useState<{ readonly of: unknown; readonly error: unknown } | null>(null);
  if (error === null || error === undefined) return null;
  const shown = later?.of === error ? later.error : error;
  const known = shown instanceof ApiError;
  return (
    <div className="fail" role="alert">
      {known ? pick(shown.problem.messages) : t('shell:crash.body')} <Code of={shown} />
      {isSessionLost(shown) && (
        <>
          {'　'}
          <button
            type="button"
            className="linkbtn"
            onClick={() =>
              void renewSession()
                .then((signedIn) => {
                  // Whatever could not be read without a session is read now.
                  if (signedIn) void queries.refetchQueries({ type: 'active', predicate: (query) => query.state.status === 'error' });
                })
                .catch((other: unknown) => setLater({ of: error, error: other }))
            }
          >
            {t('shell:draft.again')}
          </button>
        </>
      )}
      {isOtherPerson(shown) && (
        <>
          {'　'}
          <button type="button" className="linkbtn" onClick={() => globalThis.location.assign(paths.home())}>
            {t('shell:draft.toOther')}
          </button>
        </>
      )}
    </div>
  );
}

/** What the address names is not there: says so and offers ways on. */
export function NotFound({ error }: { readonly error?: ApiError }) {
  const { t, pick } = useWords();
  const { campaign: slug } = useParams();
  const [search] = useSearchParams();
  const location = useLocation();
  const asOf = search.get('asOf');
  return (
    <div className="oops">
      <h1>{t('shell:notFound.title')}</h1>
      <p>{error === undefined ? t('shell:notFound.body') : pick(error.problem.messages)}</p>
      {error !== undefined && (
        <p className="c3 sm">
          {t('shell:notFound.body')}　<code>{error.problem.code}</code>
        </p>
      )}
      <ul>
        {asOf !== null && (
          <li>
            {t('shell:notFound.past')} <Link to={location.pathname}>{t('shell:notFound.tryNow')}</Link>
          </li>
        )}
        {slug !== undefined && (
          <li>
            <Link to={paths.ledger({ slug, asOf })}>{t('shell:notFound.tryLedger')}</Link>
          </li>
        )}
        <li>
          <Link to={slug === undefined ? paths.home() : paths.dashboard({ slug, asOf })}>{t('shell:notFound.tryDashboard')}</Link>
        </li>
      </ul>
    </div>
  );
}

/** The page's own fault. */
export function Oops() {
  const { t } = useWords();
  return (
    <div className="oops" role="alert">
      <h1>{t('shell:crash.title')}</h1>
      <p>{t('shell:crash.body')}</p>
      <p>
        <a href={globalThis.location.href}>{t('shell:crash.reload')}</a>
      </p>
    </div>
  );
}

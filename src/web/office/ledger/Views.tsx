import { useState } from 'react';
import { Link } from 'react-router';
import type { z } from 'zod';
import type { LedgerFacets, savedView } from '../../../contract/ledger.ts';
import { api } from '../../../contract/paths/api.ts';
import { paths } from '../../../contract/paths/office.ts';
import { queryText, to } from '../../../contract/paths/pattern.ts';
import { queryOf } from '../../ui/query-text.ts';
import { apiSend } from '../../ui/api.ts';
import { useCampaign } from '../../ui/campaign.ts';
import { formatCount } from '../../ui/format.ts';
import { say } from '../../ui/notice.tsx';
import { Refused } from '../../ui/Outcome.tsx';
import { refusalWords } from '../../ui/refusal-words.ts';
import { useApi } from '../../ui/query.ts';
import { innerQuotes } from '../../../domain/kernel/quotes.ts';
import { useWords } from '../../ui/words.ts';
import { DraftNote } from '../drafts/DraftNote.tsx';
import { useDraft } from '../drafts/use-draft.ts';
import { deskTaskNames, ruleOf, type DeskTask } from '../../../domain/desk/tasks.ts';
import { hasDesk } from '../shell/home.ts';
import { may, useSession } from '../shell/session.ts';
import { builtInViews, type LedgerFilter } from './query.ts';

type SavedView = z.infer<typeof savedView>;

/** Built-in and own views as tabs with counts. A view is an address, so it can be bookmarked and sent. */
export function Views({ facets, filter }: { readonly facets: LedgerFacets | undefined; readonly filter: LedgerFilter }) {
  const { campaign, where } = useCampaign();
  const words = useWords();
  const { t } = words;
  const own = useApi<readonly SavedView[]>(to(api.views, {}, { campaign: where.slug }));
  const [form, setForm] = useState<'save' | 'rename' | null>(null);
  const [error, setError] = useState<unknown>(null);
  const current = queryText({ ...filter }).slice(1);
  const mine = own.data?.find((v) => v.query === current);
  const counts = facets?.views ?? {};
  // A view that can hold nothing for this person is not offered: problems are assigned to governments.
  const holds = (v: (typeof builtInViews)[number]) => counts[v] !== undefined && (v !== 'mine' || counts[v] > 0);
  const offered = builtInViews.filter((v) => v === 'all' || v === filter.view || holds(v));
  const session = useSession().data;
  const acts = filter.kind !== 'case' && hasDesk(session, where.slug) && deskTaskNames.some((task) => mayDoAny(session, campaign, task));
  const plain = Object.keys(filter).every(
    (k) => k === 'view' || k === 'sort' || k === 'kind' || filter[k as keyof LedgerFilter] === undefined,
  );

  const open = (which: 'save' | 'rename') => {
    setError(null);
    setForm(form === which ? null : which);
  };

  async function keep(send: () => Promise<unknown>): Promise<boolean> {
    try {
      await send();
      setForm(null);
      setError(null);
      await own.refetch();
      return true;
    } catch (refusal) {
      setError(refusal);
      return false;
    }
  }
  const save = (name: string) => keep(() => apiSend('POST', to(api.views, {}, { campaign: where.slug }), { name, query: current }));
  const rename = (id: string, name: string) => keep(() => apiSend('POST', to(api.view, { id }), { name }));

  return (
    <>
      <nav className="views" aria-label={t('ledger:viewsLabel')}>
        {offered.map((v) => (
          <Link
            key={v}
            to={paths.ledger(where, { kind: filter.kind, view: v === 'all' ? undefined : v })}
            aria-current={mine === undefined && (filter.view ?? 'all') === v ? 'true' : undefined}
          >
            {t(`ledger:view.${v}`)}
            {counts[v] !== undefined && <span>{formatCount(counts[v])}</span>}
          </Link>
        ))}
        {acts && <Link to={paths.desk(where)}>{t('ledger:waiting')}</Link>}
        {own.data?.map((v) => (
          <Link key={v.id} to={paths.ledger(where, queryOf(v.query))} aria-current={v.query === current ? 'true' : undefined}>
            {v.name}
          </Link>
        ))}
        {mine !== undefined && (
          <span className="save noprint">
            <button type="button" className="linkbtn" aria-expanded={form === 'rename'} onClick={() => open('rename')}>
              {t('find:view.rename')}
            </button>
            <button
              type="button"
              className="linkbtn"
              aria-label={t('ledger:dropView', { name: innerQuotes(mine.name) })}
              onClick={() =>
                void apiSend('DELETE', to(api.view, { id: mine.id }))
                  .then(() => own.refetch())
                  .then(() => say(t('ledger:dropped')))
                  .catch((refusal: unknown) => say(refusalWords(refusal, words)))
              }
            >
              {t('find:view.drop')}
            </button>
          </span>
        )}
        {mine === undefined && !plain && (
          <button type="button" className="linkbtn save noprint" aria-expanded={form === 'save'} onClick={() => open('save')}>
            {t('ledger:saveView')}
          </button>
        )}
      </nav>
      {form === 'save' && <Naming key="save" of={null} save={save} error={error} close={() => setForm(null)} />}
      {form === 'rename' && mine !== undefined && (
        <Naming key={mine.id} of={mine} save={(name) => rename(mine.id, name)} error={error} close={() => setForm(null)} />
      )}
    </>
  );
}

function mayDoAny(session: Parameters<typeof may>[0], campaign: Parameters<typeof may>[2], task: DeskTask): boolean {
  return ruleOf(task).verbs.some((verb) => may(session, verb, campaign));
}

function Naming({
  of,
  save,
  error,
  close,
}: {
  /** The view that gets another name; null for a new one. */
  readonly of: SavedView | null;
  readonly save: (name: string) => Promise<boolean>;
  readonly error: unknown;
  readonly close: () => void;
}) {
  const { where } = useCampaign();
  const { t } = useWords();
  const start = of?.name ?? '';
  const draft = useDraft({ form: of === null ? 'view.new' : 'view.rename', object: of?.id ?? where.slug, start: { name: start } });
  const [name, setName] = useState(draft.values.name);
  const change = (next: string) => {
    setName(next);
    draft.keep({ name: next });
  };
  return (
    <form
      className="naming"
      onSubmit={(e) => {
        e.preventDefault();
        void save(name.trim()).then((done) => {
          if (done) draft.sent();
        });
      }}
    >
      <DraftNote
        at={draft.restoredAt}
        discard={() => {
          draft.discard();
          setName(start);
        }}
      />
      <label>
        {t('ledger:viewName')}{' '}
        <input name="name" value={name} required maxLength={60} autoFocus onChange={(e) => change(e.currentTarget.value)} />
      </label>
      <button type="submit" className="btn main small">
        {t('ledger:save')}
      </button>
      <button
        type="button"
        className="btn small"
        onClick={() => {
          if (draft.mayClose()) close();
        }}
      >
        {t('ledger:cancel')}
      </button>
      <Refused error={error} />
    </form>
  );
}

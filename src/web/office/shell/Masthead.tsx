import { publicPaths } from '../../../contract/paths/public.ts';
import { useEffect, useRef, useState } from 'react';
import { Link, useLocation, useNavigate } from 'react-router';
import type { CampaignView } from '../../../contract/campaign.ts';
import type { SessionView } from '../../../contract/session.ts';
import { paths, type Where } from '../../../contract/paths/office.ts';
import { showLanguage } from '../../i18n/setup.ts';
import { orgName } from '../../ui/campaign.ts';
import { unlessComposing } from '../../ui/composing.ts';
import { useWords } from '../../ui/words.ts';
import { addressOfSearch } from './address-of-search.ts';
import { hasDesk, homeOf } from './home.ts';
import { may } from './session.ts';
import { SignOut } from './SignOut.tsx';
import './masthead.css';

/** Brand, campaign, pages, search, language and who is signed in. */
export function Masthead({
  session,
  campaign,
  where,
}: {
  readonly session: SessionView;
  readonly campaign: CampaignView | undefined;
  readonly where: Where;
}) {
  const { t, pick, lang } = useWords();
  const [open, setOpen] = useState(false);
  // Which part of the office a page belongs to: a problem or batch is opened from the ledger.
  const part = useLocation().pathname.split('/')[3] ?? '';
  const links = [
    [paths.desk(where), t('shell:desk'), ['desk']],
    [paths.dashboard(where), t('shell:dashboard'), ['']],
    [paths.ledger(where), t(campaign?.mode === 'historic' ? 'shell:records' : 'shell:ledger'), ['ledger', 'p', 'record']],
    ...(campaign?.mode === 'historic'
      ? []
      : ([
          [paths.sources(where), t('record:sources.title'), ['sources']],
          [paths.batches(where), t('shell:batches'), ['batches']],
        ] as const)),
    [paths.figures(where), t('shell:figures'), ['figures']],
    [paths.bulletins(where), t('shell:bulletins'), ['bulletins']],
    [paths.method(where), t('shell:method'), ['method']],
    [paths.screen(where), t('shell:screen'), []],
  ] as const;
  // What the server would refuse is not offered: the press reads figures, not the ledger.
  const without = [
    ...(may(session, 'ledger.read', { slug: where.slug, root: 0 }) ? [] : ['ledger', 'sources', 'batches']),
    ...(hasDesk(session, where.slug) ? [] : ['desk']),
  ];
  const shown = links.filter(([, , parts]) => !without.some((part) => (parts as readonly string[]).includes(part)));
  return (
    <header className="mast">
      <Link to={homeOf(session, where)} className="brand plain">
        {t('shell:brand')}
      </Link>
      <CampaignSwitch session={session} where={where} />
      <button type="button" className="btn small burger" aria-expanded={open} aria-controls="mainnav" onClick={() => setOpen(!open)}>
        {t('shell:menu')}
      </button>
      <div
        id="mainnav"
        className={open ? 'fold open' : 'fold'}
        onClick={(e) => {
          if ((e.target as Element).closest('a') !== null) setOpen(false);
        }}
      >
        <nav aria-label={t('shell:nav')}>
          {shown.map(([to, name, parts]) => (
            <Link key={to} to={to} aria-current={(parts as readonly string[]).includes(part) ? 'page' : undefined}>
              {name}
            </Link>
          ))}
        </nav>
        <Find where={where} />
        <button
          type="button"
          className="linkbtn sm"
          lang={lang === 'zh' ? 'en' : 'zh-CN'}
          title={t('shell:switchLangLabel')}
          onClick={() => void showLanguage(lang === 'zh' ? 'en' : 'zh')}
        >
          {t('shell:switchLang')}
        </button>
        <details className="who">
          <summary>{session.user.name}</summary>
          <div>
            <p>
              <b>{session.user.name}</b>　
              <span className="c3">{campaign === undefined ? session.user.org : orgName(campaign, session.user.org)}</span>
            </p>
            <ul className="c2 sm">
              {session.user.grants.map((g) => (
                <li key={`${g.role}${g.place}${g.campaign}`}>
                  {t(`session:role.${g.role}`, { defaultValue: g.role })}　{g.placeName}
                </li>
              ))}
            </ul>
            <p className="sm">
              <a href={publicPaths.campaigns(lang)}>{t('session:publicPages')}</a>
            </p>
            <SignOut className="btn small" />
          </div>
        </details>
      </div>
      <span className="sk">{campaign === undefined ? '' : pick(campaign.name)}</span>
    </header>
  );
}

function CampaignSwitch({ session, where }: { readonly session: SessionView; readonly where: Where }) {
  const { t, pick } = useWords();
  const navigate = useNavigate();
  const current = session.campaigns.find((c) => c.slug === where.slug);
  if (session.campaigns.length < 2) return <span className="camp">{current === undefined ? where.slug : pick(current.name)}</span>;
  return (
    <select
      className="camp"
      aria-label={t('shell:campaigns')}
      value={where.slug}
      onChange={(e) => void navigate(homeOf(session, { slug: e.currentTarget.value, asOf: null }))}
    >
      {session.campaigns.map((c) => (
        <option key={c.slug} value={c.slug}>
          {pick(c.name)}
        </option>
      ))}
    </select>
  );
}

/** A number that looks like one opens its page; anything else searches the ledger. `/` comes here from everywhere. */
function Find({ where }: { readonly where: Where }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const input = useRef<HTMLInputElement>(null);
  // The box says what the page is searched for; on another page the old words are gone.
  const { pathname, search } = useLocation();
  useEffect(() => {
    if (input.current !== null) input.current.value = pathname.endsWith('/ledger') ? (new URLSearchParams(search).get('q') ?? '') : '';
  }, [pathname, search]);
  useEffect(() => {
    const onKey = unlessComposing((e: KeyboardEvent) => {
      const target = e.target as HTMLElement;
      if (e.key !== '/' || e.ctrlKey || e.metaKey || target.closest('input,textarea,select,[contenteditable]') !== null) return;
      const local = document.querySelector<HTMLInputElement>('input[data-search]');
      e.preventDefault();
      (local ?? input.current)?.focus();
    });
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  return (
    <form
      className="find"
      role="search"
      aria-label={t('shell:searchLabel')}
      onSubmit={(e) => {
        e.preventDefault();
        const text = input.current?.value.trim() ?? '';
        if (text === '') return;
        void navigate(addressOfSearch(where, text));
        input.current?.blur();
      }}
    >
      <input ref={input} type="search" placeholder={t('shell:search')} aria-label={t('shell:searchLabel')} maxLength={100} />
      <kbd aria-hidden="true">/</kbd>
    </form>
  );
}

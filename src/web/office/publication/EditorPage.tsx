import type { EditorView } from 'prosemirror-view';
import { useCallback, useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { v7 as newId } from 'uuid';
import type { BulletinCheck, BulletinFinding, BulletinPage as Answer } from '../../../contract/bulletins.ts';
import type { BulletinText } from '../../../domain/publication/acts.ts';
import { apiSend } from '../../ui/api.ts';
import { useCampaign } from '../../ui/campaign.ts';
import { unlessComposing } from '../../ui/composing.ts';
import { say } from '../../ui/notice.tsx';
import { Bones, Loaded, Refused } from '../../ui/Outcome.tsx';
import { api, paths, queryText } from '../../ui/paths.ts';
import { forgetNow, useApi } from '../../ui/query.ts';
import { useTitle } from '../../ui/title.ts';
import { useWords } from '../../ui/words.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { insertFigure, jumpTo, openEditor, settle, showCheck, tools } from './editor/view.ts';
import { FigurePicker } from './FigurePicker.tsx';
import { Findings } from './Findings.tsx';
import './publication.css';

interface Start extends BulletinText {
  readonly id: string | null;
  readonly no: number | null;
  readonly kind: string;
  readonly version: number;
}

/** Writes a bulletin: a new one from a proposal, or one that is not released. */
export function EditorPage() {
  const { id } = useParams();
  const [search] = useSearchParams();
  const { where } = useCampaign();
  const now = { ...where, asOf: null };
  const kind = search.get('kind') ?? 'press';
  const lang = search.get('lang') === 'en' ? 'en' : 'zh';
  const stored = useApi<Answer>(id === undefined ? null : api.of(`bulletins/${id}`, now));
  const proposal = useApi<BulletinText>(
    id === undefined
      ? `/api/bulletins/proposal${queryText({ campaign: where.slug, kind, lang, asOf: where.asOf, phase: search.get('phase') })}`
      : null,
  );
  const { t } = useWords();
  useTitle(t('bulletin:newTitle'));
  return (
    <main id="content" className="bulletins">
      {id === undefined ? (
        <Loaded query={proposal} bones={<Bones rows={12} />}>
          {(text) => <Editor start={{ ...text, id: null, no: null, kind, version: 0 }} />}
        </Loaded>
      ) : (
        <Loaded query={stored} bones={<Bones rows={12} />}>
          {(b) => <Editor key={b.id} start={b} />}
        </Loaded>
      )}
    </main>
  );
}

function Editor({ start }: { readonly start: Start }) {
  const { where } = useCampaign();
  const words = useWords();
  const { t } = words;
  const navigate = useNavigate();
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const [title, setTitle] = useState(start.title);
  const [asOf, setAsOf] = useState(start.asOf);
  const [body, setBody] = useState(start.body);
  const [saved, setSaved] = useState(start.id === null ? null : { title: start.title, asOf: start.asOf, body: start.body });
  const [version, setVersion] = useState(start.version);
  const [commandId, setCommandId] = useState(() => newId());
  const [check, setCheck] = useState<BulletinCheck | null>(null);
  const [checking, setChecking] = useState(true);
  const [picking, setPicking] = useState<{ token: string | null } | null>(null);
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const dirty = saved === null ? body !== '' || title !== '' : saved.title !== title || saved.body !== body || saved.asOf !== asOf;
  const next = useRef(0);
  const latest = useRef<BulletinCheck | null>(null);
  latest.current = check;

  const jump = useCallback((f: BulletinFinding) => {
    if (view.current !== null && f.at !== null) jumpTo(view.current, f.at);
  }, []);

  useEffect(() => {
    if (place.current === null) return undefined;
    const made = openEditor(place.current, start.body, t('bulletin:text'), {
      changed: setBody,
      pick: (token) => setPicking({ token }),
      next: () => {
        const list = (latest.current?.findings ?? []).filter((f) => f.at !== null);
        const f = list[next.current++ % Math.max(1, list.length)];
        if (f !== undefined) jump(f);
      },
    });
    view.current = made;
    return () => {
      view.current = null;
      made.destroy();
    };
    // The editor is made once for a text; words of another language are for the next one.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [start.id]);

  useEffect(() => {
    setChecking(true);
    const timer = setTimeout(() => {
      apiSend<BulletinCheck>('POST', '/api/bulletins/check', { campaign: where.slug, title, lang: start.lang, body, asOf })
        .then((answer) => {
          setCheck(answer);
          setError(null);
          if (view.current !== null) showCheck(view.current, answer);
        })
        .catch(setError)
        .finally(() => setChecking(false));
    }, 400);
    return () => clearTimeout(timer);
  }, [where.slug, title, body, asOf, start.lang]);

  useEffect(() => {
    if (!dirty) return undefined;
    const warn = (e: BeforeUnloadEvent) => e.preventDefault();
    globalThis.addEventListener('beforeunload', warn);
    return () => globalThis.removeEventListener('beforeunload', warn);
  }, [dirty]);

  async function save(): Promise<{ id: string; version: number } | undefined> {
    setBusy(true);
    setError(null);
    const text = { title, lang: start.lang, body, asOf };
    try {
      const path = start.id === null ? '/api/bulletins' : api.of(`bulletins/${start.id}/revise`, { ...where, asOf: null });
      const done = await apiSend<{ id: string; version: number }>(
        'POST',
        path,
        start.id === null ? { campaign: where.slug, kind: start.kind, commandId, ...text } : { version, commandId, ...text },
      );
      setSaved({ title, asOf, body });
      setVersion(done.version);
      setCommandId(newId());
      say(t('bulletin:saved'));
      await forgetNow();
      if (start.id === null) await navigate(paths.editBulletin(where, done.id), { replace: true });
      return done;
    } catch (refusal) {
      setError(refusal);
      return undefined;
    } finally {
      setBusy(false);
    }
  }

  async function submit(): Promise<void> {
    setAsking(false);
    const at = dirty || start.id === null ? await save() : { id: start.id, version };
    if (at === undefined) return;
    setBusy(true);
    try {
      await apiSend('POST', api.of(`bulletins/${at.id}/submit`, { ...where, asOf: null }), { version: at.version });
      await forgetNow();
      say(t('bulletin:submitted'));
      await navigate(paths.bulletin(where, at.id));
    } catch (refusal) {
      setError(refusal);
      setBusy(false);
    }
  }

  const errors = (check?.findings ?? []).filter((f) => f.severity === 'error').length;
  return (
    <div
      className="writing"
      onKeyDown={unlessComposing((e: React.KeyboardEvent) => {
        if ((e.ctrlKey || e.metaKey) && e.key === 's') {
          e.preventDefault();
          if (dirty && !busy) void save();
        }
      })}
    >
      <h1 className="sk">{t('bulletin:newTitle')}</h1>
      <div className="top">
        <p className="crumb">
          <Link to={paths.bulletins(where)}>{t('bulletin:title')}</Link>　{t(`bulletin:kind.${start.kind}`)}
          {start.no === null ? '' : `　${t('bulletin:number', { no: start.no })}`}
          {'　'}
          <span className="c3">{t(`bulletin:langs.${start.lang}`)}</span>
        </p>
        <div className="act">
          <span className="c3 sm" role="status">
            {dirty ? t('bulletin:dirty') : ''}
          </span>
          <button type="button" className="btn" disabled={busy || !dirty || title.trim() === ''} onClick={() => void save()}>
            {t('bulletin:save')}
          </button>
          <button
            type="button"
            className="btn main"
            disabled={busy || checking || errors > 0 || title.trim() === ''}
            onClick={() => setAsking(true)}
          >
            {t('bulletin:submit')}
          </button>
        </div>
      </div>
      <div className="fields">
        <label>
          {t('bulletin:name')}
          <input value={title} maxLength={200} onChange={(e) => setTitle(e.currentTarget.value)} />
        </label>
        <label>
          {t('bulletin:asOf')}
          <input value={asOf} spellCheck={false} title={t('bulletin:asOfHint')} onChange={(e) => setAsOf(e.currentTarget.value)} />
        </label>
      </div>
      <Refused error={error} />
      <div className="desk">
        <div className="sheet">
          <div className="toolbar" role="toolbar" aria-label={t('bulletin:toolbar')}>
            <button type="button" className="btn small main" onClick={() => setPicking({ token: null })}>
              {t('bulletin:tool.figure')}
            </button>
            {tools.map(([name, command]) => (
              <button
                key={name}
                type="button"
                className="btn small"
                onMouseDown={(e) => e.preventDefault()}
                onClick={() => {
                  const v = view.current;
                  if (v === null) return;
                  command(v.state, v.dispatch, v);
                  v.focus();
                }}
              >
                {t(`bulletin:tool.${name}`)}
              </button>
            ))}
          </div>
          <div ref={place} className="paper" lang={start.lang === 'zh' ? 'zh-CN' : 'en'} />
          <p className="cap">{t('bulletin:keys', { open: '{{' })}</p>
        </div>
        <Findings
          check={check}
          busy={checking}
          jump={jump}
          settle={(f, token) => {
            if (view.current !== null && f.at !== null) settle(view.current, f.at, token);
          }}
        />
      </div>
      {picking !== null && (
        <FigurePicker
          token={picking.token}
          lang={start.lang}
          asOf={asOf}
          close={() => setPicking(null)}
          insert={(token) => {
            // In one go: the dialog gives the focus back as it goes, and what is typed from then on belongs after the figure.
            if (view.current !== null) insertFigure(view.current, token);
            flushSync(() => setPicking(null));
            view.current?.focus();
          }}
        />
      )}
      {asking && (
        <Dialog title={t('bulletin:submit')} close={() => setAsking(false)}>
          <p className="effect">{t('bulletin:submitEffect')}</p>
          <div className="act">
            <button type="button" className="btn" onClick={() => setAsking(false)}>
              {t('bulletin:cancel')}
            </button>
            <button type="button" className="btn main" onClick={() => void submit()}>
              {t('bulletin:submit')}
            </button>
          </div>
        </Dialog>
      )}
    </div>
  );
}

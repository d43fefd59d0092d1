import type { EditorView } from 'prosemirror-view';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { v7 as newId } from 'uuid';
import type { BulletinCheck, BulletinFinding, BulletinPage as Answer } from '../../../contract/bulletins.ts';
import { api, inCampaign } from '../../../contract/paths/api.ts';
import { paths } from '../../../contract/paths/office.ts';
import { to } from '../../../contract/paths/pattern.ts';
import type { BulletinText } from '../../../domain/publication/acts.ts';
import { parseBody } from '../../../domain/publication/document.ts';
import { plainNumbers } from '../../../domain/publication/plain.ts';
import { ApiError, apiSend } from '../../ui/api.ts';
import { askAfterPause } from '../../ui/ask-after-pause.ts';
import { useCampaign } from '../../ui/campaign.ts';
import { unlessComposing } from '../../ui/composing.ts';
import { say } from '../../ui/notice.tsx';
import { Bones, Loaded, Refused } from '../../ui/Outcome.tsx';
import { forgetNow, useApi } from '../../ui/query.ts';
import { useTitle } from '../../ui/title.ts';
import { useWords, type Words } from '../../ui/words.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import type { PasteNotes } from './editor/paste.ts';
import { insertFigure, jumpTo, openEditor, settle, showCheck, tools } from './editor/view.ts';
import { Conflict } from './Conflict.tsx';
import { DraftNote } from '../drafts/DraftNote.tsx';
import { keepNow, useDraft } from '../drafts/use-draft.ts';
import { FigurePicker } from './FigurePicker.tsx';
import { Findings } from './Findings.tsx';
import { mustSee, PlainNumbers } from './PlainNumbers.tsx';
import './publication.css';

interface Start extends BulletinText {
  readonly id: string | null;
  readonly no: number | null;
  readonly kind: string;
  readonly version: number;
  readonly history: Answer['history'];
}

/** What is typed, and the text it was typed over: that is what another person's change is compared with. */
interface Typed {
  readonly title: string;
  readonly asOf: string;
  readonly body: string;
  readonly base: string;
}

/** Writes a bulletin: a new one from a proposal, or one that is not released. */
export function EditorPage() {
  const { id } = useParams();
  const [search] = useSearchParams();
  const { where } = useCampaign();
  const now = { ...where, asOf: null };
  const kind = search.get('kind') ?? 'press';
  const lang = search.get('lang') === 'en' ? 'en' : 'zh';
  const stored = useApi<Answer>(id === undefined ? null : to(api.bulletin, { id }, inCampaign(now)));
  const proposal = useApi<BulletinText>(
    id === undefined
      ? to(api.bulletinProposal, {}, { campaign: where.slug, kind, lang, asOf: where.asOf, phase: search.get('phase') })
      : null,
  );
  const { t } = useWords();
  useTitle(t('bulletin:newTitle'));
  const newKey = ['new', where.slug, kind, lang, search.get('phase') ?? ''].join(' ');
  return (
    <main id="content" className="bulletins">
      {id === undefined ? (
        <Loaded query={proposal} bones={<Bones rows={12} />}>
          {(text) => <Desk start={{ ...text, id: null, no: null, kind, version: 0, history: [] }} draft={newKey} />}
        </Loaded>
      ) : (
        <Loaded query={stored} bones={<Bones rows={12} />}>
          {(b) => <Desk key={b.id} start={b} draft={b.id} />}
        </Loaded>
      )}
    </main>
  );
}

/** The editor, begun anew when what was typed is discarded. */
function Desk({ start, draft }: { readonly start: Start; readonly draft: string }) {
  const [round, setRound] = useState(0);
  return <Editor key={round} start={start} object={draft} again={() => setRound(round + 1)} />;
}

function Editor({ start, object, again }: { readonly start: Start; readonly object: string; readonly again: () => void }) {
  const { where } = useCampaign();
  const words = useWords();
  const { t } = words;
  const navigate = useNavigate();
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const draft = useDraft<Typed>({
    form: 'bulletin',
    object,
    start: { title: start.title, asOf: start.asOf, body: start.body, base: start.body },
    version: start.version,
  });
  const version = draft.version ?? start.version;
  const [begun] = useState(draft.values);
  const [title, setTitle] = useState(begun.title);
  const [asOf, setAsOf] = useState(begun.asOf);
  const [body, setBody] = useState(begun.body);
  const [saved, setSaved] = useState(start.id === null ? null : { title: start.title, asOf: start.asOf, body: start.body });
  const [base, setBase] = useState(begun.base);
  const [pasted, setPasted] = useState<PasteNotes | null>(null);
  const [check, setCheck] = useState<BulletinCheck | null>(null);
  const [checking, setChecking] = useState(true);
  const [picking, setPicking] = useState<{ token: string | null } | null>(null);
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState<unknown>(null);
  // Checking goes on while one types; what it says does not take away why saving was refused.
  const [checkError, setCheckError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const dirty = saved === null ? body !== '' || title !== '' : saved.title !== title || saved.body !== body || saved.asOf !== asOf;
  const [submitId] = useState(() => newId());
  const [seenUnbound, setSeenUnbound] = useState(false);
  const unbound = useMemo(() => plainNumbers(parseBody(body)), [body]);
  // What was looked at is what stood there then.
  useEffect(() => setSeenUnbound(false), [body]);
  const next = useRef(0);
  const latest = useRef<BulletinCheck | null>(null);
  latest.current = check;

  const jump = useCallback((f: BulletinFinding) => {
    if (view.current !== null && f.at !== null) jumpTo(view.current, f.at);
  }, []);

  useEffect(() => {
    if (place.current === null) return undefined;
    const made = openEditor(place.current, begun.body, t('bulletin:text'), {
      changed: setBody,
      pasted: setPasted,
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
    // What is said of an older text neither stands beside the newer one nor lets it be submitted.
    return askAfterPause(
      400,
      () => apiSend<BulletinCheck>('POST', api.bulletinCheck, { campaign: where.slug, title, lang: start.lang, body, asOf }, 'quiet'),
      {
        answer: (answer) => {
          setCheck(answer);
          setCheckError(null);
          setChecking(false);
          if (view.current !== null) showCheck(view.current, answer);
        },
        refused: (refusal) => {
          setCheckError(refusal);
          setChecking(false);
        },
      },
    );
  }, [where.slug, title, body, asOf, start.lang]);

  const typed = useRef<Typed>(begun);
  typed.current = { title, asOf, body, base };
  // Kept as it is typed. What lies there already is not touched before anything is.
  const opened = useRef(true);
  const kept = useRef(draft);
  kept.current = draft;
  useEffect(() => {
    if (opened.current) opened.current = false;
    else if (dirty) kept.current.keep({ title, asOf, body, base });
    else kept.current.forget();
  }, [title, asOf, body, base, dirty, draft.version]);

  async function save(): Promise<{ id: string; version: number } | undefined> {
    setBusy(true);
    setError(null);
    const text = { title, lang: start.lang, body, asOf };
    try {
      const path = start.id === null ? api.bulletins : to(api.bulletinRevise, { id: start.id }, { campaign: where.slug });
      const done = await apiSend<{ id: string; version: number }>(
        'POST',
        path,
        start.id === null
          ? { campaign: where.slug, kind: start.kind, commandId: draft.commandId, ...text }
          : { version, commandId: draft.commandId, ...text },
      );
      setSaved({ title, asOf, body });
      setBase(body);
      draft.sent();
      draft.see(done.version);
      // What was typed while it was on its way is kept for the text as it is now.
      const { title: newTitle, asOf: newAsOf, body: newBody } = typed.current;
      if (newTitle !== title || newAsOf !== asOf || newBody !== body) {
        keepNow('bulletin', done.id, { title: newTitle, asOf: newAsOf, body: newBody, base: body }, done.version);
      }
      say(t('bulletin:saved'));
      await forgetNow();
      if (start.id === null) await navigate(paths.editBulletin(where, done.id), { replace: true });
      return done;
    } catch (refusal) {
      draft.refused(refusal);
      setError(refusal);
      if (refusal instanceof ApiError && refusal.status === 409) await forgetNow();
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
      await apiSend('POST', to(api.bulletinSubmit, { id: at.id }, { campaign: where.slug }), { version: at.version, commandId: submitId });
      await forgetNow();
      say(t('bulletin:submitted'));
      await navigate(paths.bulletin(where, at.id));
    } catch (refusal) {
      setError(refusal);
      setBusy(false);
    }
  }

  const changed = !busy && start.id !== null && start.version > version;
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
      <Refused error={error ?? checkError} />
      <DraftNote
        at={draft.restoredAt}
        discard={() => {
          draft.discard();
          again();
        }}
      />
      {changed && (
        <Conflict
          base={base}
          theirs={start}
          keepMine={() => {
            draft.see(start.version);
            setBase(start.body);
            setSaved({ title: start.title, asOf: start.asOf, body: start.body });
            setError(null);
          }}
          takeTheirs={() => {
            draft.discard();
            again();
          }}
        />
      )}
      {pasted !== null && (
        <p className="draftnote" role="status">
          <span>{pasteWords(pasted, t)}</span>
          <button type="button" className="linkbtn" onClick={() => setPasted(null)}>
            {t('shell:dismiss')}
          </button>
        </p>
      )}
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
          <PlainNumbers list={unbound} seen={seenUnbound} see={setSeenUnbound} />
          <div className="act">
            <button type="button" className="btn" onClick={() => setAsking(false)}>
              {t('bulletin:cancel')}
            </button>
            <button type="button" className="btn main" disabled={mustSee(unbound) && !seenUnbound} onClick={() => void submit()}>
              {t('bulletin:submit')}
            </button>
          </div>
        </Dialog>
      )}
    </div>
  );
}

/** What a paste left out or wrote differently, in one line. */
function pasteWords(notes: PasteNotes, t: Words['t']): string {
  return (['merged', 'nested', 'deleted', 'comments', 'hidden'] as const)
    .filter((kind) => notes[kind] > 0)
    .map((kind) => t(`bulletin:pasted.${kind}`, { count: notes[kind] }))
    .join(' ');
}

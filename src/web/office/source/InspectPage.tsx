import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import type { SourcePage } from '../../../contract/sources.ts';
import { api, inCampaign } from '../../../contract/paths/api.ts';
import { paths } from '../../../contract/paths/office.ts';
import { to } from '../../../contract/paths/pattern.ts';
import { apiSend } from '../../ui/api.ts';
import { placePath, useCampaign } from '../../ui/campaign.ts';
import { say } from '../../ui/notice.tsx';
import { Bones, Loaded, Refused } from '../../ui/Outcome.tsx';
import { forgetNow, useApi } from '../../ui/query.ts';
import { useTitle } from '../../ui/title.ts';
import { useWords } from '../../ui/words.ts';
import { DraftNote } from '../drafts/DraftNote.tsx';
import { useDraft } from '../drafts/use-draft.ts';
import { instantOf, localTime } from '../record/values.ts';
import { useSession } from '../shell/session.ts';
import '../record/record.css';

/** 记录现场检查: two officers, one legal body; from one that found problems they are recorded one after the other. */
export function InspectPage() {
  const { id = '' } = useParams();
  const { where } = useCampaign();
  const { t } = useWords();
  const query = useApi<SourcePage>(to(api.source, { id }, inCampaign(where)));
  const me = useSession().data?.user;
  useTitle(t('record:inspect.title'));
  return (
    <main id="content" className="record">
      <Loaded query={query} bones={<Bones rows={8} />}>
        {(page) => (me === undefined ? <Bones rows={8} /> : <InspectForm source={page.source} me={me.name} />)}
      </Loaded>
    </main>
  );
}

interface Values {
  readonly at: string;
  readonly aspect: string;
  readonly officers: readonly string[];
  readonly legalBody: string;
  readonly result: '' | 'clean' | 'problems';
  readonly text: string;
}

function InspectForm({ source, me }: { readonly source: SourcePage['source']; readonly me: string }) {
  const { campaign, where } = useCampaign();
  const { t, pick, lang } = useWords();
  const navigate = useNavigate();
  const [start] = useState<Values>(() => ({
    at: localTime(Date.now(), campaign.utcOffsetMinutes),
    aspect: '',
    officers: [],
    legalBody: '',
    result: '',
    text: '',
  }));
  const draft = useDraft<Values>({ form: 'inspection.new', object: source.id, start });
  const [v, setValues] = useState({ ...draft.values, officers: [] as readonly string[] });
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const set = (patch: Partial<Values>) => {
    const next = { ...v, ...patch };
    setValues(next);
    draft.keep(next);
  };
  const second = v.officers[0] ?? '';
  const lacking = [
    ...(v.at === '' ? ['at'] : []),
    ...(second.trim() === '' ? ['second'] : []),
    ...(v.legalBody.trim() === '' ? ['legalBody'] : []),
    ...(v.aspect === '' ? ['aspect'] : []),
    ...(v.result === '' ? ['result'] : []),
    ...(v.text.trim() === '' ? ['text'] : []),
  ];
  const wrong = (key: string) => tried && lacking.includes(key);
  const need = (key: string) => wrong(key) && <p className="bad">{t('problem:form.required')}</p>;

  async function submit(): Promise<void> {
    setTried(true);
    const first = lacking[0];
    if (first !== undefined) return document.getElementById(first)?.focus();
    setBusy(true);
    setError(null);
    try {
      await apiSend('POST', api.inspections, {
        id: draft.commandId,
        campaign: campaign.slug,
        happenedAt: instantOf(v.at, campaign.utcOffsetMinutes),
        sourceId: source.id,
        aspect: v.aspect,
        officers: [me, second.trim()],
        legalBody: v.legalBody,
        result: v.result,
        text: v.text,
      });
      draft.sent();
      say(t('record:inspect.done'));
      await forgetNow();
      await navigate(
        v.result === 'problems'
          ? paths.record(where, { source: source.id, found: v.at, aspect: v.aspect })
          : paths.source(where, source.id),
      );
    } catch (refusal) {
      draft.refused(refusal);
      setError(refusal);
      setBusy(false);
    }
  }

  return (
    <form
      noValidate
      onSubmit={(e) => {
        e.preventDefault();
        if (!busy) void submit();
      }}
    >
      <div className="top">
        <div>
          <p className="crumb">
            <Link to={paths.sources(where)}>{t('record:sources.title')}</Link>
            <Link to={paths.source(where, source.id)}>{source.name}</Link>
            <span className="c2">{placePath(campaign, source.place, lang)}</span>
          </p>
          <h1>{t('record:inspect.titleAt', { name: source.name })}</h1>
        </div>
      </div>
      <DraftNote
        at={draft.restoredAt}
        discard={() => {
          draft.discard();
          setValues(start);
        }}
      />
      <div className="form">
        <label htmlFor="at">{t('record:inspect.at')}</label>
        <div>
          <input
            id="at"
            type="datetime-local"
            value={v.at}
            max={localTime(Date.now(), campaign.utcOffsetMinutes)}
            aria-invalid={wrong('at')}
            onChange={(e) => set({ at: e.currentTarget.value })}
          />
          <p className="cap">{t('record:inspect.atHint')}</p>
          {need('at')}
        </div>
        <span className="lab">{t('record:inspect.first')}</span>
        <p style={{ lineHeight: '34px' }}>{me}</p>
        <label htmlFor="second">{t('record:inspect.second')}</label>
        <div>
          <input
            id="second"
            maxLength={60}
            autoComplete="off"
            value={second}
            aria-invalid={wrong('second')}
            onChange={(e) => set({ officers: e.currentTarget.value === '' ? [] : [e.currentTarget.value] })}
          />
          <p className="cap">{t('record:inspect.secondHint')}</p>
          {need('second')}
        </div>
        <label htmlFor="legalBody">{t('record:inspect.legalBody')}</label>
        <div>
          <input
            id="legalBody"
            maxLength={120}
            value={v.legalBody}
            aria-invalid={wrong('legalBody')}
            onChange={(e) => set({ legalBody: e.currentTarget.value })}
          />
          <p className="cap">{t('record:inspect.legalBodyHint')}</p>
          {need('legalBody')}
        </div>
        <label htmlFor="aspect">{t('ledger:column.aspect')}</label>
        <div>
          <select id="aspect" value={v.aspect} aria-invalid={wrong('aspect')} onChange={(e) => set({ aspect: e.currentTarget.value })}>
            <option value="">{t('record:choose')}</option>
            {[...new Map(campaign.aspects.map((a) => [a.code, a])).values()].map((a) => (
              <option key={a.code} value={a.code}>
                {pick(a.name)}
              </option>
            ))}
          </select>
          {need('aspect')}
        </div>
        <span className="lab" id="result-label">
          {t('record:inspect.result')}
        </span>
        <div>
          <div className="choice" role="radiogroup" aria-labelledby="result-label">
            {(['problems', 'clean'] as const).map((r, i) => (
              <label key={r}>
                <input
                  id={i === 0 ? 'result' : undefined}
                  type="radio"
                  name="result"
                  checked={v.result === r}
                  onChange={() => set({ result: r })}
                />{' '}
                {t(`acts:detail.result.${r}`)}
              </label>
            ))}
          </div>
          {need('result')}
        </div>
        <label htmlFor="text">{t('record:inspect.text')}</label>
        <div>
          <textarea
            id="text"
            rows={4}
            maxLength={4000}
            value={v.text}
            aria-invalid={wrong('text')}
            onChange={(e) => set({ text: e.currentTarget.value })}
          />
          {need('text')}
        </div>
      </div>
      <div className="bar noprint">
        <Refused error={error} />
        <p>{t('record:inspect.effect')}</p>
        <button type="submit" className="btn main" aria-disabled={busy}>
          {t(v.result === 'problems' ? 'record:inspect.submitProblems' : 'record:inspect.submit')}
        </button>
      </div>
    </form>
  );
}

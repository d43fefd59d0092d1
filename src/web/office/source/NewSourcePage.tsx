import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { api } from '../../../contract/paths/api.ts';
import { paths } from '../../../contract/paths/office.ts';
import { apiSend } from '../../ui/api.ts';
import { useCampaign } from '../../ui/campaign.ts';
import { say } from '../../ui/notice.tsx';
import { Refused } from '../../ui/Outcome.tsx';
import { forgetNow } from '../../ui/query.ts';
import { useTitle } from '../../ui/title.ts';
import { useWords } from '../../ui/words.ts';
import { DraftNote } from '../drafts/DraftNote.tsx';
import { useDraft } from '../drafts/use-draft.ts';
import { PlaceSelect } from '../record/PlaceSelect.tsx';
import '../record/record.css';

interface Values {
  readonly name: string;
  readonly place: number | null;
  readonly uscc: string;
  readonly industry: string;
  readonly outlets: string;
  readonly scattered: boolean;
}

const start: Values = { name: '', place: null, uscc: '', industry: '', outlets: '', scattered: false };

/** 登记污染源: puts a source on the list. */
export function NewSourcePage() {
  const { campaign, where } = useCampaign();
  const { t } = useWords();
  const navigate = useNavigate();
  const draft = useDraft<Values>({ form: 'source.new', object: campaign.slug, start });
  const [v, setValues] = useState(draft.values);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  useTitle(t('record:newSource.title'));
  const set = (patch: Partial<Values>) => {
    const next = { ...v, ...patch };
    setValues(next);
    draft.keep(next);
  };
  const lacks = (key: 'name' | 'place' | 'industry') => tried && (v[key] === null || String(v[key]).trim() === '');

  async function submit(): Promise<void> {
    setTried(true);
    const first = (['name', 'place', 'industry'] as const).find((key) => v[key] === null || String(v[key]).trim() === '');
    if (first !== undefined) return document.getElementById(first)?.focus();
    setBusy(true);
    setError(null);
    try {
      const made = await apiSend<{ id: string }>('POST', api.sources, {
        id: draft.commandId,
        campaign: campaign.slug,
        name: v.name,
        uscc: v.uscc.trim() === '' ? null : v.uscc.trim(),
        place: v.place,
        industry: v.industry,
        outlets: v.outlets.split(/[\s,，、;；]+/).filter((o) => o !== ''),
        scattered: v.scattered,
      });
      draft.sent();
      say(t('record:newSource.done', { name: v.name }));
      await forgetNow();
      await navigate(paths.source(where, made.id));
    } catch (refusal) {
      draft.refused(refusal);
      setError(refusal);
      setBusy(false);
    }
  }

  return (
    <main id="content" className="record">
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
            </p>
            <h1>{t('record:newSource.title')}</h1>
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
          <label htmlFor="name">{t('record:sources.name')}</label>
          <div>
            <input
              id="name"
              maxLength={200}
              value={v.name}
              aria-invalid={lacks('name')}
              onChange={(e) => set({ name: e.currentTarget.value })}
            />
            {lacks('name') && <p className="bad">{t('problem:form.required')}</p>}
          </div>
          <label htmlFor="place">{t('record:county')}</label>
          <div>
            <PlaceSelect
              id="place"
              verb="source.register"
              value={v.place}
              onChange={(place) => set({ place })}
              aria-invalid={lacks('place')}
            />
            {lacks('place') && <p className="bad">{t('problem:form.required')}</p>}
          </div>
          <label htmlFor="uscc">{t('source:uscc')}</label>
          <div>
            <input id="uscc" className="mono" maxLength={18} value={v.uscc} onChange={(e) => set({ uscc: e.currentTarget.value })} />
            <p className="cap">{t('record:newSource.uscc')}</p>
          </div>
          <label htmlFor="industry">{t('record:sources.industry')}</label>
          <div>
            <input
              id="industry"
              maxLength={60}
              value={v.industry}
              aria-invalid={lacks('industry')}
              onChange={(e) => set({ industry: e.currentTarget.value })}
            />
            <p className="cap">{t('record:newSource.industry')}</p>
            {lacks('industry') && <p className="bad">{t('problem:form.required')}</p>}
          </div>
          <label htmlFor="outlets">{t('source:outlets')}</label>
          <div>
            <input id="outlets" maxLength={400} value={v.outlets} onChange={(e) => set({ outlets: e.currentTarget.value })} />
            <p className="cap">{t('record:newSource.outlets')}</p>
          </div>
          <span className="lab" />
          <label>
            <input type="checkbox" checked={v.scattered} onChange={(e) => set({ scattered: e.currentTarget.checked })} />{' '}
            {t('record:sources.scattered')}
          </label>
        </div>
        <div className="bar noprint">
          <Refused error={error} />
          <p>{t('record:newSource.effect')}</p>
          <button type="submit" className="btn main" aria-disabled={busy}>
            {t('record:newSource.submit')}
          </button>
        </div>
      </form>
    </main>
  );
}

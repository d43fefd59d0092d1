import { useState } from 'react';
import { Link } from 'react-router';
import type { CommandAnswer } from '../../../contract/problems.ts';
import { api } from '../../../contract/paths/api.ts';
import { paths } from '../../../contract/paths/office.ts';
import { apiSend } from '../../ui/api.ts';
import { placePath, useCampaign } from '../../ui/campaign.ts';
import { Refused } from '../../ui/Outcome.tsx';
import { forgetNow } from '../../ui/query.ts';
import { useWords } from '../../ui/words.ts';
import { DraftNote } from '../drafts/DraftNote.tsx';
import { useDraft } from '../drafts/use-draft.ts';
import { EvidenceInput } from '../problem/EvidenceInput.tsx';
import { startUpload } from '../problem/uploads.ts';
import { Duplicates } from './Duplicates.tsx';
import { PlaceSelect } from './PlaceSelect.tsx';
import { Recorded } from './Recorded.tsx';
import { SourcePicker } from './SourcePicker.tsx';
import { instantOf, localTime, missing, type Needed, outOfHand, typeFor, type Values } from './values.ts';

const clues = ['inspection', 'selfCheck', 'hotline', 'telemetry', 'handover'] as const;

export function RecordForm({
  object,
  start,
  preset,
  again,
}: {
  readonly object: string;
  readonly start: Values;
  /** The source came with the address: it is no choice of this form. */
  readonly preset: boolean;
  readonly again: (recorded: Values) => void;
}) {
  const { campaign, where } = useCampaign();
  const { t, pick, lang } = useWords();
  const draft = useDraft<Values>({ form: 'problem.new', object, start });
  const [v, setValues] = useState(draft.values);
  // A unit that is on no list is named; else a source is looked for.
  const [naming, setNaming] = useState(v.sourceId === null && v.unit !== '');
  const [held] = useState(() => new Map<string, File>());
  const [shown, setShown] = useState<readonly Needed[]>([]);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [done, setDone] = useState<{ readonly id: string; readonly no: string } | null>(null);
  const set = (patch: Partial<Values>) => {
    setValues((before) => {
      const next = { ...before, ...patch };
      draft.keep(next);
      return next;
    });
  };
  const lacking = missing(v);
  const wrong = (key: Needed) => shown.includes(key) && lacking.includes(key);
  const lost = outOfHand(v.evidence, held);
  const aspects = [...new Map(campaign.aspects.map((a) => [a.code, a])).values()];

  async function submit(): Promise<void> {
    setShown(lacking);
    setError(null);
    const first = lacking[0];
    if (first !== undefined) {
      // A unit that is looked for is found in the field of the source.
      const field = document.getElementById(first) ?? document.getElementById('source');
      (field?.querySelector('input') ?? field)?.focus();
      return;
    }
    if (lost.length > 0) {
      document.getElementById('evidence')?.focus();
      return;
    }
    setBusy(true);
    const { sourceId, sourceNo: _no, found, evidence, ...rest } = v;
    try {
      const answer = await apiSend<CommandAnswer>('POST', api.problems, {
        id: draft.commandId,
        campaign: campaign.slug,
        happenedAt: instantOf(found, campaign.utcOffsetMinutes),
        sourceId,
        evidence,
        ...rest,
      });
      draft.sent();
      for (const e of evidence) {
        const file = held.get(e.sha256);
        if (file === undefined) continue;
        const { sha256, kind, name, takenAt } = e;
        void startUpload(file, { campaign: campaign.slug, item: answer.item.id, sha256, kind, name, takenAt });
      }
      setDone({ id: answer.item.id, no: answer.item.no });
      await forgetNow();
    } catch (refusal) {
      draft.refused(refusal);
      setError(refusal);
      setBusy(false);
    }
  }

  const title = (
    <div className="top">
      <div>
        <p className="crumb">
          <Link to={paths.ledger(where)}>{t('shell:ledger')}</Link>
          {v.sourceId !== null && <Link to={paths.source(where, v.sourceId)}>{v.unit}</Link>}
        </p>
        <h1>{v.unit === '' ? t('record:title') : t('record:titleAt', { unit: v.unit })}</h1>
      </div>
      {done === null && <p className="c2 sm kept">{t('record:kept')}</p>}
    </div>
  );
  if (done !== null)
    return (
      <>
        {title}
        <Recorded item={done} evidence={v.evidence} sourceId={v.sourceId} again={() => again(v)} />
      </>
    );
  return (
    <form
      noValidate
      onSubmit={(e) => {
        e.preventDefault();
        if (!busy) void submit();
      }}
    >
      {title}
      <DraftNote
        at={draft.restoredAt}
        discard={() => {
          draft.discard();
          held.clear();
          setValues(start);
          setNaming(false);
          setShown([]);
        }}
      />
      <div className="two">
        <div>
          <div className="fs">
            <h2 id="h-source">{t('record:source.title')}</h2>
            <div>
              {v.sourceId !== null ? (
                <div className="chosen">
                  <p>
                    <b>{v.unit}</b>
                    <span className="c2 sm">
                      {v.place === null ? '' : placePath(campaign, v.place, lang)}　<span className="mono">{v.sourceNo}</span>
                    </span>
                  </p>
                  {!preset && (
                    <button type="button" className="btn" onClick={() => set({ sourceId: null, sourceNo: '', unit: '', place: null })}>
                      {t('record:source.other')}
                    </button>
                  )}
                </div>
              ) : naming ? (
                <div className="named">
                  <label htmlFor="unit">{t('ledger:column.unit')}</label>
                  <input
                    id="unit"
                    maxLength={200}
                    value={v.unit}
                    aria-invalid={wrong('unit')}
                    onChange={(e) => set({ unit: e.currentTarget.value })}
                  />
                  <label htmlFor="place">{t('record:county')}</label>
                  <PlaceSelect
                    id="place"
                    verb="problem.found"
                    value={v.place}
                    onChange={(place) => set({ place })}
                    aria-invalid={wrong('place')}
                  />
                  <p className="ways">
                    <button
                      type="button"
                      className="linkbtn"
                      onClick={() => {
                        setNaming(false);
                        set({ unit: '', place: null });
                      }}
                    >
                      {t('record:source.look')}
                    </button>
                  </p>
                </div>
              ) : (
                <SourcePicker
                  choose={(s) => {
                    set({ sourceId: s.id, sourceNo: s.no, unit: s.name, place: s.place });
                    setTimeout(() => document.getElementById('found')?.focus());
                  }}
                  nameUnit={() => {
                    setNaming(true);
                    setTimeout(() => document.getElementById('unit')?.focus());
                  }}
                />
              )}
              {(wrong('unit') || wrong('place')) && <p className="bad">{t('record:need.unit')}</p>}
            </div>
          </div>
          <div className="fs">
            <h2>{t('record:found.title')}</h2>
            <div className="row">
              <label htmlFor="found" className="sk">
                {t('record:found.at')}
              </label>
              <input
                id="found"
                type="datetime-local"
                value={v.found}
                max={localTime(Date.now(), campaign.utcOffsetMinutes)}
                aria-invalid={wrong('found')}
                onChange={(e) => set({ found: e.currentTarget.value })}
              />
              <label htmlFor="clue" className="c2 sm">
                {t('ledger:column.clue')}
              </label>
              <select id="clue" value={v.clue} onChange={(e) => set({ clue: e.currentTarget.value })}>
                {clues.map((c) => (
                  <option key={c} value={c}>
                    {t(`ledger:clues.${c}`, { defaultValue: c })}
                  </option>
                ))}
              </select>
              <p className="cap">{t('record:found.hint')}</p>
              {wrong('found') && <p className="bad">{t('record:need.found')}</p>}
            </div>
          </div>
          <fieldset className="fs" id="aspect">
            <legend>{t('ledger:column.aspect')}</legend>
            <div>
              <div className="chips">
                {aspects.map((a) => (
                  <label key={a.code} className={v.aspect === a.code ? 'on' : undefined}>
                    <input
                      type="radio"
                      name="aspect"
                      value={a.code}
                      checked={v.aspect === a.code}
                      onChange={() => set({ aspect: a.code, type: typeFor(a.code, campaign.types, v.type) })}
                    />
                    {pick(a.name)}
                  </label>
                ))}
              </div>
              {wrong('aspect') && <p className="bad">{t('record:need.aspect')}</p>}
              <p className="row">
                <label htmlFor="type" className="c2 sm">
                  {t('ledger:column.type')}
                </label>
                <select id="type" value={v.type} aria-invalid={wrong('type')} onChange={(e) => set({ type: e.currentTarget.value })}>
                  <option value="">{t('record:choose')}</option>
                  {campaign.types.map((x) => (
                    <option key={x.code} value={x.code}>
                      {pick(x.name)}
                    </option>
                  ))}
                </select>
              </p>
              {wrong('type') && <p className="bad">{t('record:need.type')}</p>}
            </div>
          </fieldset>
          <div className="fs">
            <h2>
              <label htmlFor="text">{t('ledger:column.text')}</label>
            </h2>
            <div>
              <textarea
                id="text"
                rows={4}
                maxLength={4000}
                value={v.text}
                aria-invalid={wrong('text')}
                aria-describedby="text-hint"
                onChange={(e) => set({ text: e.currentTarget.value })}
              />
              <p className="tf" id="text-hint">
                <span>{t('record:text.hint')}</span>
                <span>{t('record:text.count', { count: [...v.text.trim()].length })}</span>
              </p>
              {wrong('text') && <p className="bad">{t('record:need.text')}</p>}
            </div>
          </div>
          <div className="fs last">
            <h2>{t('problem:evidence.title')}</h2>
            <div>
              <EvidenceInput id="evidence" held={held} value={v.evidence} onChange={(evidence) => set({ evidence })} />
              {lost.length > 0 && <p className="bad">{t('record:need.evidence')}</p>}
            </div>
          </div>
        </div>
        <div className="rt">
          <Duplicates values={v} />
          <section className="sec checks">
            <div className="hd">
              <h2>{t('record:check.title')}</h2>
              <span className="c3 sm">
                {lacking.length + lost.length === 0
                  ? t('record:check.ready')
                  : t('record:check.lacking', { count: lacking.length + lost.length })}
              </span>
            </div>
            <ul>
              {(['unit', 'found', 'aspect', 'text'] as const).map((key) => {
                const open =
                  lacking.includes(key) || (key === 'unit' && lacking.includes('place')) || (key === 'aspect' && lacking.includes('type'));
                return (
                  <li key={key} className={open ? 'c2' : undefined}>
                    <span aria-hidden="true">{open ? '○' : '✓'}</span>
                    <span>{t(`record:check.${key}`)}</span>
                    <span className="c2 sm">{t(open ? 'record:check.open' : 'record:check.done')}</span>
                  </li>
                );
              })}
              <li>
                <span aria-hidden="true">{lost.length > 0 ? '○' : '✓'}</span>
                <span>{t('record:check.evidence')}</span>
                <span className="c2 sm">{t('problem:evidence.count', { count: v.evidence.length })}</span>
              </li>
            </ul>
          </section>
        </div>
      </div>
      <div className="bar noprint" role="region" aria-label={t('record:title')}>
        <Refused error={error} />
        <p>{t('ledger:create.effect')}</p>
        <button type="submit" className="btn main" aria-disabled={busy}>
          {t('ledger:create.submit')}
        </button>
      </div>
    </form>
  );
}

import { useMemo, useState } from 'react';
import type { BulletinCheck } from '../../../contract/bulletins.ts';
import { api } from '../../../contract/paths/api.ts';
import { isRefusal } from '../../../domain/kernel/refusal.ts';
import { parseToken, printToken, shows, type Show } from '../../../domain/publication/token.ts';
import { apiSend } from '../../ui/api.ts';
import { placePath, useCampaign } from '../../ui/campaign.ts';
import { Refused } from '../../ui/Outcome.tsx';
import { useWords } from '../../ui/words.ts';
import { DraftNote } from '../drafts/DraftNote.tsx';
import { useDraft } from '../drafts/use-draft.ts';
import { useQuery } from '@tanstack/react-query';
import { Dialog } from '../../ui/Dialog.tsx';

interface Choice {
  readonly id: string;
  readonly filter: Readonly<Record<string, string>>;
  readonly own: string;
  readonly show: Show;
}

/** Chooses a figure with its cohort, its instant and the side that is shown, and says what will stand in the text. */
export function FigurePicker({
  token,
  lang,
  asOf,
  insert,
  close,
}: {
  readonly token: string | null;
  readonly lang: 'zh' | 'en';
  readonly asOf: string;
  readonly insert: (token: string) => void;
  readonly close: () => void;
}) {
  const { campaign } = useCampaign();
  const words = useWords();
  const { t, pick } = words;
  const figures = useMemo(() => campaign.figures.filter((f) => f.kind !== 'estimate'), [campaign]);
  const known = token === null ? undefined : parseToken(token.slice(2, -2));
  const begin = known === undefined || isRefusal(known) ? undefined : known;
  const start: Choice = {
    id: begin?.id ?? figures[0]?.id ?? '',
    filter: begin?.filter ?? {},
    own: begin?.asOf ?? '',
    show: begin?.show ?? 'value',
  };
  const draft = useDraft({ form: 'bulletin.figure', object: `${campaign.slug} ${token ?? ''}`, start });
  const [choice, setChoice] = useState(draft.values);
  const { id, filter, own, show } = choice;
  const change = (part: Partial<Choice>) => {
    setChoice({ ...choice, ...part });
    draft.keep({ ...choice, ...part });
  };
  const leave = () => {
    if (draft.mayClose()) close();
  };
  const definition = figures.find((f) => f.id === id);
  const allowed = definition?.filters ?? [];
  const sides = definition?.kind === 'ratio' ? shows : (['value'] as const);
  const text = printToken({
    id,
    version: begin?.id === id ? begin.version : (definition?.version ?? 1),
    filter: Object.fromEntries(Object.entries(filter).filter(([k, v]) => v !== '' && allowed.includes(k))),
    asOf: own.trim() === '' ? null : own.trim().replace(/\s/g, ''),
    show: (sides as readonly string[]).includes(show) ? show : 'value',
  });
  const says = useQuery({
    queryKey: ['token', campaign.slug, text, asOf, lang],
    queryFn: () =>
      apiSend<BulletinCheck>('POST', api.bulletinCheck, { campaign: campaign.slug, title: '', lang, asOf, body: text }, 'quiet'),
  });
  const value = says.data?.values[0];
  const ready = typeof value?.shown === 'string';
  const wrong = says.data?.findings.find((f) => f.severity === 'error' && !f.code.startsWith('asof.unsaid'));
  const set = (key: string, v: string) => change({ filter: { ...filter, [key]: v } });
  const batches = (filter.batches ?? '').split(',').filter((b) => b !== '');
  const lists: Record<string, readonly (readonly [string, string])[]> = {
    city: campaign.places.filter((p) => p.level === 'city').map((p) => [String(p.code), placePath(campaign, p.code, words.lang)]),
    county: campaign.places.filter((p) => p.level === 'county').map((p) => [String(p.code), placePath(campaign, p.code, words.lang)]),
    aspect: [...new Map(campaign.aspects.map((a) => [a.code, pick(a.name)]))],
    type: campaign.types.map((x) => [x.code, pick(x.name)]),
    measure: campaign.measures.map((x) => [x.code, pick(x.name)]),
  };
  return (
    <Dialog title={t('bulletin:picker')} close={leave}>
      <form
        className="picker"
        onSubmit={(e) => {
          e.preventDefault();
          if (!ready) return;
          draft.sent();
          insert(text);
        }}
      >
        <DraftNote
          at={draft.restoredAt}
          discard={() => {
            draft.discard();
            setChoice(start);
          }}
        />
        <label>
          {t('bulletin:pickerFigure')}
          <select value={id} onChange={(e) => change({ id: e.currentTarget.value })}>
            {figures.map((f) => (
              <option key={f.id} value={f.id}>
                {pick(f.name)}（{f.id}）
              </option>
            ))}
          </select>
        </label>
        <p className="c3 sm">{definition === undefined ? '' : pick(definition.predicate)}</p>
        {allowed.includes('batches') && campaign.batches.length > 0 && (
          <fieldset>
            <legend>{t('figure:key.batches')}</legend>
            {campaign.batches.map((b) => (
              <label key={b.no} className="tick">
                <input
                  type="checkbox"
                  checked={batches.includes(String(b.no))}
                  onChange={(e) => {
                    const rest = batches.filter((x) => x !== String(b.no));
                    const next = e.currentTarget.checked ? [...rest, String(b.no)] : rest;
                    set(
                      'batches',
                      next
                        .map(Number)
                        .sort((x, y) => x - y)
                        .join(','),
                    );
                  }}
                />{' '}
                {b.no}
              </label>
            ))}
          </fieldset>
        )}
        {Object.entries(lists).map(
          ([key, options]) =>
            allowed.includes(key) && (
              <label key={key}>
                {t(`figure:key.${key}`)}
                <select value={filter[key] ?? ''} onChange={(e) => set(key, e.currentTarget.value)}>
                  <option value="">{t('bulletin:all')}</option>
                  {options.map(([code, name]) => (
                    <option key={code} value={code}>
                      {name}
                    </option>
                  ))}
                </select>
              </label>
            ),
        )}
        <label>
          {t('bulletin:pickerOwn')}
          <input
            value={own}
            placeholder={asOf}
            onChange={(e) => change({ own: e.currentTarget.value })}
            spellCheck={false}
            list="moments"
          />
          <datalist id="moments">
            {campaign.moments.map((m) => (
              <option key={m.at} value={m.at}>
                {pick(m.name)}
              </option>
            ))}
          </datalist>
        </label>
        <label>
          {t('bulletin:pickerShow')}
          <select value={show} onChange={(e) => change({ show: e.currentTarget.value as Show })} disabled={sides.length === 1}>
            {sides.map((s) => (
              <option key={s} value={s}>
                {t(`bulletin:show.${s}`)}
              </option>
            ))}
          </select>
        </label>
        <p className="says" aria-live="polite">
          {t('bulletin:pickerSays')}　<b className="chip">{value?.shown ?? '—'}</b>
          <br />
          <code>{text}</code>
        </p>
        {wrong !== undefined && <p className="fail">{pick(wrong.messages)}</p>}
        <Refused error={says.error} />
        <div className="act">
          <button type="button" className="btn" onClick={leave}>
            {t('bulletin:cancel')}
          </button>
          <button type="submit" className="btn main" disabled={!ready}>
            {t('bulletin:insert')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

import { DatePicker, Input, InputNumber, Select } from 'antd';
import dayjs from 'dayjs';
import { useEffect, useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import type { BulkAnswer } from '../../../contract/problems.ts';
import type { LedgerRow } from '../../../contract/ledger.ts';
import { api } from '../../../contract/paths/api.ts';
import { paths } from '../../../contract/paths/office.ts';
import { Ant } from '../../ui/Ant.tsx';
import { apiSend } from '../../ui/api.ts';
import { askAfterPause } from '../../ui/ask-after-pause.ts';
import { useCampaign } from '../../ui/campaign.ts';
import { formatCount } from '../../ui/format.ts';
import { say } from '../../ui/notice.tsx';
import { Refused } from '../../ui/Outcome.tsx';
import { forgetNow } from '../../ui/query.ts';
import { useWords } from '../../ui/words.ts';
import { DraftNote } from '../drafts/DraftNote.tsx';
import { useDraft } from '../drafts/use-draft.ts';
import { may, useSession } from '../shell/session.ts';
import { bodyOf, type Typed, untouched } from './bulk.ts';

const most = 500;

/** Acts on the selected problems; says first what will happen, for how many, and which cannot. */
export default function SelectionBar({ chosen, clear }: { readonly chosen: readonly LedgerRow[]; readonly clear: () => void }) {
  const { campaign, where } = useCampaign();
  const navigate = useNavigate();
  const words = useWords();
  const { t, pick } = words;
  const session = useSession().data;
  const operations = (['confirm', 'assign', 'extend', 'batch'] as const).filter((o) =>
    may(session, o === 'batch' ? 'batch.issue' : `problem.${o}`, campaign),
  );
  const draft = useDraft<Typed>({ form: 'problem.bulk', object: campaign.slug, start: untouched });
  const [form, setForm] = useState<Typed>(draft.values);
  const { operation } = form;
  const [preview, setPreview] = useState<BulkAnswer | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const ids = useMemo(() => chosen.slice(0, operation === 'batch' ? 5000 : most).map((r) => r.id), [chosen, operation]);
  const rule = campaign.extensionRules.find((r) => r.code === form.rule);
  const body = bodyOf(operation, form);

  useEffect(() => {
    setPreview(null);
    setError(null);
    if (operation === null || operation === 'batch' || body === null) return;
    return askAfterPause(
      300,
      () =>
        apiSend<BulkAnswer>(
          'POST',
          api.problemsBulk,
          { campaign: campaign.slug, verb: operation, ids, body: JSON.parse(body), preview: true },
          'quiet',
        ),
      { answer: setPreview, refused: setError },
    );
  }, [operation, body, ids, campaign.slug]);

  async function go(): Promise<void> {
    if (operation === null || body === null) return;
    let opened: number | null = null;
    setBusy(true);
    setError(null);
    try {
      if (operation === 'batch') {
        const issued = await apiSend<{ no: number }>('POST', api.batches, {
          id: draft.commandId,
          campaign: campaign.slug,
          ...(JSON.parse(body) as object),
          problems: ids,
        });
        say(t('ledger:bulk.issued', { count: ids.length }));
        opened = issued.no;
      } else {
        const answer = await apiSend<BulkAnswer>('POST', api.problemsBulk, {
          id: draft.commandId,
          campaign: campaign.slug,
          verb: operation,
          ids,
          body: JSON.parse(body),
        });
        // Nothing was taken: why stands below, and what was typed stays.
        if (answer.done.length === 0) {
          setPreview(answer);
          return;
        }
        say(t('ledger:bulk.done', { done: answer.done.length, refused: answer.refused.length }));
      }
      draft.sent();
      clear();
      await forgetNow();
      // The letters that were just issued are what is wanted next.
      if (opened !== null) void navigate(paths.batch(where, opened));
    } catch (refusal) {
      draft.refused(refusal);
      setError(refusal);
    } finally {
      setBusy(false);
    }
  }

  const change = (next: Typed) => {
    setForm(next);
    draft.keep(next);
  };
  const set = (key: keyof Typed, value: string | number | null) => change({ ...form, [key]: value ?? '' });
  const text = (key: 'reason' | 'department' | 'person' | 'name') => ({
    value: form[key] ?? '',
    onChange: (e: React.ChangeEvent<HTMLInputElement>) => set(key, e.currentTarget.value),
  });
  const count = operation === 'batch' ? ids.length : (preview?.done.length ?? 0);
  return (
    <Ant>
      <div className="selbar noprint" role="region" aria-label={t('ledger:bulk.label')}>
        <span className="k">{t('ledger:bulk.chosen', { count: chosen.length })}</span>
        <span className="ops">
          {operations.map((o) => (
            <button
              key={o}
              type="button"
              className="btn small"
              aria-pressed={operation === o}
              onClick={() => change({ ...form, operation: operation === o ? null : o })}
            >
              {t(`ledger:bulk.${o}`)}
            </button>
          ))}
          {operations.length === 0 && <span className="c3">{t('ledger:bulk.nothing')}</span>}
        </span>
        <span className="go">
          <button
            type="button"
            className="btn small"
            onClick={() => {
              if (draft.mayClose()) clear();
            }}
          >
            {t('ledger:cancel')}
          </button>
          {operation !== null && (
            <button type="button" className="btn main small" disabled={busy || body === null || count === 0} onClick={() => void go()}>
              {t(`ledger:bulk.go.${operation}`, { count })}
            </button>
          )}
        </span>
        {operation === 'extend' && (
          <div className="opform">
            <Select
              aria-label={t('ledger:bulk.rule')}
              placeholder={t('ledger:bulk.rule')}
              style={{ width: 280 }}
              value={form.rule === undefined ? undefined : String(form.rule)}
              onChange={(v: string) => set('rule', v)}
              options={campaign.extensionRules.map((r) => ({
                value: r.code,
                label: t('ledger:bulk.ruleOption', { code: r.code, name: pick(r.name), days: r.maxDays }),
              }))}
            />
            <InputNumber
              aria-label={t('ledger:bulk.days')}
              min={1}
              max={rule?.maxDays ?? 366}
              value={Number(form.days)}
              onChange={(v: number | null) => set('days', v)}
              suffix={t('ledger:bulk.dayUnit')}
              style={{ width: 100 }}
            />
            <Input
              aria-label={t('ledger:bulk.reason')}
              placeholder={t('ledger:bulk.reason')}
              style={{ width: 320 }}
              maxLength={4000}
              {...text('reason')}
            />
          </div>
        )}
        {operation === 'assign' && (
          <div className="opform">
            <Select
              showSearch={{ optionFilterProp: 'label' }}
              aria-label={t('ledger:bulk.government')}
              placeholder={t('ledger:bulk.government')}
              style={{ width: 240 }}
              value={form.government === undefined || form.government === '' ? undefined : form.government}
              onChange={(v: string) => set('government', v)}
              options={campaign.organisations.map((o) => ({ value: o.code, label: o.name }))}
            />
            {(['department', 'person'] as const).map((f) => (
              <Input
                key={f}
                aria-label={t(`ledger:bulk.${f}`)}
                placeholder={t(`ledger:bulk.${f}`)}
                style={{ width: 200 }}
                maxLength={400}
                {...text(f)}
              />
            ))}
          </div>
        )}
        {operation === 'batch' && (
          <div className="opform">
            <Input
              aria-label={t('ledger:bulk.batchName')}
              placeholder={t('ledger:bulk.batchName')}
              style={{ width: 220 }}
              maxLength={60}
              {...text('name')}
            />
            <DatePicker
              aria-label={t('ledger:bulk.deadline')}
              placeholder={t('ledger:bulk.deadline')}
              minDate={dayjs()}
              value={form.deadline === undefined || form.deadline === '' ? null : dayjs(form.deadline)}
              onChange={(d: dayjs.Dayjs | null) => set('deadline', d?.format('YYYY-MM-DD') ?? '')}
            />
          </div>
        )}
        {operation !== null && (
          <div className="opform">
            <DraftNote
              at={draft.restoredAt}
              discard={() => {
                draft.discard();
                setForm({ ...untouched, operation });
              }}
            />
          </div>
        )}
        <div className="eff" role="status">
          {operation !== null && operation !== 'batch' && chosen.length > most && (
            <p className="no">{t('ledger:bulk.tooMany', { most })}</p>
          )}
          {operation === 'batch' && (
            <p>
              {t('ledger:bulk.effect.batch', {
                count: ids.length,
                cities: formatCount(new Set(chosen.map((r) => r.place - (r.place % 100))).size),
              })}
            </p>
          )}
          {preview !== null && operation !== null && (
            <p>{t(`ledger:bulk.effect.${operation}`, { count: preview.done.length, days: form.days, rule: form.rule })}</p>
          )}
          {preview?.refused.map((r) => (
            <p key={r.id} className="no">
              {r.no}：{pick(r.messages)}
            </p>
          ))}
          <Refused error={error} />
        </div>
      </div>
    </Ant>
  );
}

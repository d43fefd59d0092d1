import { DatePicker, Form, Input, InputNumber, Modal, Radio, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';
import type { ItemPage } from '../../../contract/items.ts';
import type { CommandAnswer } from '../../../contract/problems.ts';
import { api } from '../../../contract/paths/api.ts';
import { to } from '../../../contract/paths/pattern.ts';
import type { ProblemVerb } from '../../../domain/problems/commands.ts';
import { Ant } from '../../ui/Ant.tsx';
import { ApiError, apiSend } from '../../ui/api.ts';
import { useCampaign } from '../../ui/campaign.ts';
import { say } from '../../ui/notice.tsx';
import { Refused } from '../../ui/Outcome.tsx';
import { forgetNow } from '../../ui/query.ts';
import { useWords } from '../../ui/words.ts';
import { DraftNote } from '../drafts/DraftNote.tsx';
import { useFormDraft } from '../drafts/use-form-draft.ts';
import { useSession } from '../shell/session.ts';
import { Alike } from './Alike.tsx';
import { commandBody, commandFields, type Field, initial } from './command-fields.ts';
import { EvidenceInput, type Evidence } from './EvidenceInput.tsx';
import { Meanwhile } from './Meanwhile.tsx';
import { isUploading } from './uploads.ts';

/** The form of one command; says first what it will do, then shows the server's refusal in words. */
export default function CommandForm({
  page,
  verb,
  close,
}: {
  readonly page: ItemPage;
  readonly verb: ProblemVerb;
  readonly close: () => void;
}) {
  const { campaign } = useCampaign();
  const { t } = useWords();
  const me = useSession().data?.user.id;
  const [form] = Form.useForm<Record<string, unknown>>();
  // One id for all tries: a repetition after a lost answer is taken as the same command.
  const draft = useFormDraft(form, {
    form: `problem.${verb}`,
    object: page.item.id,
    start: initial(page, verb),
    version: page.item.version,
  });
  // As it stood when it was typed: what somebody else did meanwhile is told before it is overruled.
  const version = draft.version ?? page.item.version;
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);

  async function submit(values: Record<string, unknown>): Promise<void> {
    setBusy(true);
    setError(null);
    try {
      const body = { id: draft.commandId, version, ...commandBody(verb, values) };
      const answer = await apiSend<CommandAnswer>(
        'POST',
        to(api.problemCommand(verb), { id: page.item.id }, { campaign: campaign.slug }),
        body,
      );
      draft.sent();
      say(t('problem:form.done', { verb: t(`problem:verb.${verb}`), no: answer.item.no }));
      await forgetNow();
      close();
    } catch (refusal) {
      draft.refused(refusal);
      setError(refusal);
      // What somebody else did comes to stand above the form, whose text stays.
      if (refusal instanceof ApiError && refusal.status === 409) await forgetNow();
      setBusy(false);
    }
  }

  const twoPersons = verb === 'withdraw' || verb === 'merge';
  const second = twoPersons && page.proposal?.kind === verb;
  const own = second && page.proposal?.byId === me;
  return (
    <Ant>
      <Modal
        open
        title={`${t(`problem:verb.${verb}`)}　${page.item.no}`}
        onCancel={() => {
          if (draft.mayClose()) close();
        }}
        onOk={() => form.submit()}
        okText={t(`problem:verb.${verb}`)}
        cancelText={t('ledger:cancel')}
        confirmLoading={busy}
        width={600}
        destroyOnHidden
      >
        <p className="effect">{t(`problem:effect.${verb}`)}</p>
        {twoPersons && (
          <p className="effect two">
            {t(own ? 'problem:effect.own' : second ? 'problem:effect.second' : 'problem:effect.first', { by: page.proposal?.by ?? '' })}
          </p>
        )}
        <DraftNote {...draft.note} />
        <Meanwhile
          acts={page.acts}
          seen={version}
          goOn={() => {
            draft.see(page.item.version);
            setError(null);
          }}
        />
        <Form
          form={form}
          disabled={busy}
          layout="vertical"
          requiredMark={false}
          onFinish={(values) => void submit(values)}
          {...draft.fields}
        >
          {commandFields[verb].map((field) => (
            <CommandField key={field.name} field={field} page={page} />
          ))}
          {(verb === 'check' || verb === 'accept') && page.alike.length > 0 && (
            <Form.Item
              name="alike"
              label={t('problem:alike.reason')}
              extra={<Alike page={page} />}
              rules={[{ required: true, whitespace: true, message: t('problem:form.required') }]}
            >
              <Input.TextArea rows={2} maxLength={4000} />
            </Form.Item>
          )}
          {verb === 'check' && (
            <Form.Item name="seen" label={t('problem:field.evidence')}>
              <EvidenceInput item={page.item.id} />
            </Form.Item>
          )}
        </Form>
        <Refused error={error} />
      </Modal>
    </Ant>
  );
}

function CommandField({ field, page }: { readonly field: Field; readonly page: ItemPage }) {
  const { campaign } = useCampaign();
  const { t, pick } = useWords();
  const label = t(`problem:field.${field.name}`);
  const required = [{ required: true, whitespace: field.kind === 'line' || field.kind === 'text', message: t('problem:form.required') }];
  switch (field.kind) {
    case 'line':
      return (
        <Form.Item name={field.name} label={label} rules={required}>
          <Input maxLength={400} />
        </Form.Item>
      );
    case 'organisation':
      return (
        <Form.Item name={field.name} label={label} rules={required}>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            options={campaign.organisations.map((o) => ({ value: o.code, label: `${o.name}（${o.code}）` }))}
          />
        </Form.Item>
      );
    case 'text':
      return (
        <Form.Item name={field.name} label={label} rules={required}>
          <Input.TextArea rows={3} maxLength={4000} showCount />
        </Form.Item>
      );
    case 'parts':
      return (
        <Form.Item name={field.name} label={label} extra={t('problem:form.partsHint')} rules={required}>
          <Input.TextArea rows={4} />
        </Form.Item>
      );
    case 'date':
      return (
        <Form.Item
          name={field.name}
          label={label}
          rules={required}
          getValueProps={(value: string | undefined) => ({ value: value === undefined ? null : dayjs(value) })}
          normalize={(value: Dayjs | null) => value?.format('YYYY-MM-DD')}
          extra={page.item.deadline === null ? undefined : t('problem:form.deadlineHint', { date: page.item.deadline })}
        >
          <DatePicker style={{ width: 200 }} />
        </Form.Item>
      );
    case 'days':
      return (
        <Form.Item name={field.name} label={label} rules={required}>
          <InputNumber min={1} max={366} style={{ width: 120 }} />
        </Form.Item>
      );
    case 'rule':
      return (
        <Form.Item name={field.name} label={label} rules={required}>
          <Select
            options={campaign.extensionRules.map((r) => ({
              value: r.code,
              label: t('ledger:bulk.ruleOption', { code: r.code, name: pick(r.name), days: r.maxDays }),
            }))}
          />
        </Form.Item>
      );
    case 'evidence':
      return (
        <Form.Item
          name={field.name}
          label={label}
          rules={[
            { required: true, message: t('problem:evidence.need') },
            {
              // A failed upload does not hold the command up: the fingerprint is named, and the original can follow.
              validator: (_, value: readonly Evidence[] | undefined) =>
                value?.some((e) => isUploading(page.item.id, e.sha256)) === true
                  ? Promise.reject(new Error(t('problem:evidence.stillUploading')))
                  : Promise.resolve(),
              validateTrigger: 'onSubmit',
            },
          ]}
        >
          <EvidenceInput item={page.item.id} />
        </Form.Item>
      );
    case 'penalty':
      return (
        <>
          <Form.Item name="penalty" label={t('problem:field.penalty')} rules={required}>
            <Radio.Group
              options={[
                { value: 'case', label: t('problem:form.penaltyCase') },
                { value: 'none', label: t('problem:form.noPenalty') },
              ]}
            />
          </Form.Item>
          <Form.Item name="penaltyText" label={t('problem:field.penaltyText')} rules={required}>
            <Input maxLength={4000} />
          </Form.Item>
        </>
      );
  }
}

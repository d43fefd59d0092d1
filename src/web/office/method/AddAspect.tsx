import { Form, Input, InputNumber, Modal, Select } from 'antd';
import { useState } from 'react';
import { api } from '../../../contract/paths/api.ts';
import { to } from '../../../contract/paths/pattern.ts';
import { Ant } from '../../ui/Ant.tsx';
import { apiSend } from '../../ui/api.ts';
import { useCampaign } from '../../ui/campaign.ts';
import { say } from '../../ui/notice.tsx';
import { Refused } from '../../ui/Outcome.tsx';
import { forgetNow } from '../../ui/query.ts';
import { innerQuotes } from '../../../domain/kernel/quotes.ts';
import { useWords } from '../../ui/words.ts';
import { DraftNote } from '../drafts/DraftNote.tsx';
import { useFormDraft } from '../drafts/use-form-draft.ts';

interface Values {
  code: string;
  nameZh: string;
  nameEn: string;
  unitZh: string;
  unitEn: string;
  criteriaZh: string;
  criteriaEn: string;
  evidence: string[];
  acceptanceBody: string;
  noticeDays: number;
  deadlineDays: number;
}

/** Adds an aspect; what was found before is not touched. */
export default function AddAspect({ close }: { readonly close: () => void }) {
  const { campaign, where } = useCampaign();
  const { t } = useWords();
  const [form] = Form.useForm<Values>();
  const draft = useFormDraft(form, {
    form: 'aspect.new',
    object: campaign.slug,
    start: {
      unitZh: '个',
      unitEn: 'problem',
      evidence: ['photo', 'document'],
      noticeDays: 0,
      deadlineDays: 30,
      acceptanceBody: campaign.aspects[0]?.acceptanceBody,
    },
  });
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const required = [{ required: true, message: t('problem:form.required') }];

  async function submit(v: Values): Promise<void> {
    setBusy(true);
    setError(null);
    const pair = (zh: string, en: string | undefined) => ({ zh, en: en === undefined || en.trim() === '' ? zh : en });
    try {
      await apiSend('POST', to(api.aspects, { campaign: where.slug }), {
        id: draft.commandId,
        code: v.code,
        name: pair(v.nameZh, v.nameEn),
        unit: pair(v.unitZh, v.unitEn),
        criteria: pair(v.criteriaZh, v.criteriaEn),
        evidence: v.evidence,
        acceptanceBody: v.acceptanceBody,
        noticeDays: v.noticeDays,
        deadlineDays: v.deadlineDays,
      });
      draft.sent();
      await forgetNow();
      say(t('method:added', { name: innerQuotes(v.nameZh) }));
      close();
    } catch (refusal) {
      draft.refused(refusal);
      setError(refusal);
      setBusy(false);
    }
  }

  const pairOf = (name: 'name' | 'unit' | 'criteria', label: string) => (
    <div className="pair">
      <Form.Item name={`${name}Zh`} label={`${label}（中文）`} rules={required}>
        <Input maxLength={1000} />
      </Form.Item>
      <Form.Item name={`${name}En`} label={`${label} (English)`}>
        <Input maxLength={1000} />
      </Form.Item>
    </div>
  );
  return (
    <Ant>
      <Modal
        open
        title={t('method:addAspect')}
        okText={t('method:addAspect')}
        cancelText={t('ledger:cancel')}
        confirmLoading={busy}
        onCancel={() => {
          if (draft.mayClose()) close();
        }}
        onOk={() => form.submit()}
        width={680}
      >
        <p className="effect">{t('method:addEffect')}</p>
        <DraftNote {...draft.note} />
        <Form form={form} disabled={busy} layout="vertical" requiredMark={false} onFinish={(v) => void submit(v)} {...draft.fields}>
          <Form.Item
            name="code"
            label={t('method:code')}
            extra={t('method:codeHint')}
            rules={[{ required: true, pattern: /^[a-z0-9][a-z0-9-]{0,59}$/, message: t('method:codeHint') }]}
          >
            <Input />
          </Form.Item>
          {pairOf('name', t('method:aspect'))}
          {pairOf('unit', t('method:unit'))}
          {pairOf('criteria', t('method:criteria'))}
          <Form.Item name="evidence" label={t('method:evidence')} rules={required}>
            <Select
              mode="multiple"
              options={['photo', 'document', 'monitoring', 'video'].map((k) => ({ value: k, label: t(`problem:evidence.kind.${k}`) }))}
            />
          </Form.Item>
          <Form.Item name="acceptanceBody" label={t('method:acceptanceBody')} rules={required}>
            <Select
              showSearch={{ optionFilterProp: 'label' }}
              options={campaign.organisations.map((o) => ({ value: o.code, label: o.name }))}
            />
          </Form.Item>
          <div className="pair">
            <Form.Item name="deadlineDays" label={t('method:deadlineDays')} rules={required}>
              <InputNumber min={1} max={366} />
            </Form.Item>
            <Form.Item name="noticeDays" label={t('method:noticeDays')} rules={required}>
              <InputNumber min={0} max={60} />
            </Form.Item>
          </div>
        </Form>
        <Refused error={error} />
      </Modal>
    </Ant>
  );
}

import { Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { CommandAnswer } from '../../../contract/problems.ts';
import { api } from '../../../contract/paths/api.ts';
import { paths } from '../../../contract/paths/office.ts';
import { Ant } from '../../ui/Ant.tsx';
import { apiSend } from '../../ui/api.ts';
import { placePath, useCampaign } from '../../ui/campaign.ts';
import { Refused } from '../../ui/Outcome.tsx';
import { forgetNow } from '../../ui/query.ts';
import { useWords } from '../../ui/words.ts';
import { DraftNote } from '../drafts/DraftNote.tsx';
import { useFormDraft } from '../drafts/use-form-draft.ts';
import { EvidenceInput, type Evidence } from '../problem/EvidenceInput.tsx';

interface Values {
  unit: string;
  place: number;
  aspect: string;
  type: string;
  clue: string;
  text: string;
  evidence?: readonly Evidence[];
}

/** Records a problem that was found; it counts as found at once and waits for confirmation. */
export default function NewProblem({ close }: { readonly close: () => void }) {
  const { campaign, where } = useCampaign();
  const words = useWords();
  const { t, pick, lang } = words;
  const navigate = useNavigate();
  const [form] = Form.useForm<Values>();
  const draft = useFormDraft(form, { form: 'problem.new', object: campaign.slug, start: { clue: 'inspection' } });
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const required = [{ required: true, message: t('problem:form.required') }];

  async function submit(values: Values): Promise<void> {
    setBusy(true);
    setError(null);
    try {
      const answer = await apiSend<CommandAnswer>('POST', api.problems, {
        id: draft.commandId,
        campaign: campaign.slug,
        ...values,
        evidence: values.evidence ?? [],
      });
      draft.sent();
      await forgetNow();
      await navigate(paths.item(where, answer.item.no));
    } catch (refusal) {
      draft.refused(refusal);
      setError(refusal);
      setBusy(false);
    }
  }

  return (
    <Ant>
      <Modal
        open
        title={t('ledger:newProblem')}
        okText={t('ledger:create.submit')}
        cancelText={t('ledger:cancel')}
        confirmLoading={busy}
        onCancel={() => {
          if (draft.mayClose()) close();
        }}
        onOk={() => form.submit()}
        width={640}
      >
        <p className="effect">{t('ledger:create.effect')}</p>
        <DraftNote {...draft.note} />
        <Form
          form={form}
          disabled={busy}
          layout="vertical"
          onFinish={(values) => void submit(values)}
          requiredMark={false}
          {...draft.fields}
        >
          <Form.Item name="unit" label={t('ledger:column.unit')} rules={required}>
            <Input maxLength={200} />
          </Form.Item>
          <Form.Item name="place" label={t('ledger:column.place')} rules={required}>
            <Select
              showSearch={{ optionFilterProp: 'label' }}
              options={campaign.places
                .filter((p) => p.level === 'county')
                .map((p) => ({ value: p.code, label: placePath(campaign, p.code, lang) }))}
            />
          </Form.Item>
          <Form.Item name="aspect" label={t('ledger:column.aspect')} rules={required}>
            <Select
              showSearch={{ optionFilterProp: 'label' }}
              options={latest(campaign.aspects).map((a) => ({ value: a.code, label: pick(a.name) }))}
            />
          </Form.Item>
          <Form.Item name="type" label={t('ledger:column.type')} rules={required}>
            <Select
              showSearch={{ optionFilterProp: 'label' }}
              options={campaign.types.map((x) => ({ value: x.code, label: pick(x.name) }))}
            />
          </Form.Item>
          <Form.Item name="clue" label={t('ledger:column.clue')} rules={required}>
            <Select
              options={['inspection', 'selfCheck', 'hotline', 'telemetry', 'handover'].map((c) => ({
                value: c,
                label: t(`ledger:clues.${c}`, { defaultValue: c }),
              }))}
            />
          </Form.Item>
          <Form.Item name="text" label={t('ledger:column.text')} rules={required}>
            <Input.TextArea rows={3} maxLength={4000} />
          </Form.Item>
          <Form.Item name="evidence" label={t('problem:evidence.title')}>
            <EvidenceInput />
          </Form.Item>
        </Form>
        <Refused error={error} />
      </Modal>
    </Ant>
  );
}

function latest<T extends { readonly code: string }>(versions: readonly T[]): T[] {
  return [...new Map(versions.map((v) => [v.code, v])).values()];
}

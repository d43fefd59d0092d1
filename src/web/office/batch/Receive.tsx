import { useState } from 'react';
import { v7 as newId } from 'uuid';
import { api } from '../../../contract/paths/api.ts';
import { to } from '../../../contract/paths/pattern.ts';
import { apiSend } from '../../ui/api.ts';
import { useCampaign } from '../../ui/campaign.ts';
import { say } from '../../ui/notice.tsx';
import { forgetNow } from '../../ui/query.ts';
import { useWords } from '../../ui/words.ts';

/** Signs for a letter; one id for all tries, so that a lost answer does not make two of it. */
export function Receive({
  letter,
  refused,
}: {
  readonly letter: { readonly id: string; readonly docNo: string };
  readonly refused: (error: unknown) => void;
}) {
  const { t } = useWords();
  const { campaign } = useCampaign();
  const [id] = useState(() => newId());
  const [busy, setBusy] = useState(false);

  async function sign(): Promise<void> {
    setBusy(true);
    refused(null);
    try {
      await apiSend('POST', to(api.letterReceive, { id: letter.id }, { campaign: campaign.slug }), { id });
      say(t('batch:signed', { docNo: letter.docNo }));
      await forgetNow();
    } catch (error) {
      refused(error);
      setBusy(false);
    }
  }

  return (
    <button type="button" className="btn small main noprint" disabled={busy} onClick={() => void sign()}>
      {t('batch:sign')}
      <span className="sk"> {letter.docNo}</span>
    </button>
  );
}

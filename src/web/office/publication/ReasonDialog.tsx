import { useState } from 'react';
import { Refused } from '../../ui/Outcome.tsx';
import { useWords } from '../../ui/words.ts';
import { Dialog } from '../../ui/Dialog.tsx';

/** Asks for a reason before something is sent. */
export function ReasonDialog({
  title,
  effect,
  action,
  send,
  close,
}: {
  readonly title: string;
  readonly effect: string;
  readonly action: string;
  readonly send: (reason: string) => Promise<void>;
  readonly close: () => void;
}) {
  const { t } = useWords();
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  return (
    <Dialog title={title} close={close}>
      {effect !== '' && <p className="effect">{effect}</p>}
      <form
        className="picker"
        onSubmit={(e) => {
          e.preventDefault();
          setBusy(true);
          send(reason.trim()).catch((refusal: unknown) => {
            setError(refusal);
            setBusy(false);
          });
        }}
      >
        <label>
          {t('bulletin:reason')}
          <textarea rows={3} maxLength={1000} value={reason} onChange={(e) => setReason(e.currentTarget.value)} />
        </label>
        <Refused error={error} />
        <div className="act">
          <button type="button" className="btn" onClick={close}>
            {t('bulletin:cancel')}
          </button>
          <button type="submit" className="btn main" disabled={busy || reason.trim() === ''}>
            {action}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

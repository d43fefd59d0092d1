import { useState } from 'react';
import { ApiError } from '../../ui/api.ts';
import { Refused } from '../../ui/Outcome.tsx';
import { forgetNow } from '../../ui/query.ts';
import { useWords } from '../../ui/words.ts';
import { DraftNote } from '../drafts/DraftNote.tsx';
import { useDraft } from '../drafts/use-draft.ts';
import { Dialog } from '../../ui/Dialog.tsx';

/** Asks for a reason before something is sent. */
export function ReasonDialog({
  form,
  object,
  title,
  effect,
  action,
  send,
  close,
}: {
  /** Which question it is, and about what: what was typed comes back to the same one only. */
  readonly form: string;
  readonly object: string;
  readonly title: string;
  readonly effect: string;
  readonly action: string;
  /** Sends it with an id that stays the same until it was taken. */
  readonly send: (reason: string, commandId: string) => Promise<void>;
  readonly close: () => void;
}) {
  const { t } = useWords();
  const draft = useDraft({ form, object, start: { reason: '' } });
  const [reason, setReason] = useState(draft.values.reason);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  return (
    <Dialog
      title={title}
      close={() => {
        if (draft.mayClose()) close();
      }}
    >
      {effect !== '' && <p className="effect">{effect}</p>}
      <form
        className="picker"
        onSubmit={(e) => {
          e.preventDefault();
          setBusy(true);
          send(reason.trim(), draft.commandId)
            .then(() => draft.sent())
            .catch((refusal: unknown) => {
              draft.refused(refusal);
              setError(refusal);
              setBusy(false);
              // What somebody else did meanwhile comes to stand on the page behind.
              if (refusal instanceof ApiError && refusal.status === 409) void forgetNow();
            });
        }}
      >
        <DraftNote
          at={draft.restoredAt}
          discard={() => {
            draft.discard();
            setReason('');
          }}
        />
        <label>
          {t('bulletin:reason')}
          <textarea
            rows={3}
            maxLength={1000}
            value={reason}
            readOnly={busy}
            onChange={(e) => {
              setReason(e.currentTarget.value);
              draft.keep({ reason: e.currentTarget.value });
            }}
          />
        </label>
        <Refused error={error} />
        <div className="act">
          <button type="button" className="btn" onClick={() => draft.mayClose() && close()}>
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

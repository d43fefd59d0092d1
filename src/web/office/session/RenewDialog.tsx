import { useEffect, useRef, useState } from 'react';
import { findSession, isOtherPerson } from '../../ui/api.ts';
import { unlessComposing } from '../../ui/composing.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { Refused } from '../../ui/Outcome.tsx';
import { ownerOfPage, useSignInQuestion } from '../../ui/person.ts';
import { useWords } from '../../ui/words.ts';
import { signInAgain } from '../shell/session.ts';

/** Signing in again over whatever is open, when its session has ended; what was being sent then goes on. */
export function RenewDialog() {
  const question = useSignInQuestion();
  return question === null ? null : <Question settle={question.settle} />;
}

function Question({ settle }: { readonly settle: (signedIn: boolean) => void }) {
  const { t } = useWords();
  const owner = ownerOfPage();
  const [busy, setBusy] = useState(false);
  const [missing, setMissing] = useState(false);
  const [error, setError] = useState<unknown>(null);

  // The name is known: what is asked for is the password. A dialog that opens gives the focus to its first field.
  const secret = useRef<HTMLInputElement>(null);
  useEffect(() => secret.current?.focus(), []);

  // Signed in meanwhile in another tab: nothing is left to ask.
  useEffect(() => {
    const look = () => {
      findSession()
        .then((there) => {
          if (there) settle(true);
        })
        .catch(setError);
    };
    globalThis.addEventListener('focus', look);
    return () => globalThis.removeEventListener('focus', look);
  }, [settle]);

  async function submit(form: FormData): Promise<void> {
    const username = String(form.get('username') ?? '').trim();
    const password = String(form.get('password') ?? '');
    setMissing(username === '' || password === '');
    if (username === '' || password === '') return;
    setBusy(true);
    setError(null);
    try {
      if (!(await findSession())) await signInAgain(username, password);
      settle(true);
    } catch (refusal) {
      setError(refusal);
      setBusy(false);
    }
  }

  const stranger = isOtherPerson(error);
  return (
    // A key pressed here is not for the form that lies below.
    <div className="renew" onKeyDown={unlessComposing((e: React.KeyboardEvent) => e.stopPropagation())}>
      <Dialog title={t('session:renew.title')} close={() => settle(false)}>
        <form
          className="picker"
          noValidate
          onSubmit={(e) => {
            e.preventDefault();
            void submit(new FormData(e.currentTarget));
          }}
        >
          <p className="effect">{t('session:renew.lead', { name: owner?.name ?? '' })}</p>
          {!stranger && (
            <>
              <label>
                {t('session:username')}
                <input
                  name="username"
                  defaultValue={owner?.username}
                  autoComplete="username"
                  autoCapitalize="none"
                  spellCheck={false}
                  aria-invalid={missing}
                />
              </label>
              <label>
                {t('session:password')}
                <input name="password" type="password" autoComplete="current-password" ref={secret} aria-invalid={missing} />
              </label>
            </>
          )}
          {missing && (
            <p className="fail" role="alert">
              {t('session:need')}
            </p>
          )}
          <Refused error={error} />
          <div className="act">
            <button type="button" className="btn" onClick={() => settle(false)}>
              {t('session:renew.cancel')}
            </button>
            {!stranger && (
              <button type="submit" className="btn main" disabled={busy}>
                {t(busy ? 'session:submitting' : 'session:submit')}
              </button>
            )}
          </div>
        </form>
      </Dialog>
    </div>
  );
}

import { useState } from 'react';
import { paths } from '../../../contract/paths/office.ts';
import { Refused } from '../../ui/Outcome.tsx';
import { useWords } from '../../ui/words.ts';
import { signOut } from './session.ts';

/** Signs out and goes to the page for signing in; when that fails, as without a network, it says why: whoever walks away believes it. */
export function SignOut({ className }: { readonly className: string }) {
  const { t } = useWords();
  const [error, setError] = useState<unknown>(null);

  async function leave(): Promise<void> {
    setError(null);
    try {
      if (await signOut((count) => t('shell:draft.signOut', { count }))) globalThis.location.assign(paths.signIn());
    } catch (refusal) {
      setError(refusal);
    }
  }

  return (
    <>
      <button type="button" className={className} onClick={() => void leave()}>
        {t('shell:signOut')}
      </button>
      <Refused error={error} />
    </>
  );
}

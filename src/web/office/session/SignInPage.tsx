import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { publicPaths } from '../../../contract/paths/public.ts';
import { showLanguage } from '../../i18n/setup.ts';
import { ownerOfPage } from '../../ui/person.ts';
import { Refused } from '../../ui/Outcome.tsx';
import { useTitle } from '../../ui/title.ts';
import { useWords } from '../../ui/words.ts';
import { signIn } from '../shell/session.ts';
import { safeNext } from './next.ts';
import './sign-in.css';

/** Signing in; afterwards the page that was asked for. */
export function SignInPage() {
  const { t, lang } = useWords();
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [missing, setMissing] = useState(false);
  useTitle(t('session:title'));

  async function submit(form: FormData): Promise<void> {
    const username = String(form.get('username') ?? '').trim();
    const password = String(form.get('password') ?? '');
    setMissing(username === '' || password === '');
    if (username === '' || password === '') return;
    setBusy(true);
    setError(null);
    try {
      await signIn(username, password);
      const next = safeNext(search.get('next'));
      // After another person's page everything begins anew.
      if (ownerOfPage() === null) globalThis.location.assign(next);
      else await navigate(next, { replace: true });
    } catch (refusal) {
      setError(refusal);
      setBusy(false);
    }
  }

  return (
    <main className="signin">
      <p className="brandline">
        <b>{t('shell:brand')}</b>
        <button
          type="button"
          className="linkbtn sm"
          lang={lang === 'zh' ? 'en' : 'zh-CN'}
          onClick={() => void showLanguage(lang === 'zh' ? 'en' : 'zh')}
        >
          {t('shell:switchLang')}
        </button>
      </p>
      <form
        className="sec"
        onSubmit={(e) => {
          e.preventDefault();
          void submit(new FormData(e.currentTarget));
        }}
        noValidate
      >
        <h1>{t('session:title')}</h1>
        <p className="c2">{t('session:lead')}</p>
        <label>
          {t('session:username')}
          <input
            name="username"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus
            required
            aria-invalid={missing}
          />
        </label>
        <label>
          {t('session:password')}
          <input name="password" type="password" autoComplete="current-password" required aria-invalid={missing} />
        </label>
        {missing && (
          <p className="fail" role="alert">
            {t('session:need')}
          </p>
        )}
        <Refused error={error} />
        <button type="submit" className="btn main" disabled={busy}>
          {t(busy ? 'session:submitting' : 'session:submit')}
        </button>
        <p className="cap">{t('session:hint')}</p>
      </form>
      <p className="cap">
        <a href={publicPaths.campaigns(lang)}>{t('session:publicPages')}</a>
      </p>
    </main>
  );
}

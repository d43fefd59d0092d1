import { Navigate } from 'react-router';
import { publicPaths } from '../../../contract/paths/public.ts';
import { Bones, Failure } from '../../ui/Outcome.tsx';
import { useWords } from '../../ui/words.ts';
import { homeOf } from './home.ts';
import { useSession } from './session.ts';
import { SignOut } from './SignOut.tsx';

/** `/`: on to the first campaign of the session. */
export function Home() {
  const { t, lang } = useWords();
  const session = useSession();
  if (session.isError)
    return (
      <main>
        <Failure error={session.error} retry={() => void session.refetch()} />
      </main>
    );
  if (session.data === undefined)
    return (
      <main>
        <Bones rows={8} />
      </main>
    );
  const first = session.data.campaigns[0];
  if (first !== undefined) return <Navigate to={homeOf(session.data, { slug: first.slug, asOf: null })} replace />;
  return (
    <main>
      <div className="oops">
        <h1>{t('shell:noCampaign.title')}</h1>
        <p>{t('shell:noCampaign.body')}</p>
        <p>
          <SignOut className="btn" /> <a href={publicPaths.campaigns(lang)}>{t('session:publicPages')}</a>
        </p>
      </div>
    </main>
  );
}

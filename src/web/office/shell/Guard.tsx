import { Link, Outlet } from 'react-router';
import { paths } from '../../../contract/paths/office.ts';
import type { Verb } from '../../../domain/access/policy.ts';
import { useCampaign } from '../../ui/campaign.ts';
import { useWords } from '../../ui/words.ts';
import { may, useSession } from './session.ts';

/** Pages that ask for a right: whoever lacks it is told so once, instead of a page whose every part is refused. */
export function Guard({ verb }: { readonly verb: Verb }) {
  const { campaign, where } = useCampaign();
  const { t } = useWords();
  if (may(useSession().data, verb, campaign)) return <Outlet />;
  return (
    <main id="content">
      <div className="oops">
        <h1>{t('shell:forbidden.title')}</h1>
        <p>{t('shell:forbidden.body')}</p>
        <ul>
          <li>
            <Link to={paths.dashboard(where)}>{t('shell:notFound.tryDashboard')}</Link>
          </li>
        </ul>
      </div>
    </main>
  );
}

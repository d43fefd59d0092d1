import { useEffect, useMemo, useState } from 'react';
import { Outlet, useLocation, useParams, useSearchParams } from 'react-router';
import type { CampaignView } from '../../../contract/campaign.ts';
import type { Stamp } from '../../../contract/figures.ts';
import type { Where } from '../../../contract/paths/office.ts';
import { api } from '../../../contract/paths/api.ts';
import { to } from '../../../contract/paths/pattern.ts';
import { CampaignContext } from '../../ui/campaign.ts';
import { Notices } from '../../ui/notice.tsx';
import { isOtherPerson } from '../../ui/api.ts';
import { Bones, Failure, Loaded, Refused } from '../../ui/Outcome.tsx';
import { useApi } from '../../ui/query.ts';
import { useWords } from '../../ui/words.ts';
import { AsOfBar } from './AsOfBar.tsx';
import { Masthead } from './Masthead.tsx';
import { PrintFoot } from './PrintFoot.tsx';
import { RenewDialog } from '../session/RenewDialog.tsx';
import { useLeaveGuard } from '../drafts/guard.ts';
import { browserStorage, dropOldDrafts } from '../drafts/store.ts';
import { useSession } from './session.ts';
import { StampContext } from './stamp.ts';

/** Frame of every office page: session, campaign and instant are settled here, once. */
export function CampaignShell() {
  const { t } = useWords();
  const { campaign: slug = '' } = useParams();
  const [search] = useSearchParams();
  const { pathname } = useLocation();
  const asOf = search.get('asOf');
  const where = useMemo<Where>(() => ({ slug, asOf }), [slug, asOf]);
  const session = useSession();
  useLeaveGuard();
  useEffect(() => dropOldDrafts(browserStorage(), Date.now()), []);
  const campaign = useApi<CampaignView>(
    session.data === undefined ? null : to(api.campaign, { campaign: where.slug }, { asOf: where.asOf }),
  );
  const [stamp, setStamp] = useState<{ readonly for: string; readonly stamp: Stamp | null }>({ for: '', stamp: null });
  const page = `${pathname} ${asOf}`;
  const report = useMemo(() => (next: Stamp | null) => setStamp({ for: page, stamp: next }), [page]);

  if (session.data === undefined) {
    return <main>{session.isError ? <Failure error={session.error} retry={() => void session.refetch()} /> : <Bones rows={8} />}</main>;
  }
  const shown = stamp.for === page ? stamp.stamp : null;
  return (
    <>
      <a className="skip" href="#content">
        {t('shell:skip')}
      </a>
      {isOtherPerson(session.error) && <Refused error={session.error} />}
      <Masthead session={session.data} campaign={campaign.data} where={where} />
      <Loaded
        query={campaign}
        bones={
          <main>
            <Bones rows={8} />
          </main>
        }
      >
        {(view) => (
          <CampaignContext value={{ campaign: view, where }}>
            <StampContext value={report}>
              <AsOfBar stamp={shown} follows={!ofToday(pathname)} />
              <PrintFoot stamp={shown} />
              <Outlet />
            </StampContext>
          </CampaignContext>
        )}
      </Loaded>
      <RenewDialog />
      <Notices />
    </>
  );
}

/** Pages that show what is there now, whatever the instant of the address: bulletins are written and released, not computed. */
function ofToday(pathname: string): boolean {
  return pathname.split('/')[3] === 'bulletins';
}

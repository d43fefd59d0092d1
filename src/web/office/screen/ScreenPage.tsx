import { useEffect, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import type { CampaignView } from '../../../contract/campaign.ts';
import type { DashboardView } from '../../../contract/dashboard.ts';
import type { Where } from '../../../contract/paths/office.ts';
import { api, inCampaign } from '../../../contract/paths/api.ts';
import { to } from '../../../contract/paths/pattern.ts';
import { CampaignContext } from '../../ui/campaign.ts';
import { Bones, Failure, Loaded, NotFound } from '../../ui/Outcome.tsx';
import { useApi } from '../../ui/query.ts';
import { useTitle } from '../../ui/title.ts';
import { useWords } from '../../ui/words.ts';
import { useSession } from '../shell/session.ts';
import { Wall } from './Wall.tsx';
import '../dashboard/dashboard.css';
import './screen.css';

/** 大屏: the overview's own figures on a wall of 1920 by 1080, in the dark; `print=1` is the same in the light, for paper. */
export function ScreenPage() {
  const { t } = useWords();
  const [search] = useSearchParams();
  const session = useSession();
  const print = search.get('print') === '1';
  const slug = search.get('campaign') ?? session.data?.campaigns[0]?.slug ?? '';
  const asOf = search.get('asOf');
  const where = useMemo<Where>(() => ({ slug, asOf }), [slug, asOf]);
  const ready = session.data !== undefined && slug !== '';
  const campaign = useApi<CampaignView>(ready ? to(api.campaign, { campaign: where.slug }, { asOf: where.asOf }) : null);
  const view = useApi<DashboardView>(ready ? to(api.dashboard, {}, inCampaign(where)) : null);
  useTitle(t('shell:screen'));
  useTheme(print ? null : 'wall');
  useEvery(60_000, asOf === null, () => {
    void view.refetch();
  });

  if (session.isError)
    return (
      <main>
        <Failure error={session.error} />
      </main>
    );
  if (session.data !== undefined && slug === '')
    return (
      <main>
        <NotFound />
      </main>
    );
  return (
    <Loaded
      query={campaign}
      bones={
        <main>
          <Bones rows={10} />
        </main>
      }
    >
      {(c) => (
        <CampaignContext value={{ campaign: c, where }}>
          <Loaded
            query={view}
            bones={
              <main>
                <Bones rows={10} />
              </main>
            }
          >
            {(v) => <Wall view={v} print={print} />}
          </Loaded>
        </CampaignContext>
      )}
    </Loaded>
  );
}

function useTheme(theme: string | null): void {
  useEffect(() => {
    if (theme === null) return;
    document.documentElement.dataset.theme = theme;
    return () => {
      delete document.documentElement.dataset.theme;
    };
  }, [theme]);
}

function useEvery(ms: number, on: boolean, act: () => void): void {
  useEffect(() => {
    if (!on) return;
    const timer = setInterval(act, ms);
    return () => clearInterval(timer);
  }, [ms, on, act]);
}

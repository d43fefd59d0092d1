import { useLocation, useNavigate } from 'react-router';
import type { DashboardView } from '../../../contract/dashboard.ts';
import { api, inCampaign } from '../../../contract/paths/api.ts';
import { to } from '../../../contract/paths/pattern.ts';
import { useCampaign, useDates } from '../../ui/campaign.ts';
import { Bones, Loaded } from '../../ui/Outcome.tsx';
import { useApi } from '../../ui/query.ts';
import { useNarrow } from '../../ui/narrow.ts';
import { useTitle } from '../../ui/title.ts';
import { useWords } from '../../ui/words.ts';
import { Queue } from '../desk/Queue.tsx';
import { useDesk } from '../desk/use-desk.ts';
import { Leads } from '../leads/Leads.tsx';
import { Cartogram } from '../map/Cartogram.tsx';
import { withAsOf } from '../shell/as-of-search.ts';
import { useReadsLedger } from '../shell/place-link.ts';
import { Ruler } from '../shell/Ruler.tsx';
import { useStamp } from '../shell/stamp.ts';
import { Answer } from './Answer.tsx';
import { Batches } from './Batches.tsx';
import { BurnUp } from './BurnUp.tsx';
import { Headline, PressLine } from './Headline.tsx';
import { Places } from './Places.tsx';
import { OverdueAgeing, Rebounds } from './Risks.tsx';
import './dashboard.css';

/** 总览: the answer first, then the figures, then where they come from. Sections without data are left out. */
export function DashboardPage() {
  const { where } = useCampaign();
  const { t } = useWords();
  const query = useApi<DashboardView>(to(api.dashboard, {}, inCampaign(where)));
  useTitle(t('shell:dashboard'));
  useStamp(query.data);
  return (
    <main id="content" className="dash">
      <Loaded query={query} bones={<DashboardBones />}>
        {(view) => <Dashboard view={view} />}
      </Loaded>
    </main>
  );
}

function Dashboard({ view }: { readonly view: DashboardView }) {
  const { campaign, where } = useCampaign();
  const { t } = useWords();
  const dates = useDates();
  const navigate = useNavigate();
  const location = useLocation();
  const pick = (asOf: string) => {
    if (Date.parse(asOf) > Date.now()) return;
    void navigate({ search: withAsOf(location.search, asOf) });
  };
  // Who may not read the ledger gets no counts from it; an empty list would look like none.
  const ledger = useReadsLedger();
  const desk = useDesk().data;
  const narrow = useNarrow();
  const map = campaign.dashboard.map;
  const cityFigures =
    map === null
      ? []
      : view.cities.flatMap((c) => {
          const figure = c.figures.find((f) => f.id === map.id && f.filter.batches === undefined);
          return figure === undefined ? [] : [{ place: c.place, figure }];
        });
  return (
    <>
      <div className="lead">
        <Answer view={view} />
        <div className="act noprint">
          <button type="button" className="btn" onClick={() => globalThis.print()}>
            {t('shell:print')}
          </button>
        </div>
      </div>
      {desk !== undefined && narrow && <Queue view={desk} compact />}
      <Ruler at={where.asOf ?? view.asOf} onPick={pick} />
      <Headline view={view} />
      <PressLine view={view} />
      <div className="g2">
        <Places view={view} />
        <div className="stack">
          <BurnUp view={view} />
          <Batches view={view} />
        </div>
      </div>
      <div className={view.counties.length > 0 ? 'g3' : 'g3 nomap'}>
        {view.counties.length > 0 && <Cartogram entries={view.counties} cities={cityFigures} />}
        <div className="side">
          {desk !== undefined && !narrow && <Queue view={desk} compact />}
          <Leads />
          {ledger && <Rebounds view={view} />}
          {ledger && <OverdueAgeing view={view} />}
        </div>
      </div>
      <p className="cap">{t('dashboard:source', { moment: dates.moment(view.asOf) })}</p>
    </>
  );
}

function DashboardBones() {
  return (
    <>
      <div className="lead">
        <Bones rows={2} />
      </div>
      <Bones rows={12} />
    </>
  );
}

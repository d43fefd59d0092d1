import { useParams } from 'react-router';
import type { ItemPage as ItemAnswer } from '../../../contract/items.ts';
import { api, inCampaign } from '../../../contract/paths/api.ts';
import { to } from '../../../contract/paths/pattern.ts';
import { useCampaign } from '../../ui/campaign.ts';
import { Bones, Loaded } from '../../ui/Outcome.tsx';
import { useApi } from '../../ui/query.ts';
import { useTitle } from '../../ui/title.ts';
import { useStamp } from '../shell/stamp.ts';
import { Clocks } from './Clocks.tsx';
import { CountedIn } from './CountedIn.tsx';
import { EvidenceList } from './EvidenceList.tsx';
import { Head } from './Head.tsx';
import { Amounts, Flags, Plan, PublishedFields, Related } from './Sheets.tsx';
import { Strip } from './Strip.tsx';
import { Timeline } from './Timeline.tsx';
import './problem.css';

/** The page of a problem, or of an outside record: what happened, by whom, what it counts in, what may be done now. */
export function ItemPage() {
  const { no = '' } = useParams();
  const { where } = useCampaign();
  const query = useApi<ItemAnswer>(to(api.item, { id: no }, inCampaign(where)));
  useTitle(query.data?.item.no ?? no);
  useStamp(query.data);
  return (
    <main id="content" className="item">
      <Loaded query={query} bones={<Bones rows={12} />}>
        {(page) => (
          <>
            <Head page={page} />
            <Strip page={page} />
            <div className="body">
              <div className="col">
                <Timeline page={page} />
              </div>
              <div className="col">
                <Clocks page={page} />
                <Plan page={page} />
                <Amounts page={page} />
                <Flags page={page} />
                <PublishedFields page={page} />
                <EvidenceList page={page} />
                <CountedIn page={page} />
                <Related page={page} />
              </div>
            </div>
          </>
        )}
      </Loaded>
    </main>
  );
}

import type { DeskView } from '../../../contract/desk.ts';
import { api, inCampaign } from '../../../contract/paths/api.ts';
import { to } from '../../../contract/paths/pattern.ts';
import { useCampaign } from '../../ui/campaign.ts';
import { useApi } from '../../ui/query.ts';
import { useReadsLedger } from '../shell/place-link.ts';

/** What waits for the signed-in person; nothing is asked for who has no desk. */
export function useDesk(scope: string | null = null) {
  const { campaign, where } = useCampaign();
  const has = useReadsLedger() && campaign.mode !== 'historic';
  return useApi<DeskView>(has ? to(api.desk, {}, inCampaign(where, { scope: scope === 'mine' ? scope : null })) : null);
}

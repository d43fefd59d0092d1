import { paths } from '../../../contract/paths/office.ts';
import { useCampaign } from '../../ui/campaign.ts';
import { may, useSession } from './session.ts';

/** Whether the signed-in person may read the ledger of the page's campaign. */
export function useReadsLedger(): boolean {
  const { campaign } = useCampaign();
  return may(useSession().data, 'ledger.read', campaign);
}

/** Where a place's name leads: its ledger, or for who reads only figures (the press), the campaign's figure there. */
export function usePlaceLink(): (key: 'city' | 'county', code: number) => string {
  const { campaign, where } = useCampaign();
  const ledger = useReadsLedger();
  const figure = campaign.dashboard.map ?? campaign.dashboard.placeColumns[0];
  return (key, code) =>
    ledger || figure === undefined || figure === null
      ? paths.ledger(where, { [key]: code })
      : paths.figure(where, figure.id, { ...figure.filter, [key]: String(code) });
}

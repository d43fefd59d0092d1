import type { Sent } from '../../contract/common.ts';
import type { ItemPage } from '../../contract/items.ts';
import { inCampaignTime, stampText } from '../../domain/kernel/standing.ts';
import type { ItemSeen } from '../../usecases/items/read.ts';
import { presentLine } from '../ledger/present.ts';
import { presentAct } from './present-act.ts';

export function presentItem({ standing, ...page }: ItemSeen): Sent<ItemPage> {
  const at = inCampaignTime(standing);
  return {
    ...stampText(standing),
    ...page,
    item: presentLine(page.item, at),
    acts: page.acts.map((act) => presentAct(act, at)),
    evidence: page.evidence.map((e) => ({ ...e, happenedAt: at(e.happenedAt) })),
    alike: page.alike.map((a) => ({ ...a, receivedAt: at(a.receivedAt) })),
    owners: page.owners.map((o) => ({ ...o, at: o.at === null ? null : at(o.at) })),
    letter: page.letter === null ? null : { ...page.letter, issuedAt: at(page.letter.issuedAt) },
  };
}

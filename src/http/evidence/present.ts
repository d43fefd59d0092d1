import type { Custody, EvidenceList } from '../../contract/evidence.ts';
import type { EvidenceKind } from '../../domain/evidence/limits.ts';
import { inCampaignTime } from '../../domain/kernel/standing.ts';
import type { CustodySeen, EvidenceSeen } from '../../usecases/evidence/custody.ts';
import { presentAct } from '../items/present-act.ts';

export function presentEvidence(seen: EvidenceSeen): EvidenceList {
  const at = inCampaignTime(seen);
  return {
    item: seen.item,
    objects: seen.objects.map((o) => ({ ...o, kind: o.kind as EvidenceKind, receivedAt: at(o.receivedAt) })),
    can: seen.can,
  };
}

export function presentCustody(seen: CustodySeen): Custody {
  const at = inCampaignTime(seen);
  return { sha256: seen.sha256, acts: seen.acts.map((act) => presentAct(act, at)) };
}

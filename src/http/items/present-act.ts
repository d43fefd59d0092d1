import type { ActView } from '../../contract/acts.ts';
import type { Instant } from '../../domain/kernel/instant.ts';
import type { ActSeen } from '../../usecases/items/read.ts';

export function presentAct({ act, leafHash }: ActSeen, at: (instant: Instant) => string): ActView {
  return {
    id: act.id,
    seq: act.seq,
    kind: act.kind,
    payload: act.payload as unknown as Record<string, unknown>,
    actor: act.actor,
    happenedAt: at(act.happenedAt),
    recordedAt: at(act.recordedAt),
    leafHash,
  };
}

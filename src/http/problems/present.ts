import type { Sent } from '../../contract/common.ts';
import type { AlikeAnswer, CommandAnswer } from '../../contract/problems.ts';
import { inCampaignTime } from '../../domain/kernel/standing.ts';
import type { CommandSeen } from '../../usecases/problems/answer.ts';
import type { DuplicatesSeen } from '../../usecases/problems/duplicates.ts';
import { presentAct } from '../items/present-act.ts';
import { presentLine } from '../ledger/present.ts';

export function presentCommand(seen: CommandSeen): Sent<CommandAnswer> {
  const at = inCampaignTime(seen);
  return {
    acts: seen.acts.map((act) => presentAct(act, at)),
    item: presentLine(seen.item, at),
    repeated: seen.repeated,
    receipt: seen.receipt,
  };
}

export function presentDuplicates(seen: DuplicatesSeen): Sent<AlikeAnswer> {
  const at = inCampaignTime(seen);
  return { duplicates: seen.duplicates.map(({ line, because, alike }) => ({ row: presentLine(line, at), because, alike })) };
}

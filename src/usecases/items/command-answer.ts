import type { Actor } from '../../domain/access/policy.ts';
import { instant } from '../../domain/kernel/instant.ts';
import { rangeOf } from '../../domain/kernel/place.ts';
import { refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import { findCampaign, getCampaignState } from '../../storage/acts/read.ts';
import { findLine } from '../../storage/ledger/read.ts';
import type { CommandDone } from '../command.ts';
import type { View } from '../figures/as-of.ts';
import { presentLine, type LedgerRow } from '../ledger/present.ts';
import type { Services } from '../services.ts';
import { presentAct } from './read.ts';

export interface CommandView {
  readonly acts: ReturnType<typeof presentAct>[];
  readonly item: LedgerRow;
  readonly repeated: boolean;
}

/** The answer to a command: what was written, and the problem as it stands now. */
export async function presentCommand(
  s: Services,
  actor: Actor,
  slug: string,
  idOrNo: string,
  done: CommandDone,
): Promise<CommandView | Refusal> {
  const row = await findCampaign(s.database.db, slug);
  const campaign = row === undefined ? undefined : await getCampaignState(s.database.db, row);
  if (row === undefined || campaign === undefined) return refuse('campaign.unknown', { campaign: slug });
  const at = instant(Math.max(s.now(), ...done.acts.map((a) => a.recordedAt)));
  const view: View = { row, campaign, asOf: at, watermark: at, scope: [rangeOf(campaign.settings.root)], current: true };
  const line = await findLine(
    s.database.db,
    {
      campaignId: row.id,
      kind: 'problem',
      ranges: view.scope,
      batches: null,
      states: null,
      aspects: null,
      types: null,
      clues: null,
      owner: null,
      deadline: null,
      supervised: false,
      text: null,
      asOf: at,
      current: true,
    },
    idOrNo,
  );
  if (line === undefined) return refuse('item.unknown', {});
  return { acts: done.acts.map((act) => presentAct(act, view, actor)), item: presentLine(line, view, actor), repeated: done.repeated };
}

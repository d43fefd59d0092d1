import type { Actor } from '../../domain/access/policy.ts';
import { instant } from '../../domain/kernel/instant.ts';
import { rangeOf } from '../../domain/kernel/place.ts';
import { refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import { factContext } from '../../domain/projections/context.ts';
import { projectStream } from '../../domain/projections/project.ts';
import { findCampaign } from '../../storage/acts/read.ts';
import type { LedgerLine } from '../../storage/ledger/read.ts';
import type { CommandDone } from '../command/take.ts';
import type { View } from '../figures/as-of.ts';
import { lineSeen, type LineSeen } from '../ledger/line.ts';
import { receiptFor } from '../log/receipt.ts';
import type { Services } from '../services.ts';
import { actsSeen, type ActSeen } from '../items/read.ts';

/** What a command did, as who gave it sees it. */
export interface CommandSeen {
  readonly acts: readonly ActSeen[];
  readonly item: LineSeen;
  readonly repeated: boolean;
  /** Signed; see `receiptFor`. */
  readonly receipt: string;
  readonly utcOffsetMinutes: number;
}

/** The answer to a command: what was written, and the problem as its acts now say it stands. */
export async function commandSeen(s: Services, actor: Actor, slug: string, done: CommandDone): Promise<CommandSeen | Refusal> {
  const row = await findCampaign(s.database.db, slug);
  const item = projectStream(done.subject, factContext(done.campaign.settings)).items.at(-1)?.item;
  if (row === undefined || item === undefined) return refuse('item.unknown', {});
  const at = instant(Math.max(s.now(), item.updatedAt));
  const view: View = {
    row,
    campaign: done.campaign,
    asOf: at,
    watermark: at,
    peopleUpTo: at,
    scope: [rangeOf(done.campaign.settings.root)],
    current: true,
  };
  const line: LedgerLine = {
    id: item.id,
    kind: item.kind,
    no: item.no,
    unit: item.unit,
    source_id: item.sourceId,
    place: item.place,
    aspect: item.aspect,
    type: item.type,
    text: item.text,
    clue: item.clue,
    batch: item.batch,
    state: item.state,
    deadline_at: item.deadlineAt ?? Infinity,
    found_at: item.foundAt,
    updated_at: item.updatedAt,
    version: item.version,
    amounts: item.amounts === null ? null : { ...item.amounts },
    owner_org: item.ownerOrg,
    sort_keys: [],
  };
  return {
    acts: await actsSeen(s, done.acts, view, actor, done.names),
    item: lineSeen(line, view, actor),
    repeated: done.repeated,
    receipt: receiptFor(s, slug, done.acts),
    utcOffsetMinutes: done.campaign.settings.utcOffsetMinutes,
  };
}

import { refusedAt, type Actor } from '../../domain/access/policy.ts';
import { isRefusal, type Refusal } from '../../domain/kernel/refusal.ts';
import { possibleDuplicates, type DuplicateReason } from '../../domain/problems/duplicates.ts';
import { listNear } from '../../storage/ledger/near.ts';
import { openView } from '../figures/as-of.ts';
import { lineSeen, type LineSeen } from '../ledger/line.ts';
import type { Services } from '../services.ts';

export interface DuplicatesSeen {
  readonly duplicates: readonly { readonly line: LineSeen; readonly because: DuplicateReason; readonly alike: number }[];
  readonly utcOffsetMinutes: number;
}

/**
 * Problems that one which is about to be recorded may be the same as, among those that the asker sees.
 * @refuses item.unknown outside the jurisdiction, access.forbidden inside it, what opening a view refuses
 */
export async function readDuplicates(
  s: Services,
  actor: Actor,
  q: {
    readonly campaign: string;
    readonly source?: string | undefined;
    readonly unit?: string | undefined;
    readonly place: number;
    readonly text?: string | undefined;
  },
): Promise<DuplicatesSeen | Refusal> {
  const wrong = refusedAt(actor, 'problem.found', q.campaign, q.place);
  if (wrong !== undefined) return wrong;
  const view = await openView(s, actor, 'problem.found', q.campaign, undefined);
  if (isRefusal(view)) return view;
  const found = { sourceId: q.source ?? null, unit: (q.unit ?? '').trim(), place: q.place, text: q.text ?? '' };
  const lines = await listNear(s.database.db, { campaignId: view.row.id, ranges: view.scope, ...found });
  const near = lines.map((line) => ({ line, sourceId: line.source_id, unit: line.unit, place: line.place, text: line.text }));
  return {
    duplicates: possibleDuplicates(found, near).map((d) => ({
      line: lineSeen(d.other.line, view, actor),
      because: d.because,
      alike: d.alike,
    })),
    utcOffsetMinutes: view.campaign.settings.utcOffsetMinutes,
  };
}

import type { Actor } from '../../domain/access/policy.ts';
import { covers } from '../../domain/kernel/place.ts';
import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import { isClosed } from '../../domain/sources/source.ts';
import { listStreamActs } from '../../storage/acts/read.ts';
import { listLines } from '../../storage/ledger/read.ts';
import { listCasesOf } from '../../storage/ledger/related.ts';
import type { Services } from '../services.ts';
import { openView, standingOf } from '../figures/as-of.ts';
import { ledgerFilter } from '../ledger/filter.ts';
import { lineSeen } from '../ledger/line.ts';
import { actsSeen } from '../items/read.ts';

export type SourceSeen = Exclude<Awaited<ReturnType<typeof readSource>>, Refusal>;

/**
 * The page of a pollution source as of an instant: what it is, what was done there, its problems.
 * @refuses item.unknown (also outside the asker's jurisdiction)
 */
export async function readSource(s: Services, actor: Actor, q: { campaign: string; id: string; asOf?: string | undefined }) {
  const view = await openView(s, actor, 'source.read', q.campaign, q.asOf);
  if (isRefusal(view)) return view;
  const acts = await listStreamActs(s.database.db, view.row, q.id, view.watermark);
  const registered = acts.find((a) => a.kind === 'SourceRegistered');
  if (registered?.kind !== 'SourceRegistered') return refuse('item.unknown', {});
  const p = registered.payload;
  if (!view.scope.some((r) => covers(r, p.place))) return refuse('item.unknown', {});
  const filter = await ledgerFilter(s, actor, view, { kind: 'problem' });
  if (isRefusal(filter)) return filter;
  const lines = await listLines(s.database.db, { ...filter, source: q.id }, { sort: 'found', descending: false, limit: 200 });
  return {
    standing: await standingOf(s, view),
    source: {
      id: q.id,
      no: p.no,
      name: p.name,
      uscc: p.uscc,
      place: p.place,
      lon: p.lon,
      lat: p.lat,
      industry: p.industry,
      outlets: [...p.outlets],
      scattered: p.scattered,
      closed: isClosed(acts),
    },
    acts: await actsSeen(s, acts, view, actor),
    problems: lines.map((line) => lineSeen(line, view, actor)),
    cases: await listCasesOf(s.database.db, view.row.id, q.id),
  };
}

import type { Actor } from '../../domain/access/policy.ts';
import type { Instant } from '../../domain/kernel/instant.ts';
import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import { conditionsOf, termsOf } from '../../storage/figures/definition.ts';
import { factChange } from '../../storage/figures/waterfall.ts';
import type { Services } from '../services.ts';
import { openView } from './as-of.ts';
import { readValues, requestOf, type FigureValue } from './values.ts';

export interface Waterfall {
  readonly campaign: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly utcOffsetMinutes: number;
  readonly before: FigureValue;
  readonly after: FigureValue;
  readonly parts: { readonly code: 'enteredInTime' | 'enteredOverdue' | 'entered' | 'late' | 'left'; readonly change: number }[];
}

/**
 * Why a figure's numerator changed between two instants: the parts add up to the difference.
 * @refuses what opening a view at either instant refuses, figure.no-records, filter.malformed when `from` is not before `to`
 */
export async function readWaterfall(
  s: Services,
  actor: Actor,
  q: { campaign: string; id: string; filter: Readonly<Record<string, string>>; from: string; to?: string | undefined },
): Promise<Waterfall | Refusal> {
  const start = await openView(s, actor, 'figure.read', q.campaign, q.from);
  if (isRefusal(start)) return start;
  const end = await openView(s, actor, 'figure.read', q.campaign, q.to);
  if (isRefusal(end)) return end;
  if (start.watermark >= end.watermark) return refuse('filter.malformed', { key: 'from', value: q.from });
  const request = requestOf(end, q.id, q.filter);
  if (isRefusal(request)) return request;
  if (request.definition.estimate !== undefined) return refuse('figure.no-records', { figure: q.id });
  const [before] = await readValues(s, start, [request]);
  const [after] = await readValues(s, end, [request]);
  const by = request.definition.count?.sum ?? 'n';
  const c = conditionsOf(request.filter, end.scope, end.campaign.settings);
  const sum = { late: 0, inTime: 0, overdue: 0, left: 0 };
  let deadlines = false;
  for (const term of termsOf(request.definition, request.filter).numerator) {
    const no = await s.names.find(s.database.db, term.fact);
    if (no === undefined) continue;
    const change = await factChange(s.database.db, end.row.id, no, c, start.watermark, end.watermark, by);
    if (term.sign > 0) {
      deadlines ||= term.fact === 'problem.rectified';
      sum.late += change.late;
      sum.inTime += change.inTime;
      sum.overdue += change.overdue;
      sum.left -= change.left;
    } else {
      // What a net figure takes away leaves it when it enters there, and comes back when it leaves.
      sum.left -= change.late + change.inTime + change.overdue;
      sum.inTime += change.left;
    }
  }
  const parts: Waterfall['parts'] = deadlines
    ? [
        { code: 'enteredInTime', change: sum.inTime },
        { code: 'enteredOverdue', change: sum.overdue },
        { code: 'late', change: sum.late },
        { code: 'left', change: sum.left },
      ]
    : [
        { code: 'entered', change: sum.inTime + sum.overdue },
        { code: 'late', change: sum.late },
        { code: 'left', change: sum.left },
      ];
  return {
    campaign: q.campaign,
    from: start.watermark,
    to: end.watermark,
    utcOffsetMinutes: end.campaign.settings.utcOffsetMinutes,
    before: before as FigureValue,
    after: after as FigureValue,
    parts,
  };
}

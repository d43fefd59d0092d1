import { figuresBeside } from './beside.ts';
import type { Actor } from '../../domain/access/policy.ts';
import type { FigureDefinition } from '../../domain/campaign/settings.ts';
import { instant, parseInstant, type Instant } from '../../domain/kernel/instant.ts';
import { parseFilter } from '../../domain/clearance/filter.ts';
import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import type { Standing } from '../../domain/kernel/standing.ts';
import { conditionsOf, termsOf } from '../../storage/figures/definition.ts';
import { describeSql } from '../../storage/figures/describe.ts';
import { figureHistory } from '../../storage/figures/history.ts';
import type { FigureRequest } from '../../storage/figures/values.ts';
import { leadsOf } from '../leads/read.ts';
import type { Services } from '../services.ts';
import { openView, standingOf, readAsOf, type View } from './as-of.ts';
import { findFigure, readValues, requestOf, requestsOf, type FigureValue } from './values.ts';

export { describeSql };

/** Several figures as of one instant. */
export interface FigureSetSeen {
  readonly standing: Standing;
  readonly figures: readonly FigureValue[];
}

/**
 * A set of figures as of one instant; a filter restricts those that know it, the others are left out.
 * @refuses what opening a view refuses, figure.set-unknown, filter.* when no figure of the set takes the filter
 */
export async function readFigureSet(
  s: Services,
  actor: Actor,
  q: { campaign: string; asOf?: string | undefined; set: string; filter?: RawFilter },
): Promise<FigureSetSeen | Refusal> {
  if (q.set !== 'press' && q.set !== 'all') return refuse('figure.set-unknown', { set: q.set });
  const view = await openView(s, actor, 'figure.read', q.campaign, q.asOf);
  if (isRefusal(view)) return view;
  const every = [...new Set(view.campaign.figures.map((f) => f.id))].map((id) => ({ id, filter: {} }));
  const requests = restrict(view, requestsOf(view, q.set === 'press' ? view.campaign.settings.pressSet : every), q.filter ?? {});
  if (isRefusal(requests)) return requests;
  return { standing: await standingOf(s, view), figures: await readValues(s, view, requests) };
}

/** Requests narrowed by a filter: a figure's own filter stands where both name a key. */
function restrict(view: View, requests: readonly FigureRequest[], filter: RawFilter): FigureRequest[] | Refusal {
  if (Object.keys(filter).length === 0) return [...requests];
  const out: FigureRequest[] = [];
  let refusal: Refusal | undefined;
  for (const { definition, filter: own } of requests) {
    const parsed = parseFilter(filter, definition, view.campaign.settings);
    if (isRefusal(parsed)) {
      // A wrong value is wrong for every figure; a key may be unknown to some.
      if (parsed.code !== 'filter.not-of-figure') return parsed;
      refusal = parsed;
    } else out.push({ definition, filter: { ...parsed, ...own } });
  }
  return out.length === 0 && refusal !== undefined ? refusal : out;
}

export type RawFilter = Readonly<Record<string, string>>;

export interface FigureQuery {
  readonly campaign: string;
  readonly asOf?: string | undefined;
  readonly id: string;
  readonly filter: RawFilter;
}

/** A figure with its filter, as of a view of someone. */
export async function openFigure(s: Services, actor: Actor, q: FigureQuery): Promise<{ view: View; request: FigureRequest } | Refusal> {
  const view = await openView(s, actor, 'figure.read', q.campaign, q.asOf);
  if (isRefusal(view)) return view;
  const request = requestOf(view, q.id, q.filter);
  return isRefusal(request) ? request : { view, request };
}

/** A figure with what it means and what it is not. */
export interface FigureSeen {
  readonly standing: Standing;
  readonly figure: FigureValue | null;
  /** A rate of a cohort: the same rate over all. */
  readonly overall: FigureValue | null;
  readonly definition: FigureDefinition;
  readonly sql: ReturnType<typeof describeSql>;
  readonly beside: readonly FigureValue[];
  /** Open leads about clearances given too quickly, and how many clearances they are about. */
  readonly haste: { readonly leads: number; readonly clears: number } | null;
}

/** One figure with its definition and the figures it must not be taken for. @refuses what opening a figure refuses */
export async function readFigure(s: Services, actor: Actor, q: FigureQuery): Promise<FigureSeen | Refusal> {
  const opened = await openFigure(s, actor, q);
  if (isRefusal(opened)) return opened;
  const { view, request } = opened;
  const { batches, ...rest } = request.filter;
  const cohort = batches !== undefined && request.definition.ratio !== undefined;
  const beside = figuresBeside(request.definition.id)
    .map((id) => findFigure(view, id))
    .filter((d) => d !== undefined)
    .map((definition) => ({ definition, filter: request.filter }));
  const [own, overall, ...others] = await Promise.all([
    readValues(s, view, [request]),
    cohort ? readValues(s, view, [{ definition: request.definition, filter: rest }]) : Promise.resolve([]),
    readValues(s, view, beside),
  ]);
  return {
    standing: await standingOf(s, view),
    figure: own[0] ?? null,
    overall: overall[0] ?? null,
    definition: request.definition,
    sql: describeSql(request),
    beside: others.flat(),
    haste: await hasteBehind(s, view, request),
  };
}

/** Leads that are open about clearances given too quickly, where the figure counts what was cleared. */
async function hasteBehind(s: Services, view: View, request: FigureRequest): Promise<FigureSeen['haste']> {
  const counts = termsOf(request.definition, request.filter).numerator.some((t) => clearedFacts.includes(t.fact));
  const open = counts ? (await leadsOf(s, view)).filter((lead) => lead.closed === null) : [];
  return open.length === 0 ? null : { leads: open.length, clears: open.reduce((n, lead) => n + lead.count, 0) };
}

const clearedFacts = ['problem.rectified', 'problem.ontime'];

/** A figure over time. */
export interface HistorySeen {
  readonly standing: Standing;
  readonly points: readonly { readonly at: Instant; readonly numerator: number; readonly denominator: number | null }[];
}

/**
 * Values of one figure at points between two instants, each the answer that could be given then.
 * @refuses asof.malformed, asof.future, filter and figure refusals
 */
export async function readHistory(
  s: Services,
  actor: Actor,
  q: FigureQuery & { from?: string | undefined; to?: string | undefined; points: number },
): Promise<HistorySeen | Refusal> {
  const opened = await openFigure(s, actor, { ...q, asOf: q.to ?? q.asOf });
  if (isRefusal(opened)) return opened;
  const { view, request } = opened;
  const first = view.campaign.settings.phases[0]?.from;
  const from =
    q.from === undefined
      ? first === undefined
        ? instant(view.watermark - 86_400_000 * 30)
        : (parseInstant(`${first}T00:00:00Z`) as Instant)
      : readAsOf(q.from, s.now());
  if (isRefusal(from)) return from;
  const start = Math.min(from, view.watermark);
  const at: Instant[] = [];
  for (let i = 0; i < q.points; i++) at.push(instant(Math.round(start + ((view.watermark - start) * i) / Math.max(1, q.points - 1))));
  const points = await figureHistory(s.database.db, {
    campaignId: view.row.id,
    names: s.names,
    terms: termsOf(request.definition, request.filter),
    by: request.definition.count?.sum ?? 'n',
    conditions: conditionsOf(request.filter, view.scope, view.campaign.settings),
    at: [...new Set(at)],
  });
  return { standing: await standingOf(s, view), points };
}

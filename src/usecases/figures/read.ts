import { figuresBeside } from './beside.ts';
import type { Actor } from '../../domain/access/policy.ts';
import { instant, formatInstant, parseInstant, type Instant } from '../../domain/kernel/instant.ts';
import { remainders } from '../../domain/clearance/dictionary.ts';
import { parseFilter } from '../../domain/clearance/filter.ts';
import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import { conditionsOf, termsOf, type PageKey } from '../../storage/figures/definition.ts';
import { figureHistory } from '../../storage/figures/history.ts';
import { listFigureRecords, type FigureRecordRow, type RecordTerms } from '../../storage/figures/records.ts';
import type { FigureRequest } from '../../storage/figures/values.ts';
import type { Services } from '../services.ts';
import { openView, stampOf, readAsOf, type View } from './as-of.ts';
import { findFigure, readValues, requestOf, requestsOf, type FigureValue } from './values.ts';

export interface Stamp {
  readonly campaign: string;
  readonly asOf: string;
  readonly watermark: string;
  readonly logSize: number;
}

/**
 * A set of figures as of one instant; a filter restricts those that know it, the others are left out.
 * @refuses what opening a view refuses, figure.set-unknown, filter.* when no figure of the set takes the filter
 */
export async function readFigureSet(
  s: Services,
  actor: Actor,
  q: { campaign: string; asOf?: string | undefined; set: string; filter?: RawFilter },
): Promise<(Stamp & { figures: FigureValue[] }) | Refusal> {
  if (q.set !== 'press' && q.set !== 'all') return refuse('figure.set-unknown', { set: q.set });
  const view = await openView(s, actor, 'figure.read', q.campaign, q.asOf);
  if (isRefusal(view)) return view;
  const every = [...new Set(view.campaign.figures.map((f) => f.id))].map((id) => ({ id, filter: {} }));
  const requests = restrict(view, requestsOf(view, q.set === 'press' ? view.campaign.settings.pressSet : every), q.filter ?? {});
  if (isRefusal(requests)) return requests;
  return { ...(await stampOf(s, view)), figures: await readValues(s, view, requests) };
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

async function openFigure(s: Services, actor: Actor, q: FigureQuery): Promise<{ view: View; request: FigureRequest } | Refusal> {
  const view = await openView(s, actor, 'figure.read', q.campaign, q.asOf);
  if (isRefusal(view)) return view;
  const request = requestOf(view, q.id, q.filter);
  return isRefusal(request) ? request : { view, request };
}

/** One figure with its definition and the figures it must not be taken for. */
export async function readFigure(s: Services, actor: Actor, q: FigureQuery) {
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
  const { id, version, unit, name, predicate, filters } = request.definition;
  return {
    ...(await stampOf(s, view)),
    figure: own[0] ?? null,
    overall: overall[0] ?? null,
    absent: request.definition.estimate === undefined ? null : 'no-draw',
    definition: { id, version, unit, name, predicate, filters: [...filters], sql: describeSql(request) },
    beside: others.flat(),
  };
}

/** The two queries in words of SQL, with names in place of numbers: what the figure page shows. */
export function describeSql(request: FigureRequest): { count: string; ids: string } {
  const terms = termsOf(request.definition, request.filter);
  const where = (fact: string) =>
    [
      `fact = '${fact}'`,
      'from_at <= :as_of',
      'to_at > :as_of',
      ...Object.entries(request.filter).map(([key, value]) => {
        if (key === 'batches') return `batch in (${(value as number[]).join(', ')})`;
        if (key === 'city') return `place >= ${value} and place < ${Number(value) + 100}`;
        if (key === 'county') return `place = ${value}`;
        return `${key} = '${value}'`;
      }),
    ].join('\n  and ');
  const select = request.definition.count?.sum === 'amount' ? 'sum(amount)' : 'count(*)';
  const part = (list: readonly { fact: string; sign: number }[]) =>
    list.map((t, i) => `${t.sign < 0 ? '- ' : i > 0 ? '+ ' : ''}(select ${select} from fact_spans where ${where(t.fact)})`).join('\n');
  const count =
    terms.denominator === null ? part(terms.numerator) : `numerator:\n${part(terms.numerator)}\ndenominator:\n${part(terms.denominator)}`;
  const ids = terms.numerator
    .map((t) => `select subject_id from fact_spans where ${where(t.fact)}\norder by place, from_at, subject_id`)
    .join('\n-- taken away:\n');
  return { count, ids };
}

export type Part = 'numerator' | 'denominator' | 'difference';

export interface RecordsPage extends Stamp {
  readonly part: Part;
  readonly total: number;
  readonly records: (FigureRecordRow & { readonly aspect: string | null; readonly type: string | null })[];
  readonly next: string | null;
}

/**
 * A page of the records a figure counts.
 *
 * The numerator of a net figure lists what it counts minus what it takes away; `difference` is the denominator without the numerator.
 * @refuses figure.no-records, page.bad-key
 */
export async function readRecords(
  s: Services,
  actor: Actor,
  q: FigureQuery & { part: Part; after?: string | undefined; limit: number },
): Promise<RecordsPage | Refusal> {
  const opened = await openFigure(s, actor, q);
  if (isRefusal(opened)) return opened;
  const { view, request } = opened;
  if (request.definition.estimate !== undefined) return refuse('figure.no-records', { figure: q.id });
  const after = q.after === undefined ? undefined : readKey(q.after);
  if (q.after !== undefined && after === undefined) return refuse('page.bad-key', {});
  const [value] = await readValues(s, view, [request]);
  const terms = termsOf(request.definition, request.filter);
  const settings = view.campaign.settings;
  const selected = partTerms(q.part, terms);
  const rows = await listFigureRecords(s.database.db, {
    campaignId: view.row.id,
    names: s.names,
    terms: selected,
    conditions: conditionsOf(request.filter, view.scope, settings),
    asOf: view.watermark,
    after,
    limit: q.limit,
  });
  const code = (list: readonly { code: string; no: number }[], no: number) => list.find((x) => x.no === no)?.code ?? null;
  const records = rows.map(({ aspectNo, typeNo, ...row }) => ({
    ...row,
    aspect: code(settings.aspects, aspectNo),
    type: code(settings.types, typeNo),
  }));
  const last = rows.at(-1);
  const total =
    q.part === 'numerator'
      ? request.definition.count?.sum === 'amount'
        ? await countOf(s, view, request)
        : (value?.numerator ?? 0)
      : q.part === 'denominator'
        ? (value?.denominator ?? 0)
        : (value?.denominator ?? 0) - (value?.numerator ?? 0);
  return {
    ...(await stampOf(s, view)),
    part: q.part,
    total,
    records: records as RecordsPage['records'],
    next: rows.length < q.limit || last === undefined ? null : `${last.place}~${last.fromAt}~${last.id}`,
  };
}

/** How many records stand behind a sum of money. */
async function countOf(s: Services, view: View, request: FigureRequest): Promise<number> {
  const count = request.definition.count;
  if (count === undefined) return 0;
  const [value] = await readValues(s, view, [{ ...request, definition: { ...request.definition, count: { ...count, sum: 'n' } } }]);
  return value?.numerator ?? 0;
}

/** Which fact a part lists, and under which other facts a record must not count to be in it. */
export function partTerms(part: Part, terms: ReturnType<typeof termsOf>): RecordTerms {
  const plus = (list: readonly { fact: string; sign: number }[]) => list.find((t) => t.sign > 0)?.fact ?? '';
  const taken = terms.numerator.filter((t) => t.sign < 0).map((t) => ({ fact: t.fact }));
  if (part === 'numerator' || terms.denominator === null) return { fact: plus(terms.numerator), without: taken };
  const fact = plus(terms.denominator);
  if (part === 'denominator') return { fact, without: [] };
  // What the numerator takes away stays in the difference.
  const unless = taken[0]?.fact;
  const without = plus(terms.numerator);
  const among = remainders.find((r) => r.of === fact && r.without === without)?.among;
  return { fact, without: [{ fact: without, ...(unless === undefined ? {} : { unless }) }], among };
}

export function readKey(text: string): PageKey | undefined {
  const m = /^(\d{1,6})~(-?\d{1,15})~([0-9a-f-]{36})$/.exec(text);
  return m === null ? undefined : { place: Number(m[1]), from: Number(m[2]), id: m[3] as string };
}

/**
 * Values of one figure at points between two instants, each the answer that could be given then.
 * @refuses asof.malformed, asof.future, filter and figure refusals
 */
export async function readHistory(
  s: Services,
  actor: Actor,
  q: FigureQuery & { from?: string | undefined; to?: string | undefined; points: number },
) {
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
  return { ...(await stampOf(s, view)), points: points.map((p) => ({ ...p, at: formatInstant(p.at) })) };
}

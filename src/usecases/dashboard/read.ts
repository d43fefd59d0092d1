import { scopeOf, type Actor } from '../../domain/access/policy.ts';
import type { FigureRef } from '../../domain/campaign/settings.ts';
import { addDays, dateOf, endOfDate, instant, startOfDate, type Instant } from '../../domain/kernel/instant.ts';
import { writeDays } from '../../domain/kernel/day-range.ts';
import { covers, type PlaceRange } from '../../domain/kernel/place.ts';
import { isRefusal, type Refusal } from '../../domain/kernel/refusal.ts';
import { countLines, listLines } from '../../storage/ledger/read.ts';
import { termsOf, conditionsOf } from '../../storage/figures/definition.ts';
import { figureHistory } from '../../storage/figures/history.ts';
import { sumCells, type FigureRequest } from '../../storage/figures/values.ts';
import { totalsByDay } from '../../storage/figures/totals.ts';
import { listStreamActs } from '../../storage/acts/read.ts';
import type { Services } from '../services.ts';
import { openView, standingOf, type View } from '../figures/as-of.ts';
import { readValues, requestsOf, type FigureValue } from '../figures/values.ts';
import { listBatches } from '../supervision/batches.ts';
import { ledgerFilter } from '../ledger/filter.ts';
import { lineSeen } from '../ledger/line.ts';

export const batchColumns = ['problems.supervised', 'problems.claimed', 'problems.rectified', 'clearance.rate'];

export type DashboardSeen = Exclude<Awaited<ReturnType<typeof readDashboard>>, Refusal>;

/** Everything on the dashboard as of one instant, from the campaign's own list of what it shows. */
export async function readDashboard(s: Services, actor: Actor, q: { campaign: string; asOf?: string | undefined }) {
  const view = await openView(s, actor, 'figure.read', q.campaign, q.asOf);
  if (isRefusal(view)) return view;
  const { settings } = view.campaign;
  const places = settings.places.filter((p) => p.statisticsOnly !== true && view.scope.some((r) => covers(r, p.code)));
  const cities = places.filter((p) => p.code % 100 === 0 && p.code !== settings.root);
  const counties = places.filter((p) => p.code % 100 !== 0);
  const batches = await listBatches(s, view);
  const at = (refs: readonly FigureRef[], more: FigureRef['filter']): FigureRef[] =>
    refs.map((r) => ({ id: r.id, filter: { ...r.filter, ...more } }));
  const values = (refs: readonly FigureRef[]) => readValues(s, view, requestsOf(view, refs));
  const columns = requestsOf(view, settings.dashboard.placeColumns).length;
  const cityValues = await values(cities.flatMap((c) => at(settings.dashboard.placeColumns, { city: String(c.code) })));
  const map = settings.dashboard.map;
  const countyValues = map === null ? [] : await values(counties.flatMap((c) => at([map], { county: String(c.code) })));
  const batchRefs = requestsOf(
    view,
    batchColumns.map((id) => ({ id, filter: {} })),
  ).length;
  const batchValues = await values(
    batches.flatMap((b) =>
      at(
        batchColumns.map((id) => ({ id, filter: {} })),
        { batches: [b.no] },
      ),
    ),
  );
  const curve = await curveOf(
    s,
    view,
    cities.map((c) => c.code),
  );
  const canRead = scopeOf(actor, 'ledger.read', view.row.slug) !== undefined;
  return {
    standing: await standingOf(s, view),
    headline: await values(settings.dashboard.headline),
    pressSet: await values(settings.pressSet),
    cities: cities.map((c, i) => ({
      place: c.code,
      name: c.name,
      figures: cityValues.slice(i * columns, (i + 1) * columns),
      curve: curve.byPlace[i] ?? [],
    })),
    counties: counties.map((c, i) => ({ place: c.code, figure: countyValues[i] as FigureValue })).filter((c) => c.figure !== undefined),
    batches: batches.map((b, i) => ({
      no: b.no,
      name: b.name,
      issuedAt: b.issuedAt,
      figures: batchValues.slice(i * batchRefs, (i + 1) * batchRefs),
    })),
    curve: { days: curve.days, lines: curve.lines },
    overdue: canRead ? await overdueOf(s, actor, view) : { total: 0, buckets: [] },
    rebounds: canRead ? await reboundsOf(s, actor, view) : { total: 0, rows: [] },
    today: curve.today,
  };
}

/** Cumulative lines at the ends of civil days, in all and by city. */
async function curveOf(s: Services, view: View, cities: readonly number[]) {
  const { settings } = view.campaign;
  const offset = settings.utcOffsetMinutes;
  const requests = requestsOf(view, settings.dashboard.curve);
  const first = settings.phases.find((p) => p.code === 'enforcement')?.from ?? settings.phases[0]?.from ?? dateOf(view.watermark, offset);
  const last = settings.phases.at(-1)?.to;
  const endDay = dateOf(view.watermark, offset);
  const ends: Instant[] = [];
  for (let day = first; day <= endDay && ends.length < 400; day = addDays(day, 1)) {
    const end = instant(endOfDate(day, offset) - 1);
    if (last !== undefined && day > last) break;
    ends.push(end < view.watermark ? end : view.watermark);
  }
  if (last !== undefined && endDay > last) ends.push(view.watermark);
  const names = requests.map((r) => termsOf(r.definition, r.filter).numerator[0]?.fact ?? '');
  const facts = await Promise.all(names.map((name) => s.names.find(s.database.db, name)));
  const known = facts.filter((f) => f !== undefined);
  const dayStart = instant(startOfDate(endDay, offset) - 1);
  const cells = known.length === 0 ? ends.map(() => []) : await totalsByDay(s.database.db, view.row.id, known, ends);
  const before = known.length === 0 ? [] : ((await totalsByDay(s.database.db, view.row.id, known, [dayStart]))[0] ?? []);
  const more = await changesOf(s, view, alsoToday, dayStart);
  if (!wholeCities(view.scope)) {
    const lines = await counted(s, view, requests, ends);
    const today = await changesOf(s, view, settings.dashboard.curve, dayStart);
    return { lines, days: ends, byPlace: cities.map(() => []), today: [...today, ...more] };
  }
  const all = conditionsOf({}, view.scope, settings);
  const value = (list: typeof before, i: number, c = all) =>
    facts[i] === undefined ? 0 : sumCells(list, facts[i], c, requests[i]?.definition.count?.sum ?? 'n');
  return {
    days: ends,
    lines: requests.map((r, i) => ({ id: r.definition.id, values: cells.map((list) => value(list, i)) })),
    byPlace: cities.map((city) => {
      const c = conditionsOf({ city: String(city) }, view.scope, settings);
      return requests.map((_, i) => cells.map((list) => value(list, i, c)));
    }),
    today: [
      ...requests.map((r, i) => {
        const now = value(cells.at(-1) ?? [], i);
        return { id: r.definition.id, change: now - value(before, i), now };
      }),
      ...more,
    ],
  };
}

/** The cells that marks keep are those of cities: a narrower jurisdiction is counted line by line. */
function wholeCities(scope: readonly PlaceRange[]): boolean {
  return scope.every((r) => r.from % 100 === 0 && r.to % 100 === 0);
}

/** What a day is judged by beside the lines of the chart. */
const alsoToday: readonly FigureRef[] = ['problems.rebounded', 'problems.overdue'].map((id) => ({ id, filter: {} }));

/** How much each figure changed since the day began, and what it is now; those that the campaign does not have are left out. */
async function changesOf(s: Services, view: View, refs: readonly FigureRef[], dayStart: Instant) {
  const out = [];
  for (const r of requestsOf(view, refs)) {
    const [before = 0, now = 0] = await seriesOf(s, view, r, [dayStart, view.watermark]);
    out.push({ id: r.definition.id, change: now - before, now });
  }
  return out;
}

/** The lines of a jurisdiction that has parts of cities. */
async function counted(s: Services, view: View, requests: readonly FigureRequest[], ends: readonly Instant[]) {
  const lines = [];
  for (const r of requests) lines.push({ id: r.definition.id, values: await seriesOf(s, view, r, ends) });
  return lines;
}

async function seriesOf(s: Services, view: View, r: FigureRequest, at: readonly Instant[]): Promise<number[]> {
  const points = await figureHistory(s.database.db, {
    campaignId: view.row.id,
    names: s.names,
    terms: termsOf(r.definition, r.filter),
    by: r.definition.count?.sum ?? 'n',
    conditions: conditionsOf(r.filter, view.scope, view.campaign.settings),
    at,
  });
  return points.map((p) => p.numerator);
}

const ageing = [
  [1, 3],
  [4, 7],
  [8, 14],
  [15, null],
] as const;

/** Overdue problems by how many days have passed since the deadline's day, each group with the ledger's question that lists it. */
async function overdueOf(s: Services, actor: Actor, view: View) {
  const today = dateOf(view.watermark, view.campaign.settings.utcOffsetMinutes);
  const buckets = [];
  for (const [from, to] of ageing) {
    const due = writeDays({ from: to === null ? null : addDays(today, -to), to: addDays(today, -from) });
    const question = { view: 'overdue', due };
    const filter = await ledgerFilter(s, actor, view, question);
    if (isRefusal(filter)) return { total: 0, buckets: [] };
    const query = new URLSearchParams({ ...question, sort: 'deadline' }).toString();
    buckets.push({ from, to, count: await countLines(s.database.db, filter), query });
  }
  return { total: buckets.reduce((n, b) => n + b.count, 0), buckets };
}

async function reboundsOf(s: Services, actor: Actor, view: View) {
  if (!view.campaign.settings.states.includes('rebounded')) return { total: 0, rows: [] };
  const filter = await ledgerFilter(s, actor, view, { view: 'rebounded' });
  if (isRefusal(filter)) return { total: 0, rows: [] };
  const lines = await listLines(s.database.db, filter, { sort: 'updated', descending: true, limit: 5 });
  const rows = [];
  for (const line of lines) {
    const acts = await listStreamActs(s.database.db, view.row, line.id, view.watermark);
    const act = acts.find((a) => a.kind === 'ProblemRebounded');
    if (act?.kind !== 'ProblemRebounded') continue;
    rows.push({
      line: lineSeen(line, view, actor),
      reason: act.payload.reason,
      reboundedAt: act.happenedAt,
    });
  }
  return { total: await countLines(s.database.db, filter), rows };
}

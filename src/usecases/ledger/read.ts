import { masksOf } from '../../domain/access/masks.ts';
import type { Actor } from '../../domain/access/policy.ts';
import { covers } from '../../domain/kernel/place.ts';
import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import { readPageKey, writePageKey, type KeyPart } from '../../domain/kernel/page-key.ts';
import { asksDays, type LedgerFilter, type LedgerSort } from '../../storage/ledger/query.ts';
import { countLines, groupLines, listLines, pageKeyOf, type PageKey } from '../../storage/ledger/read.ts';
import type { Cell } from '../../storage/figures/cubes.ts';
import { totalsAt } from '../../storage/figures/totals.ts';
import { itemFact } from '../../storage/projections/fact-names.ts';
import type { Services } from '../services.ts';
import { openView, standingOf, type View } from '../figures/as-of.ts';
import { defaultKind, ledgerFilter, sortOf, type LedgerQuestion } from './filter.ts';
import { lineSeen, type LineSeen } from './line.ts';

export interface LedgerAsk extends LedgerQuestion {
  readonly campaign: string;
  readonly asOf?: string | undefined;
  readonly sort?: string | undefined;
  readonly after?: string | undefined;
  readonly limit?: number | undefined;
}

async function open(
  s: Services,
  actor: Actor,
  ask: LedgerAsk,
  verb: 'ledger.read' | 'ledger.export' = 'ledger.read',
): Promise<{ view: View; filter: LedgerFilter } | Refusal> {
  const view = await openView(s, actor, verb, ask.campaign, ask.asOf);
  if (isRefusal(view)) return view;
  const filter = await ledgerFilter(s, actor, view, ask);
  return isRefusal(filter) ? filter : { view, filter };
}

/**
 * A page of the ledger.
 * @refuses what opening a view refuses, filter.*, page.bad-key
 */
export async function readLedger(s: Services, actor: Actor, ask: LedgerAsk) {
  const opened = await open(s, actor, ask);
  if (isRefusal(opened)) return opened;
  const { view, filter } = opened;
  const order = sortOf(ask.sort);
  const after = ask.after === undefined ? undefined : readPageKey(ask.after, orders[order.sort]);
  if (ask.after !== undefined && after === undefined) return refuse('page.bad-key', {});
  const limit = ask.limit ?? 100;
  const lines = await listLines(s.database.db, filter, { ...order, after, limit });
  const last = lines.at(-1);
  return {
    standing: await standingOf(s, view),
    rows: lines.map((line) => lineSeen(line, view, actor)),
    next: lines.length < limit || last === undefined ? null : writePageKey(pageKeyOf(last)),
  };
}

/** What the values of each order are. */
const orders: Readonly<Record<LedgerSort, readonly KeyPart[]>> = {
  no: ['number'],
  deadline: ['instant'],
  found: ['instant'],
  updated: ['instant'],
  place: ['place', 'instant'],
  state: ['small', 'instant'],
};

export interface OpenLedger {
  readonly view: View;
  readonly filter: LedgerFilter;
}

/**
 * A question of the ledger to be taken away.
 *
 * However long that takes, all of it is of the one instant at which it was opened: lines are read as they stood then, not as
 * they stand when their turn comes.
 * @refuses what a page of the ledger refuses
 */
export async function openExport(s: Services, actor: Actor, ask: LedgerAsk): Promise<OpenLedger | Refusal> {
  const opened = await open(s, actor, ask, 'ledger.export');
  return isRefusal(opened) ? opened : { view: opened.view, filter: { ...opened.filter, current: false } };
}

const pageSize = 250;

/** Every line of a question. */
export async function* ledgerLines(s: Services, actor: Actor, opened: OpenLedger, sort: string | undefined): AsyncGenerator<LineSeen> {
  let after: PageKey | undefined;
  for (;;) {
    const lines = await listLines(s.database.db, opened.filter, { ...sortOf(sort), after, limit: pageSize });
    for (const line of lines) yield lineSeen(line, opened.view, actor);
    const last = lines.at(-1);
    if (lines.length < pageSize || last === undefined) return;
    after = pageKeyOf(last);
  }
}

/** The exact number of lines of a question. */
export async function readLedgerTotal(s: Services, actor: Actor, ask: LedgerAsk) {
  const opened = await open(s, actor, ask);
  if (isRefusal(opened)) return opened;
  const { view, filter } = opened;
  return { standing: await standingOf(s, view), total: await totalOf(s, view, filter) };
}

/** The exact number of lines of a filter, from a roll-up where one knows all that it asks for. */
export async function totalOf(s: Services, view: View, f: LedgerFilter): Promise<number> {
  const cube = cubeFor(f, view);
  if (cube === undefined) return countLines(s.database.db, f);
  const cells = await totalsAt(s.database.db, f.campaignId, cube, [itemFact], f.asOf);
  return cells.reduce((n, c) => (fits(c, f, view, cube === 3) ? n + c.n : n), 0);
}

/** The roll-up that knows all that a question asks for; undefined when none does. */
function cubeFor(f: LedgerFilter, view: View): 1 | 2 | 3 | undefined {
  if (f.text !== null || f.clues !== null || f.owner !== null || asksDays(f)) return undefined;
  if (f.ids !== undefined || f.without !== undefined || f.watchOver !== undefined) return undefined;
  const root = view.campaign.settings.root;
  const whole = f.ranges.some((r) => r.from <= root && r.to >= root + 10_000);
  if (f.aspects !== null || f.types !== null) return whole ? 3 : undefined;
  return f.ranges.some((r) => r.to - r.from < 100) ? 2 : 1;
}

function fits(c: Cell, f: LedgerFilter, view: View, placeless: boolean): boolean {
  if (f.states === null ? !kindOfState(view, c.measure, f.kind) : !f.states.includes(c.measure)) return false;
  if (f.batches !== null && !f.batches.includes(c.batch)) return false;
  if (f.supervised && c.batch === 0) return false;
  if (f.aspects !== null && !f.aspects.includes(c.aspect)) return false;
  if (f.types !== null && !f.types.includes(c.type)) return false;
  return placeless || c.place === 0 || f.ranges.some((r) => covers(r, c.place));
}

/** Roll-ups mix kinds of items; their states tell them apart. */
function kindOfState(view: View, stateNo: number, kind: string): boolean {
  if (kind === 'record') return true;
  const state = view.campaign.settings.states[stateNo - 1] ?? '';
  return ['filed', 'decided', 'revoked'].includes(state) === (kind === 'case');
}

const facetNames = ['city', 'batch', 'state', 'aspect', 'type', 'clue'] as const;

/** Counts by facet under the question (each facet without its own filter) and by built-in view. */
export async function readLedgerFacets(s: Services, actor: Actor, ask: LedgerAsk) {
  const opened = await open(s, actor, ask);
  if (isRefusal(opened)) return opened;
  const { view } = opened;
  const facets: Record<string, { value: string; count: number }[]> = {};
  const masks = masksOf(actor, view.row.slug);
  for (const name of facetNames) {
    if (name === 'clue' && masks.column('clue')) continue;
    const key = name === 'batch' ? 'batches' : name;
    const without = await ledgerFilter(s, actor, view, { ...ask, [key]: undefined });
    if (isRefusal(without)) return without;
    const counts = await facet(s, view, without, name);
    if (counts !== undefined) facets[name] = named(view, name, counts);
  }
  const views: Record<string, number> = {};
  const kind = ask.kind ?? defaultKind(view);
  const names =
    kind === 'problem' ? ['all', 'mine', 'unsent', 'due7', 'overdue', 'claimed', 'rebounded', 'open'] : ['all', 'due7', 'overdue', 'open'];
  for (const name of names) {
    const f = await ledgerFilter(s, actor, view, { kind, view: name });
    if (!isRefusal(f)) views[name] = await totalOf(s, view, f);
  }
  return { standing: await standingOf(s, view), facets, views };
}

/** Above this many lines a facet that no roll-up knows is left out rather than counted slowly. */
const slowFacetLimit = 200_000;

async function facet(
  s: Services,
  view: View,
  f: LedgerFilter,
  name: (typeof facetNames)[number],
): Promise<{ value: string; count: number }[] | undefined> {
  const cube = name === 'clue' ? undefined : name === 'aspect' || name === 'type' ? cubeFor({ ...f, aspects: [] }, view) : cubeFor(f, view);
  if (cube === undefined || (name === 'city' && cube === 3)) {
    if (f.text === null && (await totalOf(s, view, f)) > slowFacetLimit) return undefined;
    return groupLines(s.database.db, f, name);
  }
  const cells = await totalsAt(s.database.db, f.campaignId, cube, [itemFact], f.asOf);
  const counts = new Map<number, number>();
  for (const c of cells) {
    if (!fits(c, f, view, cube === 3)) continue;
    const value =
      name === 'city'
        ? c.place - (c.place % 100)
        : name === 'batch'
          ? c.batch
          : name === 'state'
            ? c.measure
            : name === 'aspect'
              ? c.aspect
              : c.type;
    counts.set(value, (counts.get(value) ?? 0) + c.n);
  }
  return [...counts].map(([value, count]) => ({ value: String(value), count })).sort((a, b) => b.count - a.count);
}

function named(view: View, name: string, counts: readonly { value: string; count: number }[]): { value: string; count: number }[] {
  const { settings } = view.campaign;
  const code = (list: readonly { code: string; no: number }[], no: number) => list.find((x) => x.no === no)?.code ?? 'none';
  return counts
    .filter((c) => c.count > 0)
    .map(({ value, count }) => {
      if (name === 'state') return { value: settings.states[Number(value) - 1] ?? value, count };
      if (name === 'aspect') return { value: code(settings.aspects, Number(value)), count };
      if (name === 'type') return { value: code(settings.types, Number(value)), count };
      return { value, count };
    });
}

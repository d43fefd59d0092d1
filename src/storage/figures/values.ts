import { filterKeys, type FigureFilter } from '../../domain/clearance/filter.ts';
import type { CampaignSettings, FactTerm, FigureDefinition } from '../../domain/campaign/settings.ts';
import type { Instant } from '../../domain/kernel/instant.ts';
import { covers, rangeOf, type PlaceRange } from '../../domain/kernel/place.ts';
import type { Tx } from '../database.ts';
import { FactNames } from '../projections/fact-names.ts';
import type { Cell } from './cubes.ts';
import { conditionsOf, countSql, termsOf, type Conditions } from './definition.ts';
import { totalsAt } from './totals.ts';

export interface FigureRequest {
  readonly definition: FigureDefinition;
  readonly filter: FigureFilter;
}

/** A figure's value; `null` denominator for counts. */
export interface FigureResult {
  readonly numerator: number;
  readonly denominator: number | null;
}

/** What a read of figures needs to know: whose, where, as of when. */
export interface FigureContext {
  readonly campaignId: number;
  readonly settings: CampaignSettings;
  readonly scope: readonly PlaceRange[];
  readonly asOf: Instant;
  readonly names: FactNames;
}

type Source = 1 | 2 | 3 | 'direct';

/**
 * Values of several figures as of one instant, from the roll-ups where they know the filter, else by counting.
 *
 * Cells of a cube are read once for all figures that use it.
 * @returns one result per request, in order; undefined for estimates
 */
export async function figureValues(tx: Tx, requests: readonly FigureRequest[], ctx: FigureContext): Promise<(FigureResult | undefined)[]> {
  const plans = requests.map((r) => ({
    request: r,
    terms: termsOf(r.definition, r.filter),
    conditions: conditionsOf(r.filter, ctx.scope, ctx.settings),
    source: sourceOf(r.filter, ctx.scope, ctx.settings.root),
  }));
  const cells = new Map<Source, Cell[]>();
  for (const source of [1, 2, 3] as const) {
    const facts = new Set<number>();
    for (const plan of plans.filter((p) => p.source === source)) {
      for (const term of [...plan.terms.numerator, ...(plan.terms.denominator ?? [])]) {
        const no = await ctx.names.find(tx, term.fact);
        if (no !== undefined) facts.add(no);
      }
    }
    if (facts.size > 0) cells.set(source, await totalsAt(tx, ctx.campaignId, source, [...facts], ctx.asOf));
  }
  const out: (FigureResult | undefined)[] = [];
  for (const plan of plans) {
    const { definition } = plan.request;
    if (definition.estimate !== undefined) {
      out.push(undefined);
      continue;
    }
    const by = definition.count?.sum ?? 'n';
    const sum = async (terms: readonly FactTerm[]): Promise<number> => {
      let total = 0;
      for (const term of terms) total += term.sign * (await factTotal(tx, term.fact, plan.source, plan.conditions, by, cells, ctx));
      return total;
    };
    out.push({
      numerator: await sum(plan.terms.numerator),
      denominator: plan.terms.denominator === null ? null : await sum(plan.terms.denominator),
    });
  }
  return out;
}

async function factTotal(
  tx: Tx,
  fact: string,
  source: Source,
  conditions: Conditions,
  by: 'n' | 'amount',
  cells: ReadonlyMap<Source, Cell[]>,
  ctx: FigureContext,
): Promise<number> {
  const no = await ctx.names.find(tx, fact);
  if (no === undefined) return 0;
  if (source === 'direct') {
    const r = await countSql(ctx.campaignId, no, conditions, ctx.asOf).execute(tx);
    return r.rows[0]?.[by] ?? 0;
  }
  return sumCells(cells.get(source) ?? [], no, conditions, by, source === 3);
}

/** Sum over the cells of one fact that fulfil the conditions. */
export function sumCells(cells: readonly Cell[], fact: number, c: Conditions, by: 'n' | 'amount', placeless = false): number {
  let total = 0;
  for (const cell of cells) {
    if (cell.fact !== fact) continue;
    if (!placeless && cell.place !== 0 && !c.ranges.some((r) => covers(r, cell.place))) continue;
    if (c.batches !== null && !c.batches.includes(cell.batch)) continue;
    if (c.aspect !== null && cell.aspect !== c.aspect) continue;
    if (c.type !== null && cell.type !== c.type) continue;
    if (c.measure !== null && cell.measure !== c.measure) continue;
    total += cell[by];
  }
  return total;
}

/** Which cube answers a filter within a scope; `direct` when none keeps all the dimensions it asks for. */
export function sourceOf(filter: FigureFilter, scope: readonly PlaceRange[], root: number): Source {
  const keys = filterKeys.filter((key) => filter[key] !== undefined);
  const kinds = keys.includes('aspect') || keys.includes('type');
  const all = rangeOf(root);
  const whole = scope.some((r) => r.from <= all.from && r.to >= all.to);
  const county = keys.includes('county') || scope.some((r) => r.to - r.from < 100);
  if (kinds) return whole && !keys.includes('city') && !keys.includes('county') ? 3 : 'direct';
  return county ? 2 : 1;
}

export { FactNames };

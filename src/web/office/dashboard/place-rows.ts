import type { DashboardView } from '../../../contract/dashboard.ts';
import type { FigureValue } from '../../../contract/figures.ts';
import { sameRef } from '../../ui/figure-words.ts';

export type Row = Pick<DashboardView['cities'][number], 'figures'>;

/** The figures over all places; where the page has none, the column's sum, provided the places are known to add up. */
export function totals(
  view: Pick<DashboardView, 'cities' | 'headline' | 'pressSet'>,
  columns: readonly { readonly id: string; readonly filter: Record<string, unknown> }[],
): (FigureValue | undefined)[] {
  const known = columns.map((ref) => [...view.headline, ...view.pressSet].find((f) => sameRef(f, ref)));
  const sums = columns.map((ref, i) => {
    const cells = view.cities.flatMap((c) => c.figures[i] ?? []);
    const numerator = cells.reduce((sum, f) => sum + f.numerator, 0);
    const denominator = cells.every((f) => f.denominator === null) ? null : cells.reduce((sum, f) => sum + (f.denominator ?? 0), 0);
    const first = cells[0];
    return first === undefined
      ? undefined
      : {
          ...first,
          filter: ref.filter,
          numerator,
          denominator,
          value: denominator === null ? numerator : denominator === 0 ? null : numerator / denominator,
        };
  });
  const addsUp = known.some((f) => f !== undefined) && known.every((f, i) => f === undefined || f.numerator === sums[i]?.numerator);
  return known.map((f, i) => f ?? (addsUp ? (sums[i] as FigureValue | undefined) : undefined));
}

/** What a row is sorted by in a column; a rate without a denominator comes before all others. */
export function value(row: Row, column: number): number {
  const f = row.figures[column];
  return f === undefined ? 0 : (f.value ?? -1);
}

/** Lowest overall rate first; without a rate, the first column. */
export function worstColumn(row: Row): number {
  const rates = row.figures.map((f, i) => ({ f, i })).filter(({ f }) => f.unit === 'ratio');
  return (rates.find(({ f }) => f.filter.batches === undefined) ?? rates[0])?.i ?? 0;
}

/** True where rates begin or end: a hairline sets the groups apart. */
export function starts(row: Row | undefined, i: number): boolean {
  const kind = (f: FigureValue | undefined) =>
    f?.unit === 'ratio' ? 'rate' : ['problems.rebounded', 'problems.overdue', 'problems.open'].includes(f?.id ?? '') ? 'risk' : 'count';
  return row !== undefined && i > 0 && kind(row.figures[i]) !== kind(row.figures[i - 1]);
}

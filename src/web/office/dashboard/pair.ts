import type { FigureValue } from '../../../contract/figures.ts';

/** The published rate over its cohort of batches, and the same rate over everything. */
export function pairOf(figures: readonly FigureValue[]): { cohort: FigureValue | null; overall: FigureValue | null } {
  const rates = figures.filter((f) => f.unit === 'ratio');
  const cohort = rates.find((f) => f.filter.batches !== undefined) ?? null;
  const id = cohort?.id ?? rates[0]?.id;
  const overall = rates.find((f) => f.id === id && Object.keys(f.filter).length === 0) ?? null;
  return { cohort, overall };
}

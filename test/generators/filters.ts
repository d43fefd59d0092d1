import fc from 'fast-check';
import type { CampaignSettings, FigureDefinition } from '../../src/domain/campaign/settings.ts';
import type { FigureFilter } from '../../src/domain/clearance/filter.ts';

/** A filter that a figure knows, in its one form; each key is used now and then. */
export function filterFor(d: FigureDefinition, s: CampaignSettings): fc.Arbitrary<FigureFilter> {
  const some = <T>(values: readonly T[]) => fc.option(fc.constantFrom(...values), { nil: undefined, freq: 2 });
  const places = (width: number) => s.places.filter((p) => p.code % width === 0 && p.code % (width * 100) !== 0).map((p) => String(p.code));
  const all = {
    batches: fc
      .option(fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 }), { nil: undefined, freq: 2 })
      .map((list) => list?.sort((a, b) => a - b)),
    city: some(places(100)),
    county: some(places(1)),
    aspect: some([...new Set(s.aspects.map((a) => a.code))]),
    type: some(s.types.map((t) => t.code)),
    measure: some(s.measures.map((m) => m.code)),
  };
  const own = Object.fromEntries(Object.entries(all).filter(([key]) => d.filters.includes(key)));
  return fc.record(own).map((f) => Object.fromEntries(Object.entries(f).filter(([, v]) => v !== undefined)) as FigureFilter);
}

/** Seeded values of an arbitrary, for loops that are not properties themselves. */
export function sampled<T>(arbitrary: fc.Arbitrary<T>, count: number, seed: number): T[] {
  return fc.sample(arbitrary, { numRuns: count, seed });
}

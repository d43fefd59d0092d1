import { filterKeys } from '../../../domain/clearance/filter.ts';

export type FilterText = Readonly<Partial<Record<(typeof filterKeys)[number], string | readonly number[]>>>;

/** A figure's filter in an address, in the order and form in which the dictionary prints it. */
export function readFigureFilter(search: URLSearchParams): FilterText {
  const out: Record<string, string | number[]> = {};
  for (const key of filterKeys) {
    const value = search.get(key);
    if (value === null || value === '') continue;
    out[key] =
      key === 'batches'
        ? [
            ...new Set(
              value
                .split(',')
                .map(Number)
                .filter((n) => Number.isInteger(n) && n > 0),
            ),
          ].sort((a, b) => a - b)
        : value;
  }
  return out;
}

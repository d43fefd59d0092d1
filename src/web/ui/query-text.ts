import type { Query } from '../../contract/paths/pattern.ts';

/** A query that was kept as text, such as that of a saved view, taken apart. */
export function queryOf(text: string): Query {
  return Object.fromEntries(new URLSearchParams(text));
}

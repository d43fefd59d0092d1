/** Lines that are selected, by id, and the line from which a range goes. */
export interface Selection {
  readonly ids: ReadonlySet<string>;
  /** The line that was marked last: by its id, for another filter or a step of somebody else moves the lines. */
  readonly anchor: string | null;
}

export const nothing: Selection = { ids: new Set(), anchor: null };

type Lines = readonly { readonly id: string }[];

/**
 * Marks or unmarks one line; with `range`, marks all from the line that was marked last, or this one alone where that is not shown.
 * A line that is not there changes nothing.
 */
export function toggle(now: Selection, rows: Lines, index: number, range: boolean): Selection {
  const row = rows[index];
  if (row === undefined) return now;
  const ids = new Set(now.ids);
  if (range) {
    const last = rows.findIndex((r) => r.id === now.anchor);
    const from = last < 0 ? index : last;
    for (const { id } of rows.slice(Math.min(from, index), Math.max(from, index) + 1)) ids.add(id);
  } else if (!ids.delete(row.id)) ids.add(row.id);
  return { ids, anchor: row.id };
}

/** All lines that are shown, or none when they are all marked already. */
export function toggleAll(now: Selection, rows: Lines): Selection {
  return { ids: new Set(marked(now, rows) === 'all' ? [] : rows.map((r) => r.id)), anchor: now.anchor };
}

/** How many of the lines that are shown are marked; what another filter hides does not count. */
export function marked(now: Pick<Selection, 'ids'>, rows: Lines): 'none' | 'some' | 'all' {
  const count = chosenOf(now, rows).length;
  return count === 0 ? 'none' : count === rows.length ? 'all' : 'some';
}

/** Lines that are marked and shown. What another filter hides is not acted on. */
export function chosenOf<R extends { readonly id: string }>(now: Pick<Selection, 'ids'>, rows: readonly R[]): R[] {
  return rows.filter((r) => now.ids.has(r.id));
}

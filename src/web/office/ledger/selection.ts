/** Lines that are selected, by id, and the line from which a range goes. */
export interface Selection {
  readonly ids: ReadonlySet<string>;
  /** Place of the line that was marked last. */
  readonly anchor: number;
}

export const nothing: Selection = { ids: new Set(), anchor: 0 };

type Lines = readonly { readonly id: string }[];

/** Marks or unmarks one line; with `range`, marks all from the line that was marked last. A line that is not there changes nothing. */
export function toggle(now: Selection, rows: Lines, index: number, range: boolean): Selection {
  const row = rows[index];
  if (row === undefined) return now;
  const ids = new Set(now.ids);
  if (range) {
    const [from, to] = [Math.min(now.anchor, index), Math.max(now.anchor, index)];
    for (const { id } of rows.slice(from, to + 1)) ids.add(id);
  } else if (!ids.delete(row.id)) ids.add(row.id);
  return { ids, anchor: index };
}

/** All lines that are shown, or none when they are all marked already. */
export function toggleAll(now: Selection, rows: Lines): Selection {
  const all = rows.length > 0 && rows.every((r) => now.ids.has(r.id));
  return { ids: new Set(all ? [] : rows.map((r) => r.id)), anchor: now.anchor };
}

/** Lines that are marked and shown. What another filter hides is not acted on. */
export function chosenOf<R extends { readonly id: string }>(now: Selection, rows: readonly R[]): R[] {
  return rows.filter((r) => now.ids.has(r.id));
}

/** Where somebody was in a list when a record was opened from it. */
export interface PlaceInList {
  /** Number of the record opened last, or null when none was. */
  readonly no: string | null;
  /** How far the table was scrolled, in pixels. */
  readonly offset: number;
  /** How many lines had been fetched, or must be for the record to be among them. */
  readonly rows: number;
}

interface Store {
  readonly getItem: (key: string) => string | null;
  readonly setItem: (key: string, value: string) => void;
}

/** Lines of a list are fetched again up to here; who was further down comes back to this one. */
const mostRows = 10_000;
const keyOf = (list: string) => `clearzero.place.${list}`;

/** Places by the address of their list: in memory while the document lives, and in the browser's session for a reload. */
export class PlacesInLists {
  private readonly memory = new Map<string, PlaceInList>();
  private readonly store: Store | null;

  constructor(store: Store | null) {
    this.store = store;
  }

  /** Takes over what is known of a place; the rest stays. */
  remember(list: string, part: Partial<PlaceInList>): void {
    this.memory.set(list, { ...(this.find(list) ?? { no: null, offset: 0, rows: 0 }), ...part });
  }

  /** Someone went on to a record through the list without seeing the table. */
  visit(list: string, no: string, index: number | null): void {
    const before = this.find(list) ?? { no: null, offset: 0, rows: 0 };
    this.memory.set(list, { ...before, no, rows: Math.max(before.rows, index ?? 0) });
    this.keep(list);
  }

  /** Puts a place where a reload finds it. */
  keep(list: string): void {
    const place = this.memory.get(list);
    if (place === undefined) return;
    try {
      this.store?.setItem(keyOf(list), JSON.stringify(place));
    } catch {
      // A browser that stores nothing keeps it as long as the page lives.
    }
  }

  find(list: string): PlaceInList | undefined {
    return this.memory.get(list) ?? this.kept(list);
  }

  /**
   * The place to come back to.
   * @param how  `POP` for the browser's back and forward, and for a document that has just been opened
   * @param key  of the entry in the history; `default` in a document that was opened by its address
   * @param asked  a link that leads back to the list says so
   */
  restored(list: string, how: string, key: string, asked: boolean): PlaceInList | undefined {
    if (asked) return this.find(list);
    if (how !== 'POP') return undefined;
    return key === 'default' ? this.memory.get(list) : this.find(list);
  }

  private kept(list: string): PlaceInList | undefined {
    try {
      return readPlace(this.store?.getItem(keyOf(list)) ?? null);
    } catch {
      return undefined;
    }
  }
}

/** What was kept of a place; undefined when it is none. */
export function readPlace(text: string | null): PlaceInList | undefined {
  try {
    const kept = JSON.parse(text ?? 'null') as Partial<PlaceInList> | null;
    if (kept === null || typeof kept.offset !== 'number' || typeof kept.rows !== 'number') return undefined;
    return { no: typeof kept.no === 'string' ? kept.no : null, offset: Math.max(0, kept.offset), rows: kept.rows };
  } catch {
    return undefined;
  }
}

/** Whether more lines must be fetched before a place can be shown. */
export function needsMore(place: PlaceInList, rows: readonly { readonly no: string }[], hasMore: boolean): boolean {
  return hasMore && rows.length < Math.min(place.rows, mostRows);
}

/** Line of the record that was opened last; -1 when it is not in the list any more. */
export function cursorOf(place: PlaceInList, rows: readonly { readonly no: string }[]): number {
  return place.no === null ? -1 : rows.findIndex((r) => r.no === place.no);
}

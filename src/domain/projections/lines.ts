import type { Instant } from '../kernel/instant.ts';
import type { ItemKind } from './item-kinds.ts';

/** What the ledger lists, as it stands after an act. Numbers are those of the campaign's classifications; 0 means none. */
export interface Item {
  readonly id: string;
  readonly kind: ItemKind;
  readonly no: string;
  readonly sourceId: string | null;
  readonly unit: string;
  readonly place: number;
  readonly aspect: number;
  readonly type: number;
  readonly text: string;
  readonly clue: string;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly batch: number;
  /** Number of the state in the campaign's list, from 1. */
  readonly state: number;
  /** First instant after the deadline in force; null when there is none. */
  readonly deadlineAt: Instant | null;
  readonly foundAt: Instant;
  readonly firstRecordedAt: Instant;
  readonly updatedAt: Instant;
  readonly version: number;
  readonly ownerOrg: string | null;
  readonly amounts: Readonly<Record<string, number>> | null;
}

/** How a line stands after an act recorded at `at`. */
export interface Line {
  readonly at: Instant;
  readonly item: Item;
}

/** An interval [from, to) by time of recording in which the ledger showed an item like this. */
export interface ItemSpan {
  readonly from: Instant;
  readonly to: Instant | null;
  readonly item: Item;
}

/** Intervals of a line from how it stood after each act. */
export function lineSpans(states: readonly Line[]): ItemSpan[] {
  const out: ItemSpan[] = [];
  for (const { at, item } of states) {
    const last = out.at(-1);
    if (last !== undefined && sameLine(last.item, item)) out[out.length - 1] = { ...last, item };
    else {
      if (last !== undefined) {
        if (last.from < at) out[out.length - 1] = { ...last, to: at };
        else out.pop();
      }
      out.push({ from: at, to: null, item });
    }
  }
  return out;
}

/** Whether two lines look the same to filters, sorts and counts. */
function sameLine(a: Item, b: Item): boolean {
  return (
    a.state === b.state &&
    a.batch === b.batch &&
    a.deadlineAt === b.deadlineAt &&
    a.place === b.place &&
    a.aspect === b.aspect &&
    a.type === b.type
  );
}

import type { LedgerPosition } from '../../../contract/ledger.ts';

/** What a page shows of the list that its record was opened from. */
export interface Walk {
  /** `moved`: no longer in the list. `further`: in it, beyond the lines that are counted. */
  readonly at: 'in' | 'further' | 'moved';
  readonly index: number | null;
  readonly total: number;
  readonly previous: string | null;
  readonly following: string | null;
}

/**
 * Where one goes from a record of a list.
 *
 * A command may take the record out of its list, or move it to another end. One goes on from where it stood when its page was opened.
 * @param opened  the position when the page was opened
 * @param now     the position as it is
 */
export function walkOf(opened: LedgerPosition, now: LedgerPosition): Walk {
  const { previous, following } = opened.inList ? opened : now;
  return { at: !now.inList ? 'moved' : now.index === null ? 'further' : 'in', index: now.index, total: now.total, previous, following };
}

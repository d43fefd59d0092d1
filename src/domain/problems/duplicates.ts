import type { PlaceCode } from '../kernel/place.ts';
import { foldText, searchKeys } from '../projections/search.ts';

/** As much of a problem as tells whether another one is the same. */
export interface Compared {
  readonly sourceId: string | null;
  readonly unit: string;
  readonly place: PlaceCode;
  readonly text: string;
}

/** Why a problem may be the same: its source, its unit in the same county, or its text. */
export type DuplicateReason = 'source' | 'unit' | 'text';

export interface Duplicate<T> {
  readonly other: T;
  readonly because: DuplicateReason;
  /** How alike the texts are, in whole percent. */
  readonly alike: number;
}

/** Texts of two problems at different units have to be so alike, in percent, to be shown. */
export const alikeFrom = 50;

/** A text with fewer pairs of characters says too little to be compared. */
const fewestPairs = 4;

/** So many are shown: a list that nobody reads warns of nothing. */
const mostShown = 6;

/**
 * How alike two texts are (文字相近): the pairs of neighbouring characters that both have, twice, over those that each has.
 *
 * Order and repetition do not count, nor do case, width and punctuation (see `foldText`).
 * @returns whole percent, 0 to 100; 0 when either text is too short to be compared
 * @source  Dice, "Measures of the Amount of Ecologic Association Between Species" (1945)
 */
export function textsAlike(a: string, b: string): number {
  const one = searchKeys(a);
  const two = new Set(searchKeys(b));
  if (one.length < fewestPairs || two.size < fewestPairs) return 0;
  const both = one.filter((key) => two.has(key)).length;
  return Math.floor((200 * both) / (one.length + two.size));
}

/**
 * Problems that may be the one that is about to be recorded (疑似重复): at the same source, at the same unit in the same county, or
 * alike in text in the same county.
 *
 * It only says so: nothing is ever merged by it.
 * @param others  candidates, in the order in which equals are shown
 * @returns       the most alike first, at most six
 */
export function possibleDuplicates<T extends Compared>(found: Compared, others: readonly T[]): Duplicate<T>[] {
  const out: Duplicate<T>[] = [];
  for (const other of others) {
    const alike = textsAlike(found.text, other.text);
    const because = reasonOf(found, other, alike);
    if (because !== undefined) out.push({ other, because, alike });
  }
  return out.sort((a, b) => b.alike - a.alike).slice(0, mostShown);
}

function reasonOf(found: Compared, other: Compared, alike: number): DuplicateReason | undefined {
  if (found.sourceId !== null && found.sourceId === other.sourceId) return 'source';
  if (found.place !== other.place) return undefined;
  const unit = foldText(found.unit).trim();
  if (unit !== '' && unit === foldText(other.unit).trim()) return 'unit';
  return alike >= alikeFrom ? 'text' : undefined;
}

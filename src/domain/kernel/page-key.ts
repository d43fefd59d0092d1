/** What a value of a page key is: a moment (or none: Infinity), a long number, a division code, or a small number. */
export type KeyPart = 'instant' | 'number' | 'place' | 'small';

/** Where a list goes on: the values of its order at the last line, then the line's id. */
export interface ListKey {
  readonly keys: readonly number[];
  readonly id: string;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** The years 1 to 9999, in ms: what every table can compare with. */
const [first, last] = [-62_135_510_400_000, 253_402_300_799_999];
const most: Readonly<Record<Exclude<KeyPart, 'instant'>, number>> = { number: 999_999_999_999_999, place: 999_999, small: 32_767 };

/**
 * Reads a page key as `writePageKey` made it for an order of these parts.
 * @returns  undefined for anything else: another order's key, a number that the order cannot have, an id that is none
 */
export function readPageKey(text: string, parts: readonly KeyPart[]): ListKey | undefined {
  const values = text.split('~');
  const id = values.pop() ?? '';
  if (values.length !== parts.length || !uuid.test(id)) return undefined;
  const keys = values.map((value, i) => readPart(value, parts[i] as KeyPart));
  return keys.every((key) => key !== undefined) ? { keys, id } : undefined;
}

function readPart(text: string, part: KeyPart): number | undefined {
  if (part === 'instant' && text === 'Infinity') return Infinity;
  if (!/^-?\d{1,15}$/.test(text)) return undefined;
  const value = Number(text);
  const within = part === 'instant' ? value >= first && value <= last : value >= 0 && value <= most[part];
  return within ? value : undefined;
}

export function writePageKey(key: ListKey): string {
  return [...key.keys, key.id].join('~');
}

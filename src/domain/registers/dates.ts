import { isPlainDate, type PlainDate } from '../kernel/instant.ts';

const tokens = ['YYYY', 'YY', 'MM', 'M', 'DD', 'D', 'HH', 'H', 'hh', 'h', 'mm', 'ss', 'A'] as const;
type Token = (typeof tokens)[number];

const digits: Readonly<Record<Token, string>> = {
  YYYY: '(\\d{4})',
  YY: '(\\d{2})',
  MM: '(\\d{2})',
  M: '(\\d{1,2})',
  DD: '(\\d{2})',
  D: '(\\d{1,2})',
  HH: '(\\d{2})',
  H: '(\\d{1,2})',
  hh: '(\\d{2})',
  h: '(\\d{1,2})',
  mm: '(\\d{2})',
  ss: '(\\d{2})',
  A: '([AaPp][Mm])',
};

export interface DateFormat {
  readonly pattern: RegExp;
  readonly tokens: readonly Token[];
}

/** A moment as a register writes it: local, without an offset. */
export interface LocalTime {
  readonly date: PlainDate;
  /** `HH:mm:ss`; midnight when the format has no time. */
  readonly time: string;
}

/** Reads a format such as `M/D/YY h:mm A`; undefined when it names no whole date. */
export function dateFormat(format: string): DateFormat | undefined {
  const found: Token[] = [];
  let pattern = '';
  for (let rest = format; rest !== ''; ) {
    const token = tokens.find((t) => rest.startsWith(t));
    const taken = token ?? (rest[0] as string);
    pattern += token === undefined ? taken.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&') : digits[token];
    if (token !== undefined) found.push(token);
    rest = rest.slice(taken.length);
  }
  const one = (...list: Token[]) => found.filter((t) => list.includes(t)).length === 1;
  if (!one('YYYY', 'YY') || !one('MM', 'M') || !one('DD', 'D')) return undefined;
  return { pattern: new RegExp(`^${pattern}$`), tokens: found };
}

/**
 * Reads a date by the first format that fits and names a real day.
 * @param pivot  two-digit years below it are 20xx
 */
export function readDate(text: string, formats: readonly DateFormat[], pivot = 70): LocalTime | undefined {
  for (const format of formats) {
    const m = format.pattern.exec(text);
    if (m === null) continue;
    const part = (...list: Token[]): string | undefined => {
      const i = format.tokens.findIndex((t) => list.includes(t));
      return i < 0 ? undefined : m[i + 1];
    };
    const short = part('YY');
    const year = short === undefined ? (part('YYYY') as string) : String((Number(short) < pivot ? 2000 : 1900) + Number(short));
    const two = (n: string | number) => String(n).padStart(2, '0');
    const date = `${year}-${two(part('MM', 'M') as string)}-${two(part('DD', 'D') as string)}`;
    let hour = Number(part('HH', 'H', 'hh', 'h') ?? '0');
    const half = part('A')?.toLowerCase();
    if (half !== undefined && (hour < 1 || hour > 12)) continue;
    if (half !== undefined) hour = (hour % 12) + (half === 'pm' ? 12 : 0);
    const minute = part('mm') ?? '00';
    const second = part('ss') ?? '00';
    if (!isPlainDate(date) || hour > 23 || Number(minute) > 59 || Number(second) > 59) continue;
    return { date, time: `${two(hour)}:${minute}:${second}` };
  }
  return undefined;
}

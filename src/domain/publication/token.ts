import { filterKeys } from '../clearance/filter.ts';
import { refuse, type Refusal } from '../kernel/refusal.ts';

/** Which side of a figure a token shows; `value` is the count, the money or the percentage. */
export const shows = ['value', 'numerator', 'denominator', 'percent'] as const;
export type Show = (typeof shows)[number];

/**
 * A figure in a text (指标占位): definition with version, filter and instant, so that the number is never typed.
 *
 * `asOf` null stands for the instant of the whole bulletin.
 */
export interface FigureToken {
  readonly id: string;
  readonly version: number;
  /** Filter keys to text, as in addresses; `batches` ascending. */
  readonly filter: Readonly<Record<string, string>>;
  readonly asOf: string | null;
  readonly show: Show;
}

const shape = /^([a-z][a-z0-9]*(?:[.-][a-z0-9]+)*)@([1-9]\d{0,3})((?: +[a-zA-Z]+=[^\s{}=]+)*) *$/;

/**
 * Reads what stands between the double braces, such as `clearance.rate@1 batches=1,2,3 show=numerator`.
 * @refuses token.malformed, token.key-twice, token.show-unknown; whether the figure exists is asked later
 */
export function parseToken(inner: string): FigureToken | Refusal {
  const m = shape.exec(inner.trim());
  if (m === null) return refuse('token.malformed', { token: inner.slice(0, 120) });
  const filter = new Map<string, string>();
  let asOf: string | null = null;
  let show: string | null = null;
  for (const pair of (m[3] as string).split(' ').filter((p) => p !== '')) {
    const cut = pair.indexOf('=');
    const [key, value] = [pair.slice(0, cut), pair.slice(cut + 1)];
    if (filter.has(key) || (key === 'asOf' && asOf !== null) || (key === 'show' && show !== null)) {
      return refuse('token.key-twice', { token: inner.slice(0, 120), key });
    }
    if (key === 'asOf') asOf = value;
    else if (key === 'show') show = value;
    else filter.set(key, key === 'batches' ? ascending(value) : value);
  }
  if (show !== null && !(shows as readonly string[]).includes(show)) return refuse('token.show-unknown', { show, known: [...shows] });
  return {
    id: m[1] as string,
    version: Number(m[2]),
    filter: Object.fromEntries([...filter].sort(byKey)),
    asOf,
    show: (show ?? 'value') as Show,
  };
}

/** The one text form of a token, with its braces. */
export function printToken(token: FigureToken): string {
  const pairs = Object.entries(token.filter).sort(byKey);
  if (token.asOf !== null) pairs.push(['asOf', token.asOf]);
  if (token.show !== 'value') pairs.push(['show', token.show]);
  return `{{${token.id}@${token.version}${pairs.map(([k, v]) => ` ${k}=${v}`).join('')}}}`;
}

/** The same figure whichever side of it is shown. */
export function figureKey(token: FigureToken): string {
  return printToken({ ...token, show: 'value' });
}

/** One text for one cohort; a list that is none stays as it was written, to be refused by name later. */
function ascending(text: string): string {
  const parts = text.split(',');
  if (parts.some((p) => !/^[1-9]\d{0,3}$/.test(p))) return text;
  return [...new Set(parts.map(Number))].sort((a, b) => a - b).join(',');
}

function byKey([a]: readonly [string, string], [b]: readonly [string, string]): number {
  const rank = (key: string) => {
    const i = (filterKeys as readonly string[]).indexOf(key);
    return i < 0 ? filterKeys.length : i;
  };
  return rank(a) - rank(b) || (a < b ? -1 : 1);
}

import type { CampaignView } from '../../contract/campaign.ts';
import { batchTitle } from '../../domain/supervision/name.ts';
import type { Lang } from './language.ts';

/** A campaign's currency, and how many of its decimals are kept. */
export type Currency = Pick<CampaignView, 'currency' | 'currencyDigits'>;

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const fixed2 = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const upTo2 = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });

/** 2507 -> 2,507 in both languages. */
export function formatCount(n: number): string {
  return grouped.format(n);
}

/** A change with its sign; minus is the typographic one. */
export function formatChange(n: number): string {
  return n > 0 ? `+${grouped.format(n)}` : n < 0 ? `−${grouped.format(-n)}` : '0';
}

/** Percentage with two decimals, without the sign: 1258 of 1914 -> 65.73; null without a denominator. */
export function formatRate(numerator: number, denominator: number | null): string | null {
  if (denominator === null || denominator === 0) return null;
  return (Math.round((numerator * 10_000) / denominator) / 100).toFixed(2);
}

/**
 * Money from whole numbers of the smallest unit kept, such as 分: Chinese in 元, 万元 or 亿元, English with separators.
 * @returns the number and its unit apart, so that a page can set them in two sizes
 */
export function formatMoney(minor: number, { currency, currencyDigits }: Currency, lang: Lang): { value: string; unit: string } {
  const major = minor / 10 ** currencyDigits;
  const name = currencyName(currency, lang);
  if (lang === 'en') return { value: upTo2.format(major), unit: name };
  const abs = Math.abs(major);
  if (abs >= 1e8) return { value: fixed2.format(major / 1e8), unit: `亿${name}` };
  if (abs >= 1e4) return { value: upTo2.format(major / 1e4), unit: `万${name}` };
  return { value: upTo2.format(major), unit: name };
}

/** The same as one text, with the space that English wants before a unit. */
export function moneyText(minor: number, currency: Currency, lang: Lang): string {
  const { value, unit } = formatMoney(minor, currency, lang);
  return `${value}${lang === 'en' ? ' ' : ''}${unit}`;
}

/** Money at the tick of an axis, where there is room for little: 3,555万; below ten thousand with its currency, 9,500元. */
export function moneyTick(minor: number, currency: Currency, lang: Lang): string {
  const { value, unit } = formatMoney(minor, currency, lang);
  if (lang === 'en') return value;
  return value + (/^[万亿]/.exec(unit)?.[0] ?? unit);
}

const namesOfCurrencies = new Intl.DisplayNames('zh-Hans', { type: 'currency', fallback: 'code' });

function currencyName(currency: string, lang: Lang): string {
  if (currency === 'CNY') return lang === 'zh' ? '元' : 'yuan';
  if (lang === 'en') return currency;
  return namesOfCurrencies.of(currency) ?? currency;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

interface Parts {
  readonly y: number;
  readonly m: number;
  readonly d: number;
  readonly time: string;
  readonly seconds: string;
}

/** Civil parts of an instant (ISO 8601) at a campaign's offset, or of a plain date; undefined when the text is neither. */
function civil(text: string, offsetMinutes: number): Parts | undefined {
  const plain = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const at = Date.parse(plain ? `${text}T00:00:00Z` : text) + (plain ? 0 : offsetMinutes * 60_000);
  if (Number.isNaN(new Date(at).getTime())) return undefined;
  const local = new Date(at).toISOString();
  return {
    y: Number(local.slice(0, 4)),
    m: Number(local.slice(5, 7)),
    d: Number(local.slice(8, 10)),
    time: local.slice(11, 16),
    seconds: local.slice(17, 19),
  };
}

// A text that is no date, such as one of an outside register, is shown as it is: a page is not lost for it.

/** 2019年8月5日 / 5 Aug 2019 */
export function formatDate(text: string, offsetMinutes: number, lang: Lang): string {
  const p = civil(text, offsetMinutes);
  if (p === undefined) return text;
  return lang === 'zh' ? `${p.y}年${p.m}月${p.d}日` : `${p.d} ${months[p.m - 1]} ${p.y}`;
}

/** 8月5日 / 5 Aug */
export function formatDay(text: string, offsetMinutes: number, lang: Lang): string {
  const p = civil(text, offsetMinutes);
  if (p === undefined) return text;
  return lang === 'zh' ? `${p.m}月${p.d}日` : `${p.d} ${months[p.m - 1]}`;
}

/** 2019年8月5日18:00 / 5 Aug 2019, 18:00; seconds only when there are any. */
export function formatMoment(text: string, offsetMinutes: number, lang: Lang): string {
  if (civil(text, offsetMinutes) === undefined) return text;
  return `${formatDate(text, offsetMinutes, lang)}${lang === 'en' ? ', ' : ''}${formatTime(text, offsetMinutes)}`;
}

/** 8月5日18:00 / 5 Aug, 18:00: to the minute, for histories; the exact instant stands in the title. */
export function formatDayTime(text: string, offsetMinutes: number, lang: Lang): string {
  const p = civil(text, offsetMinutes);
  return p === undefined ? text : `${formatDay(text, offsetMinutes, lang)}${lang === 'en' ? ', ' : ''}${p.time}`;
}

export function formatTime(text: string, offsetMinutes: number): string {
  const p = civil(text, offsetMinutes);
  if (p === undefined) return text;
  return p.seconds === '00' ? p.time : `${p.time}:${p.seconds}`;
}

/** Batch numbers as ranges: [1,2,3,5] -> 1–3、5 */
export function formatBatches(numbers: readonly number[], lang: Lang): string {
  const sorted = [...new Set(numbers)].sort((a, b) => a - b);
  const runs: [number, number][] = [];
  for (const n of sorted) {
    const last = runs.at(-1);
    if (last !== undefined && n === last[1] + 1) last[1] = n;
    else runs.push([n, n]);
  }
  const text = runs.map(([a, b]) => (a === b ? `${a}` : `${a}–${b}`)).join(lang === 'zh' ? '、' : ', ');
  if (lang === 'zh') return `第${text}批`;
  return sorted.length === 1 ? `batch ${text}` : `batches ${text}`;
}

/** What a batch is called: its own Chinese name, in English its number. */
export function batchName(no: number, name: string, lang: Lang): string {
  if (lang === 'zh') return batchTitle(no, name);
  const text = formatBatches([no], lang);
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** First and last hexadecimal digits of a hash, for reading aloud. */
export function shortHash(hash: string): string {
  return hash.length <= 12 ? hash : `${hash.slice(0, 6)}…${hash.slice(-4)}`;
}

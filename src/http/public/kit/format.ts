import type { PublicLang } from '../../../contract/paths/public.ts';
import type { CampaignSettings } from '../../../domain/campaign/settings.ts';

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const upTo2 = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export function count(n: number): string {
  return grouped.format(n);
}

/** Percentage with two decimals without its sign; null without a denominator. */
export function rate(numerator: number, denominator: number): string | null {
  return denominator === 0 ? null : (Math.round((numerator * 10_000) / denominator) / 100).toFixed(2);
}

/** 3,555 and 万元; 35,550,000 and yuan. */
export function money(fen: number, settings: CampaignSettings, lang: PublicLang): readonly [string, string] {
  const major = fen / 100;
  const cny = settings.currency === 'CNY';
  if (lang === 'en') return [upTo2.format(major), cny ? 'yuan' : settings.currency];
  const name = cny ? '元' : settings.currency;
  if (major >= 1e8) return [upTo2.format(major / 1e8), `亿${name}`];
  return major >= 1e4 ? [upTo2.format(major / 1e4), `万${name}`] : [upTo2.format(major), name];
}

/** 2019年8月5日 / 5 Aug 2019, from a text that begins with a civil date. */
export function date(text: string, lang: PublicLang): string {
  const [y, m, d] = [text.slice(0, 4), text.slice(5, 7), text.slice(8, 10)].map(Number) as [number, number, number];
  return lang === 'zh' ? `${y}年${m}月${d}日` : `${d} ${months[m - 1]} ${y}`;
}

/** 8月5日 / 5 Aug */
export function day(text: string, lang: PublicLang): string {
  const [m, d] = [text.slice(5, 7), text.slice(8, 10)].map(Number) as [number, number];
  return lang === 'zh' ? `${m}月${d}日` : `${d} ${months[m - 1]}`;
}

/** 2019年8月5日18:00 / 5 Aug 2019, 18:00, from an instant in the campaign's own offset. */
export function moment(text: string, lang: PublicLang): string {
  const seconds = /T\d\d:\d\d:(\d\d)/.exec(text)?.[1] ?? '00';
  const time = seconds === '00' ? text.slice(11, 16) : text.slice(11, 19);
  return `${date(text, lang)}${lang === 'en' ? ', ' : ''}${time}`;
}

/** [1, 2, 3] -> 第1–3批 / batches 1–3 */
export function batches(numbers: readonly number[], lang: PublicLang): string {
  const sorted = [...numbers].sort((a, b) => a - b);
  const runs: [number, number][] = [];
  for (const n of sorted) {
    const last = runs.at(-1);
    if (last !== undefined && n === last[1] + 1) last[1] = n;
    else runs.push([n, n]);
  }
  const text = runs.map(([a, b]) => (a === b ? `${a}` : `${a}–${b}`)).join(lang === 'zh' ? '、' : ', ');
  return lang === 'zh' ? `第${text}批` : `${sorted.length === 1 ? 'batch' : 'batches'} ${text}`;
}

const zhNumbers = ['零', '一', '两', '三', '四', '五', '六', '七', '八', '九', '十'];
const enNumbers = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

/** Small numbers as words: 四批, four batches. */
export function spelled(n: number, lang: PublicLang): string {
  return (lang === 'zh' ? zhNumbers : enNumbers)[n] ?? count(n);
}

/** 2,345 bytes as 2.3 KB. */
export function size(bytes: number): string {
  return bytes < 1000 ? `${bytes} B` : bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} KB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** The same with a capital, where a text begins a sentence or a heading. */
export function sentenceCase(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

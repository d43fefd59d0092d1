import type { CampaignSettings } from '../campaign/settings.ts';
import type { FigureFilter } from '../clearance/filter.ts';
import type { TextLang } from './reading.ts';

/** Batch numbers as ranges: [1,2,3,5] -> 第1–3、5批 / batches 1–3, 5. */
export function printBatches(numbers: readonly number[], lang: TextLang): string {
  const runs: [number, number][] = [];
  for (const n of [...numbers].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last !== undefined && n === last[1] + 1) last[1] = n;
    else runs.push([n, n]);
  }
  const text = runs.map(([a, b]) => (a === b ? `${a}` : `${a}–${b}`)).join(lang === 'zh' ? '、' : ', ');
  if (lang === 'zh') return `第${text}批`;
  return numbers.length === 1 ? `batch ${text}` : `batches ${text}`;
}

/** Which cohort a filter names (口径): 第1–3批，太原市; empty without a filter. */
export function printCohort(filter: FigureFilter, settings: CampaignSettings, lang: TextLang): string {
  const out: string[] = [];
  if (filter.batches !== undefined) out.push(printBatches(filter.batches, lang));
  for (const code of [filter.city, filter.county]) {
    if (code === undefined) continue;
    const place = settings.places.find((p) => String(p.code) === code);
    out.push((lang === 'en' ? place?.nameEn : undefined) ?? place?.name ?? code);
  }
  for (const [code, list] of [
    [filter.aspect, settings.aspects],
    [filter.type, settings.types],
    [filter.measure, settings.measures],
  ] as const) {
    if (code !== undefined) out.push(list.findLast((entry) => entry.code === code)?.name[lang] ?? code);
  }
  return out.join(lang === 'zh' ? '，' : ', ');
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** 2019-08-05 -> 2019年8月5日 / 5 Aug 2019 */
export function printDate(date: string, lang: TextLang): string {
  const [y, m, d] = date.slice(0, 10).split('-').map(Number) as [number, number, number];
  return lang === 'zh' ? `${y}年${m}月${d}日` : `${d} ${months[m - 1]} ${y}`;
}

/** An instant as `formatWithOffset` writes it -> 2019年8月5日18:00 / 5 Aug 2019, 18:00; seconds only when there are any. */
export function printMoment(at: string, lang: TextLang): string {
  const time = at.slice(11, 16);
  const seconds = at.slice(17, 19);
  return `${printDate(at, lang)}${lang === 'zh' ? '' : ', '}${time}${seconds === '00' ? '' : `:${seconds}`}`;
}

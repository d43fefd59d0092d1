import type { CampaignView } from '../../contract/campaign.ts';
import type { FigureValue } from '../../contract/figures.ts';
import { placeName } from './campaign.ts';
import { formatBatches, formatCount, formatMoney, formatRate } from './format.ts';
import type { Lang } from './language.ts';
import type { Words } from './words.ts';

type Filter = Readonly<Record<string, unknown>>;

export function definitionOf(campaign: CampaignView, id: string): CampaignView['figures'][number] | undefined {
  return campaign.figures.find((f) => f.id === id);
}

export function figureName(campaign: CampaignView, id: string, words: Words): string {
  const found = definitionOf(campaign, id);
  return found === undefined ? id : words.pick(found.name);
}

/** The word of a unit of count; units of other registers stay as published. */
export function unitWord(unit: string, count: number, words: Words): string {
  return words.t(`units:${unit}`, { count, defaultValue: unit });
}

/** The word after a number that was written by the server: a share and a sum of money bring theirs along. */
export function countUnit(figure: Pick<FigureValue, 'unit' | 'numerator'>, words: Words): string {
  return figure.unit === 'ratio' || figure.unit === 'fen' ? '' : unitWord(figure.unit, figure.numerator, words);
}

export interface FigureParts {
  /** Null when the denominator is 0. */
  readonly value: string | null;
  readonly unit: string;
  /** Numerator and denominator of a rate. */
  readonly fraction: string | null;
}

export function isMoney(campaign: CampaignView, figure: Pick<FigureValue, 'id' | 'unit'>): boolean {
  return figure.unit === 'fen' || definitionOf(campaign, figure.id)?.kind === 'sum';
}

/** A figure's number, unit and fraction as a person reads them. */
export function figureParts(campaign: CampaignView, figure: FigureValue, words: Words): FigureParts {
  if (figure.unit === 'ratio') {
    return { value: formatRate(figure.numerator, figure.denominator), unit: '%', fraction: fractionText(figure, words.lang) };
  }
  if (isMoney(campaign, figure)) return { ...formatMoney(figure.numerator, campaign, words.lang), fraction: null };
  return { value: formatCount(figure.numerator), unit: unitWord(figure.unit, figure.numerator, words), fraction: null };
}

/** Full-width slash in Chinese. */
export function fractionText(figure: Pick<FigureValue, 'numerator' | 'denominator'>, lang: Lang): string {
  const slash = lang === 'zh' ? '／' : ' / ';
  return `${formatCount(figure.numerator)}${slash}${formatCount(figure.denominator ?? 0)}`;
}

/** Which cohort a filter names: 第1–3批，太原市; empty without a filter. */
export function cohortText(campaign: CampaignView, filter: Filter, words: Words): string {
  const parts: string[] = [];
  if (Array.isArray(filter.batches)) parts.push(formatBatches(filter.batches as number[], words.lang));
  for (const key of ['city', 'county'] as const) {
    if (filter[key] !== undefined) parts.push(placeName(campaign, Number(filter[key]), words.lang));
  }
  const named = { aspect: campaign.aspects, type: campaign.types, measure: campaign.measures } as const;
  for (const [key, list] of Object.entries(named)) {
    const code = filter[key];
    if (code === undefined) continue;
    const found = list.findLast((entry) => entry.code === code);
    parts.push(found === undefined ? String(code) : words.pick(found.name));
  }
  return parts.join(words.lang === 'zh' ? '，' : ', ');
}

/** One text that tells two filters apart. */
export function filterKey(filter: Filter): string {
  return JSON.stringify(Object.entries(filter).sort(([a], [b]) => (a < b ? -1 : 1)));
}

export function sameRef(a: { id: string; filter: Filter }, b: { id: string; filter: Filter }): boolean {
  return a.id === b.id && filterKey(a.filter) === filterKey(b.filter);
}

/** A cohort in the brackets of the page's language; nothing for none. */
export function inBrackets(text: string, lang: Lang): string {
  if (text === '') return '';
  return lang === 'zh' ? `（${text}）` : ` (${text})`;
}

/** What a rate without a filter is over: all batches, where there are batches. */
export function overAll(campaign: CampaignView, words: Words): string {
  return campaign.batches.length === 0 ? '' : words.t('shell:filterBatchAll');
}

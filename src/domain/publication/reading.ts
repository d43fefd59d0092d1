import type { FigureFilter } from '../clearance/filter.ts';
import type { Show } from './token.ts';

/** A figure as it was read for a text. */
export interface Reading {
  readonly id: string;
  readonly version: number;
  readonly filter: FigureFilter;
  /** ISO 8601 in the campaign's own offset. */
  readonly asOf: string;
  readonly numerator: number;
  readonly denominator: number | null;
  readonly value: number | null;
  readonly unit: string;
}

export type TextLang = 'zh' | 'en';

export interface Money {
  readonly currency: string;
  /** Decimals of the currency that are kept: 2 for yuan, kept in fen. */
  readonly digits: number;
}

/** 2507 -> 2,507 in both languages. */
export function printCount(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** 1258 of 1914 -> 65.73%; a dash when there is no denominator. */
export function printPercent(numerator: number, denominator: number | null): string {
  if (denominator === null || denominator === 0) return '—';
  return `${(Math.round((numerator * 10_000) / denominator) / 100).toFixed(2)}%`;
}

/** Money from whole numbers of the smallest unit: 元, 万元, 亿元 in Chinese, separators in English. */
export function printMoney(minor: number, money: Money, lang: TextLang): string {
  const major = minor / 10 ** money.digits;
  const name = money.currency === 'CNY' ? (lang === 'zh' ? '元' : ' yuan') : ` ${money.currency}`;
  const decimals = (n: number, all = false) => {
    const [whole = '0', rest = ''] = n.toFixed(2).split('.');
    const tail = all ? rest : rest.replace(/0+$/, '');
    return `${n < 0 ? '-' : ''}${printCount(Math.abs(Number(whole)))}${tail === '' ? '' : `.${tail}`}`;
  };
  if (lang === 'zh' && Math.abs(major) >= 1e8) return `${decimals(major / 1e8, true)}亿${name.trim()}`;
  if (lang === 'zh' && Math.abs(major) >= 1e4) return `${decimals(major / 1e4)}万${name.trim()}`;
  return `${decimals(major)}${name}`;
}

/**
 * The characters a token stands for in a text.
 * @param show `denominator` of a count, and `percent` of what is no rate, are a dash: the check refuses them
 */
export function printReading(reading: Reading, show: Show, money: Money, lang: TextLang): string {
  const rate = reading.unit === 'ratio';
  switch (show) {
    case 'numerator':
      return reading.unit === 'fen' ? printMoney(reading.numerator, money, lang) : printCount(reading.numerator);
    case 'denominator':
      return reading.denominator === null ? '—' : printCount(reading.denominator);
    case 'percent':
      return rate ? printPercent(reading.numerator, reading.denominator) : '—';
    case 'value':
      if (rate) return printPercent(reading.numerator, reading.denominator);
      return reading.unit === 'fen' ? printMoney(reading.numerator, money, lang) : printCount(reading.numerator);
  }
}

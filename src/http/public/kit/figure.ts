import { publicPaths } from '../../../contract/paths/public.ts';
import type { FigureFilter } from '../../../domain/clearance/filter.ts';
import { smallestPublished } from '../../../domain/publication/public-filter.ts';
import type { Shown } from '../../../domain/publication/suppression.ts';
import type { PublicValue } from '../../../usecases/public/figures.ts';
import type { PageContext } from './context.ts';
import { batches, count, money, rate } from './format.ts';
import { h, type Html } from './html.ts';

/** Name of a place in the page's language. */
export function placeName(c: PageContext, code: number): string {
  const found = c.view.campaign.settings.places.find((p) => p.code === code);
  return found === undefined ? String(code) : c.lang === 'en' ? (found.nameEn ?? found.name) : found.name;
}

export function figureName(c: PageContext, id: string): string {
  return c.view.campaign.figures.findLast((f) => f.id === id)?.name[c.lang] ?? id;
}

/** Which cohort a filter names; empty for the whole campaign. */
export function cohort(c: PageContext, filter: FigureFilter): string {
  const { settings } = c.view.campaign;
  const parts: string[] = [];
  if (filter.batches !== undefined) parts.push(batches(filter.batches, c.lang));
  for (const code of [filter.city, filter.county]) if (code !== undefined) parts.push(placeName(c, Number(code)));
  for (const [list, code] of [
    [settings.aspects, filter.aspect],
    [settings.types, filter.type],
    [settings.measures, filter.measure],
  ] as const) {
    if (code !== undefined) parts.push(list.find((x) => x.code === code)?.name[c.lang] ?? code);
  }
  return parts.join(c.w.comma);
}

/** Number and unit apart; a hidden value says how it is hidden. */
export function valueParts(c: PageContext, v: PublicValue): { number: string; unit: string; hidden: boolean } {
  if (v.numerator === null) return { number: hiddenText(c, v.shown), unit: '', hidden: true };
  if (v.unit === 'ratio') {
    const percent = rate(v.numerator, v.denominator ?? 0);
    return percent === null ? { number: '—', unit: '', hidden: false } : { number: percent, unit: '%', hidden: false };
  }
  if (v.unit === 'fen') {
    const [number, unit] = money(v.numerator, c.view.campaign.settings, c.lang);
    return { number, unit, hidden: false };
  }
  return { number: count(v.numerator), unit: c.w.units[v.unit] ?? v.unit, hidden: false };
}

export function valueText(c: PageContext, v: PublicValue): string {
  const { number, unit } = valueParts(c, v);
  if (unit === '') return number;
  return c.lang === 'zh' || unit === '%' ? `${number}${unit}` : `${number} ${unit}`;
}

/** Numerator over denominator of a rate; empty for counts. */
export function fraction(c: PageContext, v: PublicValue): string {
  return v.numerator === null || v.denominator === null ? '' : c.w.fraction(count(v.numerator), count(v.denominator));
}

export function hiddenText(c: PageContext, shown: Shown): string {
  return shown === 'small' ? c.w.fewer(smallestPublished(c.view.campaign.settings)) : c.w.withheld;
}

/** A number that opens its figure. */
export function figureLink(c: PageContext, v: PublicValue, inner: Html | string): Html {
  return h`<a href="${publicPaths.figure(c.where, v.id, v.filter)}">${inner}</a>`;
}

/** A cell with a number that opens its figure, or with how it is hidden. */
export function numberCell(c: PageContext, v: PublicValue | undefined, more: { low?: string; group?: boolean } = {}): Html {
  const classes = ['n', more.group === true ? 'g' : '', more.low === undefined ? '' : 'lo', v?.numerator === null ? 'hid' : '']
    .filter((x) => x !== '')
    .join(' ');
  const label = more.low === undefined ? '' : h` data-l="${more.low}"`;
  if (v === undefined) return h`<td class="${classes}"${label}>—</td>`;
  const { number, hidden } = valueParts(c, v);
  return h`<td class="${classes}"${label}>${hidden ? number : figureLink(c, v, number)}</td>`;
}

/** The mark that opens a figure's proof. */
export function seal(c: PageContext, v: Pick<PublicValue, 'id' | 'filter'>): Html {
  return h`<a class="seal" href="${publicPaths.figure(c.where, v.id, v.filter)}#proof"><i aria-hidden="true">${c.lang === 'zh' ? '证' : 'P'}</i>${c.w.figure.proof}<span class="sk">${c.w.comma}${figureName(c, v.id)}</span></a>`;
}

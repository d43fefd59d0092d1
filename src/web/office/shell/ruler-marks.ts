import { daysBetween } from '../../../domain/kernel/instant.ts';
import { fitLabels, textWidth } from '../../ui/chart/scale.ts';
import { dayPosition, type Span } from './span.ts';

/** A label above the ruler; `from` and `to` are where it begins and ends, in pixels. */
export interface Mark {
  readonly x: number;
  readonly text: string;
  readonly from: number;
  readonly to: number;
  readonly kind: 'end' | 'today' | 'batch' | 'window';
}

/** Where days stand on a ruler of this width: the first a pixel from the left. */
export function scaleOf(span: Span, width: number): { readonly step: number; readonly xOf: (day: number) => number } {
  const step = (width - 2) / Math.max(1, span.days);
  return { step, xOf: (day) => 1 + (day - 1) * step };
}

/** The labels that fit: today's first, then the ends, the batches and the windows. Texts are in the page's language. */
export function marksOf(o: {
  readonly span: Span;
  readonly offset: number;
  readonly width: number;
  /** Of the letters, in pixels. */
  readonly size: number;
  readonly today: { readonly day: number; readonly text: string };
  readonly from: string;
  readonly to: string;
  readonly batches: readonly { readonly issuedAt: string; readonly text: string }[];
  readonly windows: readonly { readonly from: string; readonly text: string }[];
}): Mark[] {
  const { span, width } = o;
  const { step, xOf } = scaleOf(span, width);
  const mark = (x: number, text: string, kind: Mark['kind'], anchor: 'start' | 'middle' | 'end'): Mark => {
    const w = textWidth(text, o.size);
    const from = Math.max(0, Math.min(width - w, anchor === 'start' ? x : anchor === 'end' ? x - w : x - w / 2));
    return { x, text, kind, from, to: from + w };
  };
  const all: Mark[] = [];
  if (o.today.day >= 1 && o.today.day <= span.days) all.push(mark(xOf(o.today.day), o.today.text, 'today', 'middle'));
  all.push(mark(0, o.from, 'end', 'start'), mark(width, o.to, 'end', 'end'));
  for (const b of o.batches) all.push(mark(1 + dayPosition(span, b.issuedAt, o.offset) * step, b.text, 'batch', 'middle'));
  // Just after today's own label the window's still fits, moved aside.
  for (const w of o.windows) {
    const x = xOf(daysBetween(span.from, w.from) + 1);
    const today = all.find((m) => m.kind === 'today');
    const from = today !== undefined && x < today.to + 6 && x + 80 > today.from ? today.to + 8 : x;
    all.push(mark(from, w.text, 'window', 'start'));
  }
  return fitLabels(all);
}

/** The days that have a tick: each of a campaign, the longer ones by ten; of a register the first of each month, longer by quarters. */
export function ticksOf(span: Span): { readonly day: number; readonly tall: boolean }[] {
  const ticks: { day: number; tall: boolean }[] = [];
  for (let day = 1; day <= span.days; day += 1) {
    const date = new Date(Date.parse(`${span.from}T00:00:00Z`) + (day - 1) * 86_400_000);
    const firstOfMonth = date.getUTCDate() === 1;
    const tall = span.counted ? day % 10 === 0 || day === 1 : firstOfMonth && date.getUTCMonth() % 3 === 0;
    if (tall || span.counted || firstOfMonth) ticks.push({ day, tall });
  }
  return ticks;
}

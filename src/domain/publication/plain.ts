import { partsOf, type Block, type Inlines } from './document.ts';
import { countsSomething, literalsIn } from './literals.ts';

/** A number that its author says is no figure, with the sentence that it stands in. */
export interface PlainNumber {
  readonly text: string;
  /** The sentence; a bound figure in it is written as `…`. */
  readonly sentence: string;
  /** Says as many or as much of something, as a figure does: a percentage, or a number before a word that counts or measures. */
  readonly kind: 'share' | 'count' | 'other';
}

/** Numbers marked as plain in a text, in reading order: nobody checks them, so whoever releases it has to see them. */
export function plainNumbers(blocks: readonly Block[]): PlainNumber[] {
  return blocks.flatMap((block) => partsOf(block).flatMap(plainIn));
}

function plainIn(inlines: Inlines): PlainNumber[] {
  const texts = inlines.map((run) => (run.kind === 'text' || run.kind === 'plain' ? run.text : '…'));
  const whole = texts.join('');
  const out: PlainNumber[] = [];
  let from = 0;
  for (const [i, run] of inlines.entries()) {
    const text = texts[i] as string;
    const to = from + text.length;
    if (run.kind === 'plain') out.push({ text, sentence: sentenceAround(whole, from, to), kind: kindOf(text, whole.slice(to)) });
    from = to;
  }
  return out;
}

function kindOf(text: string, after: string): PlainNumber['kind'] {
  if (literalsIn(text).some((l) => l.percent) || /^\s?(?:%|％|个百分点|percent)/.test(after)) return 'share';
  return countsSomething(text, after) ? 'count' : 'other';
}

/** Whether a sentence ends with the character at a place: a full stop before a digit is a decimal point. */
function ends(whole: string, i: number): boolean {
  const c = whole[i] as string;
  return c === '.' ? !/\d/.test(whole[i + 1] ?? '') : /[。！？；!?;]/.test(c);
}

function sentenceAround(whole: string, from: number, to: number): string {
  let start = from;
  while (start > 0 && !ends(whole, start - 1)) start--;
  let stop = to;
  while (stop < whole.length && !ends(whole, stop)) stop++;
  return whole.slice(start, stop + 1).trim();
}

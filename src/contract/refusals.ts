import { fillNames } from '../domain/kernel/quotes.ts';
import type { Refusal } from '../domain/kernel/refusal.ts';
import { refusals } from '../domain/refusals.ts';

/** The words of a refusal with its details filled in. */
export function explain(refusal: Refusal): { status: number; zh: string; en: string } {
  const words = refusals[refusal.code];
  const fill = (text: string) =>
    fillNames(text, (key) => {
      const value = refusal.details[key];
      return Array.isArray(value) ? value.join(', ') : String(value ?? '');
    });
  return { status: words.status, zh: fill(words.zh), en: fill(words.en) };
}

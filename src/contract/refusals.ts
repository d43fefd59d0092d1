import { detailWords } from './detail-words.ts';
import { fillNames } from '../domain/kernel/quotes.ts';
import type { Refusal } from '../domain/kernel/refusal.ts';
import { refusals } from '../domain/refusals.ts';

/** The words of a refusal with its details filled in. */
export function explain(refusal: Refusal): { status: number; zh: string; en: string } {
  const words = refusals[refusal.code];
  const fill = (text: string, language: 0 | 1) =>
    fillNames(text, (key) => {
      const value = refusal.details[key];
      return (Array.isArray(value) ? value : [value ?? ''])
        .map((v) => detailWords(key, String(v))[language])
        .join(language === 0 ? '、' : ', ');
    });
  return { status: words.status, zh: fill(words.zh, 0), en: fill(words.en, 1) };
}

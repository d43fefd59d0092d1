import type { Bilingual } from '../../domain/campaign/settings.ts';
import type { Instant } from '../../domain/kernel/instant.ts';
import { inCampaignTime } from '../../domain/kernel/standing.ts';
import { cityOf, levelOf } from '../../domain/kernel/place.ts';
import { registerWords } from '../../domain/registers/settings.ts';
import type { View } from '../figures/as-of.ts';
import { clueWords, currencyWord, stateWords, type TableLang } from './words.ts';

/** What the codes of a campaign are called in a language; a code without a name stands for itself. */
export interface Names {
  readonly lang: TableLang;
  readonly city: (place: number) => string | null;
  readonly county: (place: number) => string | null;
  readonly aspect: (code: string | null) => string | null;
  readonly type: (code: string | null) => string | null;
  readonly state: (code: string) => string;
  readonly clue: (code: string) => string | null;
  readonly amount: (name: string) => string;
  /** An amount of the smallest unit in whole money, such as 123456 fen as 1234.56. */
  readonly money: (minor: number) => number;
  readonly currency: string;
  /** An instant in the campaign's own time. */
  readonly moment: (at: Instant) => string;
}

export function namesOf(view: View, lang: TableLang): Names {
  const { settings } = view.campaign;
  const register = registerWords(settings);
  const places = new Map(settings.places.map((p) => [p.code, lang === 'en' ? (p.nameEn ?? p.name) : p.name]));
  const place = (code: number) => places.get(code) ?? String(code);
  const listed = (list: readonly { readonly code: string; readonly name: Bilingual }[]) => {
    // The newest version of a code names it.
    const byCode = new Map(list.map((x) => [x.code, x.name[lang]]));
    return (code: string | null) => (code === null ? null : (byCode.get(code) ?? code));
  };
  const word = (words: Readonly<Record<string, Bilingual>> | undefined, code: string) => words?.[code]?.[lang];
  const unit = 10 ** (register?.currencyDigits ?? 2);
  return {
    lang,
    city: (code) => (code === 0 || levelOf(code) === 'province' ? null : place(cityOf(code))),
    county: (code) => (code !== 0 && levelOf(code) === 'county' ? place(code) : null),
    aspect: listed(settings.aspects),
    type: listed(settings.types),
    state: (code) => word(register?.states, code) ?? word(stateWords, code) ?? code,
    clue: (code) => (code === '' ? null : (word(clueWords, code) ?? code)),
    amount: (name) => word(register?.amounts, name) ?? name,
    money: (minor) => minor / unit,
    currency: currencyWord(settings.currency, lang),
    moment: inCampaignTime(settings),
  };
}

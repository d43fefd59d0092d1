import type { Bilingual, CampaignSettings, FactRule, FigureDefinition, Phase, PlaceEntry } from '../campaign/settings.ts';
import type { PlainDate } from '../kernel/instant.ts';
import type { PlaceCode } from '../kernel/place.ts';

/**
 * How a dated register of another regulator becomes a historic campaign. A mapping is data: a new register needs no release.
 * Texts that are "templates" name columns in braces, such as `{COUNTY} {DOCUMENTNO}`.
 */
export interface Mapping {
  /** Version of this form; 1. */
  readonly mapping: 1;
  readonly campaign: string;
  readonly name: Bilingual;
  /** Where the records come from and under which licence; shown wherever the campaign is shown. */
  readonly notice: Bilingual;
  /** The fixed offset of the register's own dates, such as `-05:00`. */
  readonly utcOffset: string;
  readonly currency: { readonly code: string /** Digits after the point: 2 keeps cents. */; readonly digits: number };
  readonly phases: readonly Phase[];
  readonly places: {
    readonly root: PlaceEntry;
    readonly list: readonly (PlaceEntry & { readonly values: readonly string[] })[];
    readonly note: Bilingual;
  };
  /** Code lists by name. */
  readonly lists: Readonly<Record<string, CodeList>>;
  /** The list that the campaign's types are, and the one its aspects are; null for none. */
  readonly types: string | null;
  readonly aspects: string | null;
  /** Ledger states in order. `vanished` is always there. */
  readonly states: readonly { readonly code: string; readonly name: Bilingual }[];
  readonly registers: readonly RegisterMapping[];
  readonly facts: readonly FactRule[];
  readonly figures: readonly FigureDefinition[];
  readonly pressSet: CampaignSettings['pressSet'];
  readonly dashboard: CampaignSettings['dashboard'];
  readonly moments: CampaignSettings['moments'];
  readonly bridges: readonly Bridge[];
}

/** Values of a column and the codes they stand for. */
export interface CodeList {
  /** Tried in order; the first entry that has the value, or whose pattern fits it, is taken. */
  readonly entries: readonly {
    readonly code: string;
    readonly name: Bilingual;
    readonly values?: readonly string[];
    readonly matches?: string;
  }[];
  /** Further codes are made of the values seen when the campaign is opened: the most frequent first, ties by code point. */
  readonly seen?: { readonly max: number };
  /** The code of any other value: one of the entries, null for none, or `reject` to refuse the row. */
  readonly otherwise: string | null;
}

/** A condition on the columns of a row. */
export interface RowCondition {
  readonly column: string;
  readonly equals?: readonly string[];
  readonly matches?: string;
  readonly present?: boolean;
}

/** What to do with a value that cannot be true: leave it out (it stays in the fields as published), or keep it; both are listed. */
export type OddAction = 'leaveOut' | 'keep';

/** A bound of a date: a day or the word `recorded` for the day of recording, or another date of the row moved by days. */
export type Bound = PlainDate | { readonly date: string; readonly days: number };

export interface DateRule {
  readonly column: string;
  /** Tried in order. Tokens: YYYY YY MM M DD D HH H hh h mm ss A. */
  readonly formats: readonly string[];
  /** Two-digit years below it belong to 20xx, the others to 19xx. */
  readonly pivot?: number;
  readonly notBefore?: Bound;
  readonly notAfter?: Bound;
  readonly odd?: OddAction;
  /** A text that is no date: leave it out and list it (the default), or reject the row. */
  readonly malformed?: 'leaveOut' | 'reject';
}

export interface AmountRule {
  readonly column: string;
  readonly name: Bilingual;
  readonly decimal?: '.' | ',';
  readonly thousands?: ',' | '.' | ' ' | "'";
  readonly negative?: boolean;
  /** In whole units of the currency: anything above is listed as implausible, and kept. */
  readonly max?: number;
  /** A text that is no amount: reject the row (the default), or leave the amount out and list it. */
  readonly malformed?: 'leaveOut' | 'reject';
}

/** A value taken from a row: a template, then the first group of a pattern if there is one. */
export interface ValueRule {
  readonly value: string;
  readonly extract?: string;
}

export interface RegisterMapping {
  readonly code: string;
  readonly name: Bilingual;
  /** Which files hold it: those with these columns, and a name that fits the pattern if there is one. */
  readonly file: { readonly columns: readonly string[]; readonly name?: string; readonly encoding?: string; readonly delimiter?: string };
  /** `full`: a record that a file no longer has has vanished. `partial`: it may still exist. */
  readonly snapshot: 'full' | 'partial';
  readonly key: readonly string[];
  /** What happens to a second row of the same key. */
  readonly duplicates: 'first' | 'reject' | { readonly latest: string };
  /** Made of key columns only, so that it never changes. */
  readonly no: string;
  readonly unit: string;
  readonly unitKey?: string;
  readonly text: string;
  readonly place: ValueRule & { /** Code for other values; without it the row is rejected. */ readonly otherwise?: PlaceCode };
  readonly lon?: string;
  readonly lat?: string;
  readonly type?: ValueRule;
  readonly aspect?: ValueRule;
  /** Tried in order; the last one may have no condition. A row that fits none is rejected. */
  readonly state: readonly { readonly state: string; readonly when: readonly RowCondition[] }[];
  readonly dates: Readonly<Record<string, DateRule>>;
  readonly openedOn?: string;
  readonly deadline?: string;
  readonly steps: readonly { readonly code: string; readonly name: Bilingual; readonly date: string }[];
  readonly amounts: Readonly<Record<string, AmountRule>>;
  readonly flags: readonly { readonly code: string; readonly name: Bilingual; readonly when: readonly RowCondition[] }[];
  /** Columns kept as published. */
  readonly fields: readonly string[];
  /** A change of nothing but these is a correction. Names as `changedFields` gives them. */
  readonly corrections: readonly string[];
  /** A column that says when the file was made: it should name the day of recording, or lie before it. */
  readonly asOf?: { readonly column: string; readonly formats: readonly string[]; readonly rule: 'sameDay' | 'notAfter' };
}

/** A chain of named sums from what the rows of a file add up to, to a sum that a fact counts. */
export interface Bridge {
  readonly code: string;
  readonly name: Bilingual;
  readonly register: string;
  readonly amount: string;
  /** The words for: all rows, minus rejected rows, minus further rows of the same key, leaving records. */
  readonly rows: Bilingual;
  readonly rejected: Bilingual;
  readonly repeated: Bilingual;
  readonly records: Bilingual;
  /** Taken away in order; a record is taken away once, by the first line it fits. */
  readonly minus: readonly { readonly name: Bilingual; readonly when: FactRule['when'] }[];
  readonly result: { readonly name: Bilingual; readonly fact: string };
}

import type { PlainDate } from '../kernel/instant.ts';
import type { PlaceCode } from '../kernel/place.ts';
import type { NumberPattern } from './numbering.ts';
import type { HasteRule } from '../leads/rule.ts';

/** A text in the product's two languages. */
export interface Bilingual {
  readonly zh: string;
  readonly en: string;
}

/**
 * How past `recordedAt`s came to be: `live` has none; `synthetic` was made by a generator; `historic` was loaded from
 * dated outside records.
 */
export type CampaignMode = 'live' | 'synthetic' | 'historic';

export interface Phase {
  readonly code: string;
  readonly name: Bilingual;
  readonly from: PlainDate;
  readonly to: PlainDate;
}

/** A value of a classification with its number in the roll-ups (stable, from 1). */
export interface CodeItem {
  readonly code: string;
  readonly no: number;
  readonly name: Bilingual;
}

/** A rule by which a deadline may move; a deadline never moves otherwise. */
export interface ExtensionRule {
  readonly code: string;
  readonly name: Bilingual;
  readonly maxDays: number;
  /** How often it may be used on one problem. */
  readonly times: number;
}

/** One version of an aspect (方面): a class of the campaign's targets with its own unit of count and criteria. */
export interface AspectDefinition {
  readonly code: string;
  readonly no: number;
  readonly version: number;
  readonly name: Bilingual;
  readonly unit: Bilingual;
  readonly criteria: Bilingual;
  readonly evidence: readonly string[];
  readonly acceptanceBody: string;
  readonly noticeDays: number;
  readonly deadlineDays: number;
}

/** A key task (重点任务): areas and lists that cut across aspects. */
export interface KeyTask {
  readonly code: string;
  readonly name: Bilingual;
  readonly places: readonly PlaceCode[];
  readonly lists: readonly { readonly name: Bilingual; readonly source: string; readonly entries: readonly string[] }[];
}

export interface PlaceEntry {
  readonly code: PlaceCode;
  readonly name: string;
  readonly nameEn?: string;
  /** Validity; the GB/T 2260 file is the state of 2023 and says so in `note`. */
  readonly validFrom?: PlainDate;
  readonly validTo?: PlainDate;
  readonly statisticsOnly?: boolean;
  /** Position on the schematic map: column and row of a grid of tiles. */
  readonly tile?: readonly [number, number];
}

/** When an item of an outside register belongs to a fact: all conditions hold. */
export interface FactRule {
  readonly fact: string;
  readonly when: readonly { readonly field: string; readonly equals?: readonly string[]; readonly present?: boolean }[];
  /** Name of the amount that is summed; absent for counts. */
  readonly amount?: string;
}

/**
 * A figure as data. Counts and sums name one fact; a ratio names two sums of facts with signs.
 * The fact may depend on whether a filter is used (`byFilter`), as for sources inspected under an aspect.
 */
export interface FigureDefinition {
  readonly id: string;
  readonly version: number;
  readonly unit: string;
  readonly name: Bilingual;
  readonly predicate: Bilingual;
  readonly filters: readonly string[];
  readonly count?: { readonly fact: string; readonly sum?: 'n' | 'amount'; readonly byFilter?: Readonly<Record<string, string>> };
  readonly ratio?: { readonly numerator: readonly FactTerm[]; readonly denominator: readonly FactTerm[] };
  /** Estimates from draws are not counts; they are absent until a draw exists. */
  readonly estimate?: 'verified';
}

export interface FactTerm {
  readonly fact: string;
  readonly sign: 1 | -1;
}

/** One entry of a figure set: the figure with a filter. */
export interface FigureRef {
  readonly id: string;
  readonly filter: Readonly<Record<string, string | number | readonly number[]>>;
}

/** What a campaign is: phases, places, classifications, rules. Everything here is data; a new value needs no release. */
export interface CampaignSettings {
  readonly slug: string;
  readonly name: Bilingual;
  readonly mode: CampaignMode;
  readonly utcOffsetMinutes: number;
  readonly currency: string;
  readonly phases: readonly Phase[];
  readonly root: PlaceCode;
  readonly places: readonly PlaceEntry[];
  readonly placesNote: Bilingual;
  readonly types: readonly CodeItem[];
  readonly measures: readonly CodeItem[];
  readonly states: readonly string[];
  readonly aspects: readonly AspectDefinition[];
  readonly extensionRules: readonly ExtensionRule[];
  readonly pressSet: readonly FigureRef[];
  /** Moments that a page offers first, such as a press conference. */
  readonly moments: readonly { readonly at: string; readonly name: Bilingual }[];
  /** Marked on the ruler, such as the event guarantee window. */
  readonly windows: readonly { readonly name: Bilingual; readonly from: PlainDate; readonly to: PlainDate }[];
  /** Facts of an outside register's records; empty for a campaign of our own. */
  readonly facts: readonly FactRule[];
  /** Shown wherever the campaign is shown: what is generated, where records came from, under which licence. */
  readonly notice: Bilingual;
  /** Smallest count by place and class that is published; 5 where absent (小数保护). */
  readonly smallestPublished?: number;
  /** Patterns of the campaign's own numbers; absent in campaigns from before, which go on in the pattern they have. */
  readonly numbering?: { readonly problem: NumberPattern };
  /** Acceptance happens with no public notice where 0. */
  readonly defaultNoticeDays: number;
  /** Pattern of the document numbers of letters, such as `督〔{year}〕{batch}-{n}号`; absent: the usual one. */
  readonly letterNumber?: string;
  /** When clearing goes too fast to be careful; absent: the usual rule. */
  readonly haste?: HasteRule;
  readonly dashboard: {
    readonly headline: readonly FigureRef[];
    /** Columns of the table by place: figure ids. */
    readonly placeColumns: readonly FigureRef[];
    /** Lines of the cumulative chart: figure ids. */
    readonly curve: readonly FigureRef[];
    /** Figure by which the tile map is shaded. */
    readonly map: FigureRef | null;
  };
}

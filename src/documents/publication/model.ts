import type { Bilingual } from '../../domain/campaign/settings.ts';
import type { CheckpointRef, FrozenFigure } from '../../domain/publication/acts.ts';
import type { Change } from '../../domain/publication/diff.ts';
import type { TextLang } from '../../domain/publication/reading.ts';

/** A run as it is printed: words, or a figure by its number in `figures`. */
export interface ShownRun {
  readonly text: string;
  readonly figure?: number;
}
export type ShownRuns = readonly ShownRun[];

export type ShownBlock =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly runs: ShownRuns }
  | { readonly kind: 'paragraph'; readonly runs: ShownRuns }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly ShownRuns[] }
  | { readonly kind: 'table'; readonly rows: readonly (readonly ShownRuns[])[] };

/** A frozen figure with the words it is shown in. */
export interface ShownFigure extends FrozenFigure {
  readonly name: string;
  readonly predicate: Bilingual;
  /** Which cohort; empty for all. */
  readonly cohort: string;
  readonly shown: string;
  /** 1,258／1,914 for a rate. */
  readonly fraction: string | null;
  /** Path of the public list of its records. */
  readonly path: string;
}

export interface ShownCorrection {
  readonly no: number;
  readonly title: string;
  readonly reason: string;
  readonly changes: readonly Change[];
  readonly figures: readonly { readonly name: string; readonly before: string; readonly after: string }[];
}

/** Everything the files of a released bulletin are made of; plain data, so the same model gives the same bytes. */
export interface PublicationModel {
  readonly campaign: { readonly slug: string; readonly name: string; readonly mode: string; readonly notice: string };
  readonly no: number;
  readonly kind: string;
  readonly title: string;
  readonly lang: TextLang;
  readonly issuer: string;
  /** As `formatWithOffset` writes it. */
  readonly asOf: string;
  readonly releasedAt: string;
  /** Text form of the body, for the proof bundle. */
  readonly body: string;
  readonly blocks: readonly ShownBlock[];
  readonly figures: readonly ShownFigure[];
  readonly checkpoint: CheckpointRef | null;
  readonly corrects: ShownCorrection | null;
  /** Permanent public path. */
  readonly path: string;
  /** What the QR code says: the signed checkpoint, or without one what this bulletin can be recognised by. */
  readonly seal: string;
}

/** What the proof bundle holds beside the model. */
export interface Proof {
  /** For each figure the ids it counts, numerator and denominator. */
  readonly records: readonly { readonly numerator: readonly string[]; readonly denominator: readonly string[] | null }[];
  /** Canonical JSON of each definition, by its hash. */
  readonly definitions: Readonly<Record<string, string>>;
}

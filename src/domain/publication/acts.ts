import type { FigureFilter } from '../clearance/filter.ts';
import type { TextLang } from './reading.ts';

/** What a bulletin is: 通报, 新闻通稿, 答问口径, 阶段小结. */
export const bulletinKinds = ['bulletin', 'press', 'qa', 'phase-summary'] as const;
export type BulletinKind = (typeof bulletinKinds)[number];

/** What its authors write. */
export interface BulletinText {
  readonly title: string;
  readonly lang: TextLang;
  /** Text form of the body, see `document.ts`. */
  readonly body: string;
  /** Instant of figures that name none of their own, ISO 8601 with the campaign's offset. */
  readonly asOf: string;
}

/** The other bulletin of a correction, and why. */
export interface Correction {
  readonly id: string;
  readonly reason: string;
}

/** A figure as it is frozen into a released bulletin. */
export interface FrozenFigure {
  readonly id: string;
  readonly version: number;
  /** SHA-256 of the canonical JSON of the definition. */
  readonly definitionHash: string;
  readonly filter: FigureFilter;
  readonly asOf: string;
  /** Acts of the campaign recorded by then. */
  readonly logSize: number;
  readonly numerator: number;
  readonly denominator: number | null;
  readonly value: number | null;
  readonly unit: string;
  /** Merkle root over the ids of the records counted in the numerator. */
  readonly recordsRoot: string;
  /** The same for the denominator of a rate. */
  readonly denominatorRoot: string | null;
  /** `quoted` stands in the text; `beside` is shown with a rate so that it is not taken for another. */
  readonly role: 'quoted' | 'beside';
}

export const artefactFormats = ['html', 'docx', 'pdf', 'zip'] as const;
export type ArtefactFormat = (typeof artefactFormats)[number];

export interface Artefact {
  readonly format: ArtefactFormat;
  readonly sha256: string;
  readonly bytes: number;
}

/** A signed checkpoint of the log (检查点): its size, root and signed text. */
export interface CheckpointRef {
  readonly size: number;
  readonly rootHash: string;
  readonly note: string;
}

export interface ReleasedPayload {
  readonly figures: readonly FrozenFigure[];
  readonly artefacts: readonly Artefact[];
  readonly checkpoint: CheckpointRef | null;
  /** Id of the bulletin this one corrects. */
  readonly corrects: string | null;
  /** The instant printed on it, chosen before the files were made of it; ISO 8601 with the campaign's offset. */
  readonly releasedAt: string;
  /** Formats and versions of what made the files: the same ones make the same bytes. */
  readonly renderer: string;
}

/** Payloads of the acts of a bulletin's stream. */
export interface BulletinPayloads {
  BulletinDrafted: BulletinText & { readonly no: number; readonly kind: BulletinKind; readonly corrects: Correction | null };
  BulletinRevised: BulletinText;
  BulletinSubmitted: Record<string, never>;
  BulletinReturned: { readonly reason: string };
  BulletinReleased: ReleasedPayload;
  BulletinCorrected: { readonly by: string; readonly reason: string };
}

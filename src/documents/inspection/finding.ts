import type { RefusalCode } from '../../domain/refusals.ts';
import type { MediaType } from '../../domain/evidence/media.ts';

/** A copy made of an image, in a file of the scratch folder. */
export interface MadeCopy {
  readonly transform: string;
  readonly path: string;
  readonly mediaType: string;
}

/** What an inspection found, or (thrown as Rejected, passed on as data) why the file is not taken. */
export interface Finding {
  readonly mediaType: MediaType;
  readonly deviceTakenAt: string | null;
  readonly hasLocation: boolean;
  /** What a picture looks like; null for what is none, and for one too plain to be compared. */
  readonly likeness: string | null;
  readonly copies: readonly MadeCopy[];
}

export interface Rejection {
  readonly code: RefusalCode;
  readonly details: Readonly<Record<string, string | number>>;
}

export class Rejected extends Error {
  readonly rejection: Rejection;

  constructor(code: RefusalCode, details: Rejection['details'] = {}) {
    super(code);
    this.name = 'Rejected';
    this.rejection = { code, details };
  }
}

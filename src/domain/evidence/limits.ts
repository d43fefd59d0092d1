/** Kinds of evidence (证据种类). */
export const evidenceKinds = ['photo', 'document', 'monitoring', 'video'] as const;
export type EvidenceKind = (typeof evidenceKinds)[number];

const MB = 1_000_000;

/** The most bytes one file may have, by kind; the one place where it stands. */
export const maxBytesOf: Readonly<Record<EvidenceKind, number>> = {
  photo: 40 * MB,
  document: 60 * MB,
  monitoring: 60 * MB,
  video: 500 * MB,
};

export const maxBytesOfAny = Math.max(...Object.values(maxBytesOf));

/** What one person may have under way at once. */
export const maxOpenUploads = 20;
export const maxOpenBytes = 2_000 * MB;

/** An upload that is not complete by then is dropped. */
export const uploadHours = 24;

/** What an inspection may take; a file that needs more is refused. */
export const inspection = {
  pixels: 50_000_000,
  frames: 20,
  zipEntries: 2_000,
  zipBytes: 100 * MB,
  zipRatio: 100,
  milliseconds: 5_000,
  /** Resident memory of the inspecting process. */
  memoryBytes: 700 * MB,
  /** Its JavaScript heap. */
  heapMegabytes: 160,
} as const;

/** Sides of the copies that are shown, in pixels. */
export const viewSide = 2560;
export const thumbnailSide = 240;

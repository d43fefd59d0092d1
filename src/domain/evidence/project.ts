import type { Act } from '../acts/act.ts';
import type { Instant } from '../kernel/instant.ts';
import { foldEvidence } from './state.ts';

/** An object of the evidence store as it lies with a problem: an original, or a copy made of one. */
export interface EvidenceRow {
  readonly streamId: string;
  readonly sha256: string;
  readonly itemId: string;
  readonly place: number;
  readonly bytes: number;
  readonly mediaType: string;
  readonly kind: string;
  readonly name: string;
  readonly receivedAt: Instant;
  readonly sealed: boolean;
  /** Hash of the original for a copy; null for an original. */
  readonly original: string | null;
  readonly transform: string | null;
  /** Of an original that is a picture. */
  readonly likeness: string | null;
}

/** Rows of an evidence stream: each problem's original and its copies. */
export function evidenceRows(acts: readonly Act[]): EvidenceRow[] {
  const object = acts[0]?.stream === 'evidence' ? foldEvidence(acts) : undefined;
  if (object === undefined) return [];
  return object.receipts.flatMap(({ payload: p, at }) => {
    const common = { streamId: object.id, itemId: p.itemId, place: p.place, kind: p.kind, name: p.name };
    const original = { ...common, sha256: p.sha256, bytes: p.bytes, mediaType: p.mediaType, receivedAt: at, sealed: object.sealed };
    return [
      { ...original, original: null, transform: null, likeness: p.likeness ?? null },
      ...object.renditions.map((r) => ({
        ...common,
        sha256: r.sha256,
        bytes: r.bytes,
        mediaType: r.mediaType,
        receivedAt: r.at > at ? r.at : at,
        sealed: false,
        original: p.sha256,
        transform: r.transform,
        likeness: null,
      })),
    ];
  });
}

import type { PlaceCode } from '../kernel/place.ts';

/** Evidence as metadata: the bytes live in the evidence store under the same hash. */
export interface EvidenceRef {
  /** SHA-256 of the original bytes, 64 hexadecimal digits. */
  readonly sha256: string;
  readonly kind: 'photo' | 'document' | 'monitoring' | 'video';
  readonly name: string;
  /** When it was made, ISO 8601 with offset, as its maker says. */
  readonly takenAt: string;
  readonly bytes?: number;
}

/** Acts of the custody of an object (保管链). */
export interface EvidencePayloads {
  EvidenceReceived: {
    readonly sha256: string;
    readonly bytes: number;
    /** As the bytes show it. */
    readonly mediaType: string;
    readonly kind: EvidenceRef['kind'];
    readonly name: string;
    /** When it was made, as whoever handed it in says. */
    readonly takenAt: string | null;
    /** When it was made, as the file itself says; a claim as well. */
    readonly deviceTakenAt: string | null;
    /** Whether the file says where it was made; where stays in the sealed original. */
    readonly hasLocation: boolean;
    /** What a picture looks like (see `likenessOf`); absent where it is none, is too plain, or came in before this was looked at. */
    readonly likeness?: string;
    readonly itemId: string;
    readonly itemNo: string;
    readonly place: PlaceCode;
  };
  EvidenceSealed: { readonly reason: string };
  EvidenceViewed: { readonly rendition: string | null };
  EvidenceExported: { readonly purpose: string };
  RenditionDerived: {
    readonly source: string;
    readonly sha256: string;
    readonly transform: string;
    readonly bytes: number;
    readonly mediaType: string;
  };
}

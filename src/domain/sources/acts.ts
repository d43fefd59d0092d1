import type { PlaceCode } from '../kernel/place.ts';

/** Acts of a pollution source (污染源). */
export interface SourcePayloads {
  SourceRegistered: {
    readonly no: string;
    readonly name: string;
    readonly uscc: string | null;
    readonly place: PlaceCode;
    readonly lon: number | null;
    readonly lat: number | null;
    readonly industry: string;
    readonly outlets: readonly string[];
    readonly scattered: boolean;
  };
  SourceClosureAccepted: { readonly reason: string };
  SourceRevived: { readonly reason: string };
}

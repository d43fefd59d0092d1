import type { PlainDate } from '../kernel/instant.ts';
import type { PlaceCode } from '../kernel/place.ts';

/** Acts of a penalty case (行政处罚). */
export interface PenaltyPayloads {
  CaseFiled: {
    readonly no: string;
    readonly unit: string;
    readonly sourceId: string | null;
    readonly problemId: string | null;
    readonly place: PlaceCode;
    readonly cause: string;
    readonly department: string;
  };
  PenaltyDecided: { readonly docNo: string; readonly amountFen: number; readonly basis: string };
  DailyFineDecided: { readonly docNo: string; readonly amountFen: number; readonly from: PlainDate; readonly to: PlainDate };
  MeasureDecided: { readonly measure: string; readonly docNo: string };
  PenaltyRevoked: { readonly reason: string };
}

import type { Personal } from '../acts/sealed.ts';
import type { PlainDate } from '../kernel/instant.ts';
import type { PlaceCode } from '../kernel/place.ts';

/** Acts of batches and letters (督办). */
export interface SupervisionPayloads {
  BatchIssued: { readonly no: number; readonly name: string; readonly deadline: PlainDate };
  LetterIssued: {
    readonly batch: number;
    readonly place: PlaceCode;
    readonly government: string;
    readonly docNo: string;
    readonly problems: number;
    readonly deadline: PlainDate;
  };
  LetterReceived: { readonly by: Personal };
}

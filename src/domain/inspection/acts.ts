import type { Personal } from '../acts/sealed.ts';
import type { PlaceCode } from '../kernel/place.ts';

/** Acts of an inspection (现场检查), in the stream of its source. */
export interface InspectionPayloads {
  InspectionCompleted: {
    readonly no: string;
    readonly place: PlaceCode;
    readonly aspect: string;
    readonly officers: readonly Personal[];
    readonly legalBody: string;
    readonly result: 'clean' | 'problems';
    readonly text: string;
  };
}

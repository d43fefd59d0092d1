import type { PlainDate } from '../kernel/instant.ts';
import type { PlaceCode } from '../kernel/place.ts';

/** Acts of central inspection tasks and measures (中央环保督察). */
export interface CentralPayloads {
  TaskRegistered: {
    readonly no: string;
    readonly title: string;
    readonly place: PlaceCode;
    readonly lead: string;
    readonly deadline: PlainDate;
  };
  MeasureRegistered: { readonly no: string; readonly taskId: string; readonly text: string; readonly place: PlaceCode };
  CentralItemAccepted: { readonly body: string; readonly text: string };
}

import type { PlaceCode } from '../kernel/place.ts';

/** Acts of engineering projects (工程项目). */
export interface ProjectPayloads {
  ProjectRegistered: {
    readonly no: string;
    readonly name: string;
    readonly kind: string;
    readonly place: PlaceCode;
    readonly amount: number;
    readonly unit: string;
  };
  ProjectCompleted: { readonly body: string };
}

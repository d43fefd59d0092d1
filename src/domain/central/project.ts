import { assertNever } from '../kernel/refusal.ts';
import type { Feature } from '../projections/feature.ts';
import { counted, countsUntil } from '../projections/steps.ts';

/** What the projections keep of tasks and measures of a central inspection. */
export const centralFeature: Feature = {
  facts: countsUntil(['task', 'measure'], (act, active) => {
    switch (act.kind) {
      case 'TaskRegistered':
        return [counted('central.task', { place: act.payload.place })];
      case 'MeasureRegistered':
        return [counted('central.measure', { place: act.payload.place })];
      case 'CentralItemAccepted':
        return active.slice(0, 1).flatMap((was) => [was, counted(`${was.fact}.accepted`, was.dims)]);
    }
    return assertNever(act);
  }),
};

import { assertNever } from '../kernel/refusal.ts';
import type { Feature } from '../projections/feature.ts';
import { counted, countsUntil } from '../projections/steps.ts';

/** What the projections keep of engineering projects. */
export const projectFeature: Feature = {
  facts: countsUntil(['project'], (act, active) => {
    switch (act.kind) {
      case 'ProjectRegistered':
        return [counted('project.registered', { place: act.payload.place })];
      case 'ProjectCompleted':
        return [...active, counted('project.completed', { place: active[0]?.dims.place ?? 0 })];
    }
    return assertNever(act);
  }),
};

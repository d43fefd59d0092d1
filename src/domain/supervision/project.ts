import { assertNever } from '../kernel/refusal.ts';
import type { Feature } from '../projections/feature.ts';
import { counted, countsUntil } from '../projections/steps.ts';

/** What the projections keep of batches and letters. */
export const supervisionFeature: Feature = {
  facts: countsUntil(['batch', 'letter'], (act, active) => {
    switch (act.kind) {
      case 'BatchIssued':
        return [counted('batch.issued', { batch: act.payload.no })];
      case 'LetterIssued':
        return [counted('letter.issued', { place: act.payload.place, batch: act.payload.batch })];
      case 'LetterReceived':
        return active;
    }
    return assertNever(act);
  }),
};

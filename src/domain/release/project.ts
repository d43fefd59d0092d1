import { assertNever } from '../kernel/refusal.ts';
import type { Feature } from '../projections/feature.ts';
import { counted, countsUntil } from '../projections/steps.ts';

/** What the projections keep of what is made public. */
export const releaseFeature: Feature = {
  facts: countsUntil(['publication'], (act) => {
    switch (act.kind) {
      case 'CasePublished':
        return [counted('publication.case')];
      case 'FiguresPublished':
        return [counted('publication.figures')];
      case 'PublicationWithdrawn':
        return [];
    }
    return assertNever(act);
  }),
};

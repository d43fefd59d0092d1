import { z } from 'zod';
import { bilingual, figureFilter, problemDetails } from '../../contract/common.ts';
import type { Feature } from './feature.ts';

const shared = { ProblemDetails: problemDetails, Bilingual: bilingual, FigureFilter: figureFilter };

/** Names the schemas of features once in a process, so that the description refers to them instead of repeating them. */
export function nameSchemas(features: readonly Feature[]): void {
  for (const named of [shared, ...features.map((feature) => feature.schemas ?? {})]) {
    for (const [id, schema] of Object.entries(named)) {
      if (!z.globalRegistry.has(schema)) z.globalRegistry.add(schema, { id });
    }
  }
}

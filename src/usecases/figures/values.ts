import type { FigureDefinition, FigureRef } from '../../domain/campaign/settings.ts';
import { parseFilter, type FigureFilter } from '../../domain/clearance/filter.ts';
import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import { figureValues, type FigureContext, type FigureRequest, type FigureResult } from '../../storage/figures/values.ts';
import type { Services } from '../services.ts';
import type { View } from './as-of.ts';

/** A figure as it is given out. */
export interface FigureValue {
  readonly id: string;
  readonly version: number;
  readonly filter: FigureFilter;
  readonly numerator: number;
  readonly denominator: number | null;
  readonly value: number | null;
  readonly unit: string;
}

export function findFigure(view: View, id: string): FigureDefinition | undefined {
  return view.campaign.figures.filter((f) => f.id === id).at(-1);
}

/**
 * A figure with a filter given as text.
 * @refuses figure.unknown and what `parseFilter` refuses
 */
export function requestOf(view: View, id: string, raw: Readonly<Record<string, string>>): FigureRequest | Refusal {
  const definition = findFigure(view, id);
  if (definition === undefined) return refuse('figure.unknown', { figure: id, known: view.campaign.figures.map((f) => f.id) });
  const filter = parseFilter(raw, definition, view.campaign.settings);
  return isRefusal(filter) ? filter : { definition, filter };
}

/** Requests for references kept as data (press set, dashboard); those whose figure the campaign lacks are left out. */
export function requestsOf(view: View, refs: readonly FigureRef[]): FigureRequest[] {
  return refs.flatMap((ref) => {
    const definition = findFigure(view, ref.id);
    return definition === undefined ? [] : [{ definition, filter: ref.filter as FigureFilter }];
  });
}

export function contextOf(s: Services, view: View): FigureContext {
  return { campaignId: view.row.id, settings: view.campaign.settings, scope: view.scope, asOf: view.watermark, names: s.names };
}

function valueOf(request: FigureRequest, result: FigureResult): FigureValue {
  const { numerator, denominator } = result;
  return {
    id: request.definition.id,
    version: request.definition.version,
    filter: request.filter,
    numerator,
    denominator,
    value: denominator === null ? numerator : denominator === 0 ? null : numerator / denominator,
    unit: request.definition.unit,
  };
}

/** Values of several figures at once; estimates without a draw are left out. */
export async function readValues(s: Services, view: View, requests: readonly FigureRequest[]): Promise<FigureValue[]> {
  const results = await figureValues(s.database.db, requests, contextOf(s, view));
  return requests.flatMap((request, i) => {
    const result = results[i];
    return result === undefined ? [] : [valueOf(request, result)];
  });
}

import type { Campaign } from '../campaign/campaign.ts';
import type { FigureDefinition } from '../campaign/settings.ts';
import { parseFilter, type FigureFilter } from '../clearance/filter.ts';
import { formatInstant, parseInstant, type Instant } from '../kernel/instant.ts';
import { isRefusal, refuse, type Refusal } from '../kernel/refusal.ts';
import type { FigureToken } from './token.ts';

export interface ResolvedToken {
  readonly definition: FigureDefinition;
  readonly filter: FigureFilter;
  readonly asOf: Instant;
}

/**
 * What a token stands for in a campaign.
 * @param bounds  the bulletin's own instant, the clock, and below which instant nothing can still appear
 * @refuses figure.unknown, token.version-unknown, token.estimate, filter.*, asof.malformed, asof.future, asof.in-flight
 */
export function resolveToken(
  token: FigureToken,
  campaign: Campaign,
  bounds: { readonly asOf: Instant; readonly now: Instant; readonly watermark: Instant },
): ResolvedToken | Refusal {
  const versions = campaign.figures.filter((f) => f.id === token.id);
  if (versions.length === 0) return refuse('figure.unknown', { figure: token.id, known: [...new Set(campaign.figures.map((f) => f.id))] });
  const definition = versions.find((f) => f.version === token.version);
  if (definition === undefined) {
    return refuse('token.version-unknown', { figure: token.id, version: token.version, known: versions.map((f) => String(f.version)) });
  }
  if (definition.estimate !== undefined) return refuse('token.estimate', { figure: token.id });
  const filter = parseFilter(token.filter, definition, campaign.settings);
  if (isRefusal(filter)) return filter;
  const asOf = token.asOf === null ? bounds.asOf : parseInstant(token.asOf);
  if (asOf === undefined) return refuse('asof.malformed', { value: (token.asOf ?? '').slice(0, 60) });
  if (asOf > bounds.now) return refuse('asof.future', { value: token.asOf ?? formatInstant(asOf), now: formatInstant(bounds.now) });
  if (asOf > bounds.watermark) return refuse('asof.in-flight', { watermark: formatInstant(bounds.watermark) });
  return { definition, filter, asOf };
}

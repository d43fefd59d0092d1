import type { FigureDefinition } from '../../domain/campaign/settings.ts';
import type { FigureFilter } from '../../domain/clearance/filter.ts';
import { formatWithOffset, type Instant } from '../../domain/kernel/instant.ts';
import { isRefusal, type Refusal } from '../../domain/kernel/refusal.ts';
import type { Reading } from '../../domain/publication/reading.ts';
import { resolveToken } from '../../domain/publication/resolve.ts';
import { figureKey, type FigureToken } from '../../domain/publication/token.ts';
import { openView, standingOf, type View } from '../figures/as-of.ts';
import { readValues } from '../figures/values.ts';
import { installation, type Services } from '../services.ts';

/** A figure read for a text, with what is needed to freeze it. */
export interface FullReading extends Reading {
  readonly definition: FigureDefinition;
  readonly logSize: number;
  readonly view: View;
}

export interface Wanted {
  readonly definition: FigureDefinition;
  readonly filter: FigureFilter;
}

/**
 * Reads what each token of a text says, over the whole campaign: a bulletin says the same whoever asks.
 * @param asOf  the bulletin's own instant, as text
 * @returns     by `figureKey`: the reading, or why there is none
 */
export async function readTokens(
  s: Services,
  slug: string,
  asOf: string,
  tokens: readonly FigureToken[],
): Promise<Map<string, FullReading | Refusal>> {
  const out = new Map<string, FullReading | Refusal>();
  const byInstant = new Map<string, FigureToken[]>();
  for (const token of tokens) {
    const at = token.asOf ?? asOf;
    byInstant.set(at, [...(byInstant.get(at) ?? []), token]);
  }
  for (const [at, list] of byInstant) {
    const view = await openView(s, installation, 'figure.read', slug, at);
    const wanted: { key: string; want: Wanted }[] = [];
    for (const token of list) {
      const key = figureKey(token);
      if (out.has(key)) continue;
      if (isRefusal(view)) {
        out.set(key, view);
        continue;
      }
      const resolved = resolveToken(token, view.campaign, { asOf: view.asOf, now: view.asOf, watermark: view.asOf });
      if (isRefusal(resolved)) out.set(key, resolved);
      else if (!wanted.some((w) => w.key === key)) wanted.push({ key, want: resolved });
    }
    if (isRefusal(view)) continue;
    const readings = await readWanted(
      s,
      view,
      wanted.map((w) => w.want),
    );
    readings.forEach((reading, i) => out.set((wanted[i] as { key: string }).key, reading));
  }
  return out;
}

/** Values of resolved figures as of a view's instant; none of them an estimate. */
export async function readWanted(s: Services, view: View, wanted: readonly Wanted[]): Promise<FullReading[]> {
  const [values, standing] = await Promise.all([readValues(s, view, wanted), standingOf(s, view)]);
  return values.map((v, i) => ({
    ...v,
    asOf: formatWithOffset(view.asOf as Instant, view.campaign.settings.utcOffsetMinutes),
    definition: (wanted[i] as Wanted).definition,
    logSize: standing.logSize,
    view,
  }));
}

import type { CampaignSettings, FigureDefinition } from '../campaign/settings.ts';
import { levelOf, parsePlace } from '../kernel/place.ts';
import { refuse, type Refusal } from '../kernel/refusal.ts';

/** A filter as it is printed and kept: batches ascending and each once, codes as text; absent keys do not restrict. */
export interface FigureFilter {
  readonly batches?: readonly number[];
  readonly city?: string;
  readonly county?: string;
  readonly aspect?: string;
  readonly type?: string;
  readonly measure?: string;
}

export const filterKeys = ['batches', 'city', 'county', 'aspect', 'type', 'measure'] as const;

/**
 * Checks a filter given as text and puts it into its one form.
 * @param raw  key to text; `batches` is comma-separated
 * @refuses    filter.unknown-key, filter.not-of-figure, filter.malformed, filter.unknown-value
 */
export function parseFilter(
  raw: Readonly<Record<string, string>>,
  definition: FigureDefinition,
  settings: CampaignSettings,
): FigureFilter | Refusal {
  const out: Record<string, unknown> = {};
  for (const key of filterKeys) {
    const text = raw[key];
    if (text === undefined) continue;
    if (!definition.filters.includes(key)) {
      return refuse('filter.not-of-figure', { key, figure: definition.id, allowed: [...definition.filters] });
    }
    const value = parseValue(key, text, settings);
    if (typeof value === 'object' && value !== null && 'refused' in value) return value;
    out[key] = value;
  }
  const unknown = Object.keys(raw).find((key) => !(filterKeys as readonly string[]).includes(key));
  if (unknown !== undefined) return refuse('filter.unknown-key', { key: unknown, allowed: [...filterKeys] });
  return out as FigureFilter;
}

function parseValue(key: (typeof filterKeys)[number], text: string, s: CampaignSettings): string | number[] | Refusal {
  switch (key) {
    case 'batches': {
      const parts = text.split(',').map((part) => part.trim());
      if (parts.some((part) => !/^[1-9]\d{0,3}$/.test(part))) return refuse('filter.malformed', { key, value: text });
      return [...new Set(parts.map(Number))].sort((a, b) => a - b);
    }
    case 'city':
    case 'county': {
      const code = parsePlace(text);
      if (code === undefined || levelOf(code) !== key) return refuse('filter.malformed', { key, value: text });
      if (!s.places.some((p) => p.code === code)) return refuse('filter.unknown-value', { key, value: text });
      return text;
    }
    case 'aspect':
      return s.aspects.some((a) => a.code === text) ? text : refuse('filter.unknown-value', { key, value: text });
    case 'type':
      return s.types.some((t) => t.code === text) ? text : refuse('filter.unknown-value', { key, value: text });
    case 'measure':
      return s.measures.some((m) => m.code === text) ? text : refuse('filter.unknown-value', { key, value: text });
  }
}

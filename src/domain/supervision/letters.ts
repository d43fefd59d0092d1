import type { CampaignSettings } from '../campaign/settings.ts';
import type { PlainDate } from '../kernel/instant.ts';
import type { PlaceCode } from '../kernel/place.ts';
import { fillNames } from '../kernel/quotes.ts';

/** The government of a city that its letters are addressed to (收函政府); undefined when the campaign has registered none. */
export function addresseeOf<O extends { readonly code: string; readonly place: PlaceCode; readonly kind: string }>(
  organisations: readonly O[],
  city: PlaceCode,
): O | undefined {
  return organisations.find((o) => o.kind === 'government' && o.place === city);
}

/** How letters are numbered when the campaign says nothing else. */
export const usualLetterNumber = '{name}-{n}';

/**
 * Document number of a letter (文号), by the campaign's pattern: `{name}` of the batch, `{batch}` its number, `{n}` the letter's place in
 * it, `{year}` of issue.
 */
export function letterNumber(
  settings: Pick<CampaignSettings, 'letterNumber'>,
  of: { readonly name: string; readonly batch: number; readonly n: number; readonly issuedOn: PlainDate },
): string {
  const values: Readonly<Record<string, string>> = {
    name: of.name,
    batch: String(of.batch),
    n: String(of.n),
    year: of.issuedOn.slice(0, 4),
  };
  return fillNames(settings.letterNumber ?? usualLetterNumber, (key) => values[key] ?? '');
}

/** A place by its name, or by its code where the campaign has none. */
export function placeName(settings: Pick<CampaignSettings, 'places'>, code: PlaceCode): string {
  return settings.places.find((p) => p.code === code)?.name ?? String(code);
}

import type { CampaignView } from '../../../contract/campaign.ts';
import { shortPlace } from '../../ui/campaign.ts';
import type { LedgerFilter } from './query.ts';

/** What else the words of a search name, each with the address query that shows it. */
export interface Beside {
  readonly places: readonly { readonly code: number; readonly filter: LedgerFilter }[];
  readonly batches: readonly number[];
}

const most = 6;

/**
 * Places and batches among the words of a search. A text of the ledger holds neither: 洪洞 is where a problem lies, not what is written
 * about it. A word that names a place becomes a filter, the other words stay words.
 */
export function besideSearch(filter: LedgerFilter, campaign: Pick<CampaignView, 'places' | 'batches'>): Beside {
  const words = (filter.q ?? '').split(/\s+/).filter((word) => word !== '');
  const known = campaign.places.filter((p) => p.statisticsOnly !== true && (p.level === 'city' || p.level === 'county'));
  const places = words.flatMap((word, i) => {
    const rest = words.filter((_, other) => other !== i).join(' ') || undefined;
    return known
      .filter((p) => names(word, p))
      .map((p) => ({
        code: p.code,
        filter: { ...filter, q: rest, city: undefined, county: undefined, [p.level === 'city' ? 'city' : 'county']: String(p.code) },
      }));
  });
  const batches = campaign.batches
    .filter((b) => words.some((word) => isBatch(word, b.no)) || isBatch(words.join(' '), b.no))
    .map((b) => b.no);
  return { places: places.slice(0, most), batches };
}

/** Two characters of a name at least, from its beginning; of an English one three letters. */
function names(word: string, place: { readonly name: string; readonly nameEn?: string | null | undefined }): boolean {
  const short = shortPlace(place.name);
  if (word.length >= 2 && (place.name.startsWith(word) || short === word)) return true;
  return word.length >= 3 && (place.nameEn ?? '').toLowerCase().startsWith(word.toLowerCase());
}

function isBatch(text: string, no: number): boolean {
  const match = /^(?:第?\s*(\d{1,5})\s*批|batch\s*(\d{1,5}))$/i.exec(text.trim());
  return match !== null && Number(match[1] ?? match[2]) === no;
}

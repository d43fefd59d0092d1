import { cityOf } from '../../domain/kernel/place.ts';
import type { Instant } from '../../domain/kernel/instant.ts';
import { suppress, type CountEdge, type Shown } from '../../domain/publication/suppression.ts';
import { smallestPublished } from '../../domain/publication/public-filter.ts';
import { countsByPlaceAndAspect } from '../../storage/public/counts.ts';
import type { Services } from '../services.ts';
import { perDatabase } from './remember.ts';
import type { PublicView } from './view.ts';

/** What of a fact's counts by place (and aspect) is shown. Places are counties, or cities where a thing lies in none of them. */
export interface Mask {
  /** A county's count, or the one of a city as a whole. */
  place(code: number): Shown;
  /** A county's or city's count under an aspect. */
  cell(code: number, aspect: number): Shown;
}

/** What one published instant hides. */
interface Hidden {
  /** Counts that are not shown, by their key in the net. */
  readonly how: ReadonlyMap<string, Shown>;
  /** Cities in which a small count cannot be protected: nothing is shown below them, not even a 0. */
  readonly closed: ReadonlySet<number>;
}

const nothing: Hidden = { how: new Map(), closed: new Set() };

/**
 * Of every published instant that was asked for, and of those before it: each rests on the one before, so forgetting any of them would
 * make all of them again. What is kept of one is its hidden counts only.
 */
const memory = perDatabase<Hidden>(Infinity);

/**
 * Which counts of a fact are hidden by county, city and aspect as of a view's instant.
 *
 * The whole campaign is one net: county x aspect below city x aspect below the aspect's total, and county below city below the
 * total. Totals of the campaign are shown always. Earlier published instants come first, since what was withheld then stays so.
 * @param kinds  also by aspect; else by place only
 */
export async function readMask(s: Services, view: PublicView, fact: string, kinds: boolean): Promise<Mask> {
  const last = view.published.findLastIndex((p) => p.asOf <= view.release.asOf);
  const known = memory(s.database.db);
  const before = fingerprints(view.published.slice(0, last + 1).map((p) => p.asOf));
  const keyAt = (i: number) => `${view.row.id}/${fact}/${kinds}/${i}/${view.published[i]?.asOf}/${before[i]}`;
  let i = Math.max(last, 0);
  while (i > 0 && !known.has(keyAt(i))) i--;
  let hidden = nothing;
  for (; i <= last; i++) {
    const [asOf, earlier] = [view.published[i]?.asOf as Instant, hidden];
    hidden = await known.get(keyAt(i), () => hiddenFrom(s, view, fact, kinds, asOf, earlier));
  }
  const { how, closed } = hidden;
  return {
    place: (code) => (code !== cityOf(code) && closed.has(cityOf(code)) ? 'withheld' : (how.get(keyOf(code)) ?? 'shown')),
    cell: (code, aspect) => (closed.has(cityOf(code)) ? 'withheld' : (how.get(keyOf(code, aspect)) ?? 'shown')),
  };
}

/** How many count under a fact in a county or a city as of a view's instant, in all or under an aspect; whether it is shown is for the mask to say. */
export async function readCounts(s: Services, view: PublicView, fact: string): Promise<(code: number, aspect?: number) => number> {
  const edges = netOf(await rowsAt(s, view, fact, view.release.asOf), true, smallestPublished(view.campaign.settings));
  const counts = new Map(edges.map((e) => [e.key, e.value]));
  return (code, aspect) => counts.get(keyOf(code, aspect)) ?? 0;
}

/** Of each instant a number that stands for it and all before it: a release that is taken back makes other masks of those after it. */
function fingerprints(instants: readonly Instant[]): number[] {
  let sum = 0;
  return instants.map((asOf) => (sum = (sum * 31 + asOf) % 999_999_999_989));
}

function keyOf(code: number, aspect?: number): string {
  if (aspect === undefined) return code % 100 === 0 ? `c/${code}` : `p/${code}`;
  return `${code % 100 === 0 ? 'ca' : 'pa'}/${code}/${aspect}`;
}

async function rowsAt(s: Services, view: PublicView, fact: string, asOf: Instant) {
  const no = await s.names.find(s.database.db, fact);
  return no === undefined ? [] : countsByPlaceAndAspect(s.database.db, view.row.id, no, asOf);
}

async function hiddenFrom(s: Services, view: PublicView, fact: string, kinds: boolean, asOf: Instant, earlier: Hidden): Promise<Hidden> {
  const smallest = smallestPublished(view.campaign.settings);
  const net = netOf(await rowsAt(s, view, fact, asOf), kinds, smallest);
  const edges = net.map((e): CountEdge => (staysHidden(e.key, earlier.how.get(e.key)) ? { ...e, earlier: true } : e));
  const { shown, unprotected } = suppress(edges, smallest);
  return {
    how: new Map([...shown].filter(([, state]) => state !== 'shown')),
    closed: new Set(unprotected.map((key) => cityOf(Number(key.split('/')[1])))),
  };
}

/**
 * A cell withheld at an earlier instant stays so: later lists say since when each record counts, and would give it away together with
 * the small one it protects. Totals of places are not listed record by record.
 */
function staysHidden(key: string, state: Shown | undefined): boolean {
  return state === 'withheld' && /^(pa|ca)\//.test(key);
}

/** Counts as a net: total -> city -> county -> county x aspect -> city x aspect -> aspect -> total. */
export function netOf(rows: readonly { place: number; aspect: number; n: number }[], kinds: boolean, smallest: number): CountEdge[] {
  const edges = new Map<string, { key: string; from: string; to: string; value: number; fixed: boolean; dear: boolean }>();
  const add = (key: string, from: string, to: string, n: number, how: 'cell' | 'dear' | 'fixed') => {
    const e = edges.get(key);
    if (e === undefined) edges.set(key, { key, from, to, value: n, fixed: how === 'fixed', dear: how === 'dear' });
    else e.value += n;
  };
  for (const { place, aspect, n } of rows) {
    const city = cityOf(place);
    const level = `city ${city}`;
    const county = `county ${place}`;
    const own = place === city;
    add(`c/${city}`, 'total', level, n, 'dear');
    // A thing that lies in no county of its city is a line of its own there.
    add(own ? `o/${place}` : `p/${place}`, level, kinds ? county : 'end', n, 'dear');
    if (!kinds) continue;
    add(own ? `oa/${place}/${aspect}` : `pa/${place}/${aspect}`, county, `${level} ${aspect}`, n, 'cell');
    add(`ca/${city}/${aspect}`, `${level} ${aspect}`, `aspect ${aspect}`, n, 'cell');
    add(`a/${aspect}`, `aspect ${aspect}`, 'end', n, 'fixed');
  }
  add(
    'all',
    'end',
    'total',
    rows.reduce((sum, r) => sum + r.n, 0),
    'fixed',
  );
  // A city is large enough to be counted as one, unless its own count is small.
  return [...edges.values()].map((e) => (e.key.startsWith('c/') && e.value >= smallest ? { ...e, fixed: true } : e));
}

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
  count(code: number, aspect?: number): number;
}

interface Counts {
  readonly shown: ReadonlyMap<string, Shown>;
  readonly counts: ReadonlyMap<string, number>;
  /** Cities in which a small count cannot be protected: nothing is shown below them, not even a 0. */
  readonly closed: ReadonlySet<number>;
}

const memory = perDatabase<Counts>(200);

/**
 * Which counts of a fact are hidden by county, city and aspect as of a view's instant.
 *
 * The whole campaign is one net: county x aspect below city x aspect below the aspect's total, and county below city below the
 * total. Totals of the campaign are shown always. Earlier published instants come first, since what was withheld then stays so.
 * @param kinds  also by aspect; else by place only
 */
export async function readMask(s: Services, view: PublicView, fact: string, kinds: boolean): Promise<Mask> {
  let earlier: ReadonlyMap<string, Shown> = new Map();
  let now: Counts = { shown: new Map(), counts: new Map(), closed: new Set() };
  for (const release of view.published) {
    if (release.asOf > view.release.asOf) break;
    const before = earlier;
    const key = `${view.row.id}/${fact}/${kinds}/${view.published
      .filter((p) => p.asOf <= release.asOf)
      .map((p) => p.asOf)
      .join()}`;
    now = await memory(s.database.db).get(key, () => countAt(s, view, fact, kinds, release.asOf, before));
    earlier = now.shown;
  }
  const { shown, counts, closed } = now;
  const key = (code: number, aspect?: number) =>
    aspect === undefined ? (code % 100 === 0 ? `c/${code}` : `p/${code}`) : `${code % 100 === 0 ? 'ca' : 'pa'}/${code}/${aspect}`;
  return {
    place: (code) => (code !== cityOf(code) && closed.has(cityOf(code)) ? 'withheld' : (shown.get(key(code)) ?? 'shown')),
    cell: (code, aspect) => (closed.has(cityOf(code)) ? 'withheld' : (shown.get(key(code, aspect)) ?? 'shown')),
    count: (code, aspect) => counts.get(key(code, aspect)) ?? 0,
  };
}

async function countAt(
  s: Services,
  view: PublicView,
  fact: string,
  kinds: boolean,
  asOf: Instant,
  earlier: ReadonlyMap<string, Shown>,
): Promise<Counts> {
  const no = await s.names.find(s.database.db, fact);
  const rows = no === undefined ? [] : await countsByPlaceAndAspect(s.database.db, view.row.id, no, asOf);
  const smallest = smallestPublished(view.campaign.settings);
  const edges = netOf(rows, kinds, smallest).map((e): CountEdge => (staysHidden(e.key, earlier.get(e.key)) ? { ...e, earlier: true } : e));
  const { shown, unprotected } = suppress(edges, smallest);
  return {
    shown,
    counts: new Map(edges.map((e) => [e.key, e.value])),
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

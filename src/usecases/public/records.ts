import { cityOf } from '../../domain/kernel/place.ts';
import { dateOf, type Instant } from '../../domain/kernel/instant.ts';
import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import type { Standing } from '../../domain/kernel/standing.ts';
import { isOfficial, listsRecords, populationOf } from '../../domain/publication/public-filter.ts';
import { conditionsOf, termsOf } from '../../storage/figures/definition.ts';
import { listFigureRecords } from '../../storage/figures/records.ts';
import type { FigureRequest } from '../../storage/figures/values.ts';
import { listPublicRecords, type PublicRecordRow } from '../../storage/public/records.ts';
import { partTerms, type Part } from '../figures/records.ts';
import { standingOf } from '../figures/as-of.ts';
import type { Services } from '../services.ts';
import { maskOf, openPublicFigure, recordsOpen } from './figures.ts';
import type { Mask } from './masks.ts';
import type { PublicView } from './view.ts';

/** A record as anybody sees it: no unit, no person, no text, no coordinates. */
export interface PublicRecord {
  readonly no: string;
  /** County; the city where the county's small count is protected; null where neither may be told. */
  readonly place: number | null;
  readonly aspect: string | null;
  readonly batch: number | null;
  readonly state: string | null;
  /** Civil date from which it counts. */
  readonly since: string;
  /** Amount in the smallest unit, for sums only. */
  readonly amount: number | null;
}

/**
 * Place and aspect of a record as coarse as protects the small count it belongs to: county and aspect, else city and aspect, else the
 * city alone, else neither.
 */
export function coarsen(mask: Mask | undefined, place: number, aspect: number, kinds: boolean): { place: number | null; aspect: boolean } {
  if (mask === undefined) return { place, aspect: kinds };
  const city = cityOf(place);
  if (!kinds) return { place: mask.place(place) === 'shown' ? place : mask.place(city) === 'shown' ? city : null, aspect: false };
  if (place !== city && mask.place(place) === 'shown' && mask.cell(place, aspect) === 'shown') return { place, aspect: true };
  if (mask.place(city) !== 'shown') return { place: null, aspect: false };
  return { place: city, aspect: mask.cell(city, aspect) === 'shown' };
}

/** Makes records public; the same for pages and for open data. */
export function coarsenerOf(
  view: PublicView,
  mask: Mask | undefined,
  kinds: boolean,
  money: boolean,
): (row: PublicRecordRow) => PublicRecord {
  const { settings } = view.campaign;
  return (row) => {
    const told = coarsen(mask, row.place, row.aspect, kinds);
    return {
      no: row.no,
      place: told.place,
      aspect: told.aspect ? (settings.aspects.find((a) => a.no === row.aspect)?.code ?? null) : null,
      batch: row.batch === 0 ? null : row.batch,
      state: settings.states[row.state - 1] ?? null,
      since: dateOf(row.from_at as Instant, settings.utcOffsetMinutes),
      amount: money ? row.amount : null,
    };
  };
}

export interface PublicRecordsSeen {
  readonly standing: Standing;
  readonly request: FigureRequest;
  readonly records: readonly PublicRecord[];
  /** The number after which the list goes on. */
  readonly next: string | null;
}

/**
 * A page of the public records of a figure, in the order of their numbers.
 * @refuses what a figure refuses, figure.no-records, publication.closed-crossing, page.bad-key
 */
export async function readPublicRecords(
  s: Services,
  view: PublicView,
  q: { id: string; filter: Readonly<Record<string, string>>; part: Part; after?: string | undefined; limit: number },
): Promise<PublicRecordsSeen | Refusal> {
  const opened = await openPublicFigure(s, view, q.id, q.filter);
  if (isRefusal(opened)) return opened;
  const { request, shown } = opened;
  const { definition, filter } = request;
  if (!listsRecords(definition)) return refuse('figure.no-records', { figure: q.id });
  if (shown !== 'shown' || !recordsOpen(filter)) return refuse('publication.closed-crossing', { figure: q.id });
  if (q.after !== undefined && !/^[\p{L}\p{N}〔〕()（）._-]{1,60}$/u.test(q.after)) return refuse('page.bad-key', {});
  const fact = populationOf(definition) ?? '';
  const terms = partTerms(q.part, termsOf(definition, filter));
  const conditions = conditionsOf(filter, view.scope, view.campaign.settings);
  const ask = { campaignId: view.row.id, names: s.names, terms, conditions, asOf: view.watermark };
  const standing = await standingOf(s, view);
  if (isOfficial(fact)) {
    // Letters, batches, tasks: few, and their numbers stand in their acts.
    const rows = await listFigureRecords(s.database.db, { ...ask, limit: 1000 });
    const records = rows
      .map((r): PublicRecord => {
        const since = dateOf(r.fromAt as Instant, view.campaign.settings.utcOffsetMinutes);
        return { no: r.no ?? '', place: r.place === 0 ? null : r.place, aspect: null, batch: r.batch, state: null, since, amount: null };
      })
      .sort((a, b) => a.no.localeCompare(b.no, 'en', { numeric: true }));
    return { standing, request, records, next: null };
  }
  const mask = await maskOf(s, view, definition);
  const rows = await listPublicRecords(s.database.db, { ...ask, after: q.after, limit: q.limit });
  const told = coarsenerOf(view, mask, fact === 'problem.supervised', definition.count?.sum === 'amount');
  return { standing, request, records: rows.map(told), next: rows.length < q.limit ? null : (rows.at(-1)?.no ?? null) };
}

import type { FigureRef } from '../../domain/campaign/settings.ts';
import { cityOf } from '../../domain/kernel/place.ts';
import { refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import type { Shown } from '../../domain/publication/suppression.ts';
import { readValues, requestsOf } from '../figures/values.ts';
import type { Services } from '../services.ts';
import { maskOf, toPublic, type PublicValue } from './figures.ts';
import { readCounts, readMask } from './masks.ts';
import { isReleased, type PublicView } from './view.ts';

export interface PlaceLine {
  readonly place: number;
  readonly figures: readonly PublicValue[];
}

const ids = ['problems.supervised', 'problems.claimed', 'problems.rectified', 'clearance.rate', 'problems.rebounded'];

/** The batches that the press counted by, when they are not all of them: the cohort of its rate. */
export function pressCohort(view: PublicView): readonly number[] | null {
  const found = view.campaign.settings.pressSet.find((r) => r.id === 'clearance.rate' && Array.isArray(r.filter.batches));
  return found === undefined ? null : (found.filter.batches as readonly number[]);
}

/** Columns of a table by place: claimed and cleared apart, the press's rate beside the rate over all. */
export function placeColumns(view: PublicView, counties: boolean): FigureRef[] {
  const cohort = counties ? null : pressCohort(view);
  return ids
    .filter((id) => isReleased(view, id))
    .flatMap((id): FigureRef[] =>
      id === 'clearance.rate' && cohort !== null
        ? [
            { id, filter: { batches: cohort } },
            { id, filter: {} },
          ]
        : [{ id, filter: {} }],
    );
}

export function citiesOf(view: PublicView): number[] {
  const { settings } = view.campaign;
  return settings.places.filter((p) => p.statisticsOnly !== true && p.code % 100 === 0 && p.code !== settings.root).map((p) => p.code);
}

export function countiesOf(view: PublicView, city: number): number[] {
  return view.campaign.settings.places
    .filter((p) => p.statisticsOnly !== true && p.code !== city && cityOf(p.code) === city)
    .map((p) => p.code);
}

/** Lines of a table by place, with the campaign's own line; small counts hidden. */
async function linesOf(s: Services, view: PublicView, places: readonly number[], columns: readonly FigureRef[], key: 'city' | 'county') {
  const refs = places.flatMap((code) => columns.map((c): FigureRef => ({ id: c.id, filter: { ...c.filter, [key]: String(code) } })));
  const requests = requestsOf(view, refs);
  const values = await readValues(s, view, requests);
  const masks = new Map<string, Awaited<ReturnType<typeof maskOf>>>();
  for (const { definition } of requests) if (!masks.has(definition.id)) masks.set(definition.id, await maskOf(s, view, definition));
  return places.map((place, i): PlaceLine => {
    const own = values.slice(i * columns.length, (i + 1) * columns.length);
    return { place, figures: own.map((v) => toPublic(v, columnShown(v.id, masks.get(v.id)?.place(place) ?? 'shown'))) };
  });
}

/** Where the problems of a place are few, nothing else is told of them either: neither that it is small nor that it is none. */
function columnShown(id: string, population: Shown): Shown {
  return population === 'shown' || id === 'problems.supervised' ? population : 'withheld';
}

/** Progress by city, with the total. */
export async function readPublicCities(s: Services, view: PublicView) {
  const columns = placeColumns(view, false);
  const total = (await readValues(s, view, requestsOf(view, columns))).map((v) => toPublic(v, 'shown'));
  const lines = await linesOf(s, view, citiesOf(view), columns, 'city');
  return { columns, lines, total };
}

/** Counts of a county or city under an aspect, as they are shown. */
export interface CrossLine {
  readonly place: number;
  readonly total: { shown: Shown; count: number | null };
  readonly cells: readonly { shown: Shown; count: number | null }[];
}

/**
 * One city: its counties, and county by aspect with small counts hidden.
 * @refuses place.unknown
 */
export async function readPublicCity(s: Services, view: PublicView, code: number) {
  if (!citiesOf(view).includes(code)) return refuse('place.unknown', { place: String(code).slice(0, 12) });
  const columns = placeColumns(view, true);
  const counties = countiesOf(view, code);
  const lines = await linesOf(s, view, counties, columns, 'county');
  const [total] = await linesOf(s, view, [code], columns, 'city');
  return {
    code,
    columns,
    lines,
    total: total as PlaceLine,
    cross: isReleased(view, 'problems.supervised') ? await crossOf(s, view, counties, code) : null,
  };
}
export type PublicCity = Exclude<Awaited<ReturnType<typeof readPublicCity>>, Refusal>;

/** Supervised problems by county and aspect; the last line is the city's. */
export async function crossOf(
  s: Services,
  view: PublicView,
  counties: readonly number[],
  city: number,
): Promise<{ aspects: number[]; lines: CrossLine[]; city: CrossLine }> {
  const [mask, count] = await Promise.all([readMask(s, view, 'problem.supervised', true), readCounts(s, view, 'problem.supervised')]);
  const aspects = view.campaign.settings.aspects.map((a) => a.no).filter((no, i, all) => all.indexOf(no) === i);
  const cell = (shown: Shown, n: number) => ({ shown, count: shown === 'shown' ? n : null });
  const line = (place: number): CrossLine => ({
    place,
    total: cell(mask.place(place), count(place)),
    cells: aspects.map((no) => cell(mask.cell(place, no), count(place, no))),
  });
  return { aspects, lines: counties.map(line), city: line(city) };
}

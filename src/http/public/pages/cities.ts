import { publicPaths } from '../../../contract/paths/public.ts';
import type { Refusal } from '../../../domain/kernel/refusal.ts';
import { isRefusal } from '../../../domain/kernel/refusal.ts';
import { smallestPublished } from '../../../domain/publication/public-filter.ts';
import { readPublicCities, readPublicCity, type CrossLine, type PublicCity } from '../../../usecases/public/places.ts';
import { campaignPage, instantOf, type PageContext } from '../kit/context.ts';
import { hiddenText, placeName } from '../kit/figure.ts';
import { count, rate, sentenceCase } from '../kit/format.ts';
import { h, type Html, type Part } from '../kit/html.ts';
import { anyHidden, byProblems, placesTable } from './places-table.ts';

/** Progress by city. */
export async function citiesPage(c: PageContext): Promise<Html> {
  const read = await readPublicCities(c.s, c.view);
  const w = c.w;
  const ranked = read.lines
    .flatMap((line) => {
      const v = line.figures.find((f) => f.id === 'clearance.rate' && f.filter.batches === undefined);
      return typeof v?.numerator !== 'number' || (v.denominator ?? 0) === 0
        ? []
        : [{ place: line.place, share: v.numerator / (v.denominator as number), v }];
    })
    .sort((a, b) => b.share - a.share);
  const [best, worst] = [ranked[0], ranked.at(-1)];
  const percent = (x: (typeof ranked)[number]) => rate(x.v.numerator ?? 0, x.v.denominator ?? 0) ?? '';
  const answer =
    best === undefined || worst === undefined
      ? w.home.nothing
      : w.cities.answer(placeName(c, best.place), percent(best), placeName(c, worst.place), percent(worst));
  return campaignPage(c, {
    section: 'cities',
    title: w.cities.title,
    answer,
    path: publicPaths.cities,
    main: h`<h2>${w.cities.title}</h2><p class="lead">${w.home.claimedClearedVerified}</p>
${placesTable(c, { lines: byProblems(read.lines), total: read.total, level: 'city' })}
<p class="cap">${w.table.order}${c.lang === 'en' ? ' ' : ''}${sentenceCase(w.noDraw)}${w.stop}${w.table.source(instantOf(c))}${anyHidden(read.lines) ? w.suppressionNote(smallestPublished(c.view.campaign.settings)) : ''}</p>`,
  });
}

/** One city: its counties, and county by aspect with small counts hidden. */
export async function cityPage(c: PageContext, code: number): Promise<Html | Refusal> {
  const read = await readPublicCity(c.s, c.view, code);
  if (isRefusal(read)) return read;
  const w = c.w;
  const name = placeName(c, code);
  const value = (id: string) => read.total.figures.find((v) => v.id === id);
  const all = value('problems.supervised')?.numerator;
  const cleared = value('clearance.rate');
  const answer =
    typeof all !== 'number' || typeof cleared?.numerator !== 'number'
      ? w.city.hidden(name)
      : w.city.answer(
          name,
          count(all),
          count(value('problems.claimed')?.numerator ?? 0),
          count(cleared.numerator),
          rate(cleared.numerator, cleared.denominator ?? 0) ?? '—',
        );
  return campaignPage(c, {
    section: 'cities',
    title: name,
    answer,
    path: (where) => publicPaths.city(where, code),
    main: h`<p><a href="${publicPaths.cities(c.where)}">${w.city.back}</a></p>
<h2>${w.city.counties}</h2>
${placesTable(c, { lines: byProblems(read.lines), total: read.total.figures, level: 'county' })}
<p class="cap">${sentenceCase(w.noDraw)}${w.stop}${w.table.source(instantOf(c))}${anyHidden(read.lines) ? w.suppressionNote(smallestPublished(c.view.campaign.settings)) : ''}</p>
${read.cross === null ? '' : crossTable(c, read)}`,
  });
}

function crossTable(c: PageContext, read: PublicCity): Part {
  const cross = read.cross;
  if (cross === null) return '';
  const { settings } = c.view.campaign;
  const cell = (x: CrossLine['total']) =>
    x.count === null ? h`<td class="n hid">${hiddenText(c, x.shown)}</td>` : h`<td class="n">${count(x.count)}</td>`;
  const row = (line: CrossLine, name: string, total: boolean) =>
    h`<tr${total ? h` class="tot"` : ''}><th scope="row">${name}</th>${line.cells.map(cell)}${cell(line.total)}</tr>`;
  return h`<h2>${c.w.city.cross}</h2><p class="lead">${c.w.suppressionNote(smallestPublished(settings))}</p>
<div class="wide" tabindex="0" role="region" aria-label="${c.w.city.cross}"><table><thead><tr><th scope="col">${c.w.table.county}</th>${cross.aspects.map(
    (no) => h`<th scope="col" class="n w">${settings.aspects.findLast((a) => a.no === no)?.name[c.lang] ?? ''}</th>`,
  )}<th scope="col" class="n">${c.w.table.total}</th></tr></thead><tbody>
${cross.lines.map((line) => row(line, placeName(c, line.place), false))}
${row(cross.city, c.w.table.total, true)}</tbody></table></div>
<p class="cap">${c.w.table.source(instantOf(c))}</p>`;
}

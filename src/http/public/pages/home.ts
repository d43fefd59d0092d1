import { publicPaths } from '../../../contract/paths/public.ts';
import { dateOf, type Instant } from '../../../domain/kernel/instant.ts';
import { readCorrections } from '../../../usecases/public/corrections.ts';
import { readPublicFigure, readPublicSet, type PublicValue } from '../../../usecases/public/figures.ts';
import { isRefusal } from '../../../domain/kernel/refusal.ts';
import { isReleased } from '../../../usecases/public/view.ts';
import { pressCohort, readPublicCities } from '../../../usecases/public/places.ts';
import { campaignPage, instantOf, spanOf, type PageContext } from '../kit/context.ts';
import { linesChart, ruler, type Line } from '../kit/chart.ts';
import { figureLink, figureName, fraction, seal, valueParts } from '../kit/figure.ts';
import { batches, count, sentenceCase, date, day, rate, spelled } from '../kit/format.ts';
import { h, type Html, type Part } from '../kit/html.ts';
import { asOfText } from '../present.ts';
import { anyHidden, byProblems, placesTable } from './places-table.ts';

/** The answer in one sentence, then figures, cities, method, corrections. */
export async function homePage(c: PageContext): Promise<Html> {
  const { s, view, w } = c;
  const [set, cities, corrections, curves] = await Promise.all([
    readPublicSet(s, view),
    readPublicCities(s, view),
    readCorrections(s, view),
    curvesOf(c),
  ]);
  const told = sentence(c, set);
  const withdrawn = isReleased(view, 'problems.withdrawn') ? await readPublicFigure(s, view, 'problems.withdrawn', {}) : null;
  const rates = set.filter((v) => v.id === 'clearance.rate');
  const ofPress = rates.find((v) => v.filter.batches !== undefined);
  const overAll = rates.find((v) => v.filter.batches === undefined);
  const m = w.home;
  const t = w.table;
  const span = spanOf(c);
  return campaignPage(c, {
    section: 'home',
    title: w.sections.home,
    answer: told.text,
    heading: told.html,
    path: publicPaths.home,
    main: h`<div class="ask"><a class="btn main" href="tel:12369">${m.report} 12369</a><a href="#cities">${m.findCity}</a><a href="${publicPaths.data(c.where)}">${m.download}</a></div>
${
  span === null
    ? ''
    : h`<div class="ruler">${ruler(
        `${w.asOf(instantOf(c))}${w.comma}${w.dayOf(span.day, span.days)}`,
        span.days,
        span.day,
        view.published.map(
          (p) => 1 + Math.round((Date.parse(dateOf(p.asOf, view.campaign.settings.utcOffsetMinutes)) - Date.parse(span.from)) / 86_400_000),
        ),
      )}</div>`
}
<dl class="fig">${headline(c, set)}</dl>
<section aria-labelledby="cities"><h2 id="cities">${w.cities.title}</h2>
<p class="lead">${m.claimedClearedVerified}</p>
${placesTable(c, { lines: byProblems(cities.lines), total: cities.total, level: 'city' })}
<p class="cap">${t.order}${c.lang === 'en' ? ' ' : ''}${sentenceCase(w.noDraw)}${w.stop}${t.source(instantOf(c))}${anyHidden(cities.lines) ? w.suppressionNote(view.campaign.settings.smallestPublished ?? 5) : ''}</p></section>
${curves}
<div class="two"><section><h2>${m.how}</h2><div class="prose"><dl>${
      ofPress === undefined
        ? ''
        : h`<dt>${m.published}</dt><dd>${m.publishedText(fraction(c, ofPress), batches(ofPress.filter.batches ?? [], c.lang))}</dd>`
    }${overAll === undefined ? '' : h`<dt>${m.all}</dt><dd>${m.allText(fraction(c, overAll))}</dd>`}<dt>${m.random}</dt><dd>${m.randomText}</dd>${
      withdrawn === null || isRefusal(withdrawn) || typeof withdrawn.value?.numerator !== 'number'
        ? ''
        : h`<dt>${m.withdrawn}</dt><dd>${m.withdrawnText(count(withdrawn.value.numerator))}</dd>`
    }</dl><p>${m.check}</p></div></section>
<section><h2>${m.corrections}</h2>${
      corrections.length === 0
        ? h`<p class="lead">${m.noCorrections}</p>`
        : h`<ul class="list">${corrections
            .slice(0, 5)
            .map((x) => ({ ...x, at: asOfText(view, x.at) }))
            .map((x) => h`<li><time datetime="${x.at}">${date(x.at, c.lang)}</time>${x.reason}</li>`)}</ul>`
    }<p class="cap">${m.keep}${c.lang === 'en' ? ' ' : ''}<a href="${publicPaths.corrections(c.where)}">${w.sections.corrections}</a></p></section></div>`,
  });
}

/** Both denominators in one sentence. */
function sentence(c: PageContext, set: readonly PublicValue[]): { text: string; html: Part } {
  const m = c.w.home;
  const rates = set.filter((v) => v.id === 'clearance.rate' && (v.denominator ?? 0) > 0);
  const ofPress = rates.find((v) => v.filter.batches !== undefined);
  const overAll = rates.find((v) => v.filter.batches === undefined);
  const first = ofPress ?? overAll;
  if (first === undefined) return { text: m.nothing, html: m.nothing };
  const issued = set.find((v) => v.id === 'letters.batches')?.numerator ?? 0;
  const percent = (v: PublicValue) => rate(v.numerator ?? 0, v.denominator ?? 0) ?? '';
  const cohortNo = pressCohort(c.view)?.length ?? 0;
  const name = (v: PublicValue) =>
    v.filter.batches === undefined || issued < cohortNo
      ? m.batchesAll(spelled(issued, c.lang))
      : m.first(spelled(cohortNo, c.lang).replace('两', '二'));
  const one = m.rate(name(first), count(first.denominator ?? 0), count(first.numerator ?? 0), percent(first));
  const more = overAll !== undefined && ofPress !== undefined && overAll.denominator !== ofPress.denominator;
  const two = more ? m.overall(m.batchesAll(spelled(issued, c.lang)), count(overAll.denominator ?? 0), percent(overAll)) : m.end;
  return {
    text: `${one}${two}`,
    html: more ? h`<span class="part">${one}${two.slice(0, 1)}</span><span class="part">${two.slice(1)}</span>` : `${one}${two}`,
  };
}

function headline(c: PageContext, set: readonly PublicValue[]): Part {
  const w = c.w;
  const find = (id: string) => set.find((v) => v.id === id && Object.keys(v.filter).length === 0);
  const box = (name: string, v: PublicValue | undefined, den: Part): Part => {
    if (v === undefined) return '';
    const { number, unit } = valueParts(c, v);
    return h`<div><dt>${name}</dt><dd>${figureLink(c, v, h`<b>${number}</b>${unit}`)}</dd><dd class="den">${den}</dd><dd>${seal(c, v)}</dd></div>`;
  };
  const fines = find('fines.total');
  const issued = find('letters.batches')?.numerator ?? 0;
  const definition = (id: string) => c.view.campaign.figures.findLast((f) => f.id === id)?.predicate[c.lang] ?? '';
  const verified = { id: 'clearance.verified', filter: {} };
  return [
    box(figureName(c, 'sources.inspected'), find('sources.inspected'), definition('sources.inspected')),
    box(figureName(c, 'problems.supervised'), find('problems.supervised'), w.home.batchesAll(spelled(issued, c.lang))),
    isReleased(c.view, verified.id)
      ? h`<div><dt>${figureName(c, verified.id)}</dt><dd><a href="${publicPaths.figure(c.where, verified.id)}"><b class="none">${w.none}</b></a></dd><dd class="den">${w.noDraw}</dd></div>`
      : '',
    box(
      figureName(c, 'cases.penalty'),
      find('cases.penalty'),
      fines === undefined
        ? ''
        : h`${figureLink(c, fines, `${figureName(c, 'fines.total')} ${valueParts(c, fines).number}${c.lang === 'en' ? ' ' : ''}${valueParts(c, fines).unit}`)}`,
    ),
  ];
}

/** Supervised, claimed and cleared at each release, with the table that says the same. */
async function curvesOf(c: PageContext): Promise<Part> {
  const kinds = [
    ['problems.supervised', 'var(--ink)', ''],
    ['problems.claimed', 'var(--st-claimed)', '6 4'],
    ['problems.rectified', 'var(--st-cleared)', ''],
  ] as const;
  const read = await Promise.all(kinds.map(([id]) => readPublicFigure(c.s, c.view, id, {})));
  const lines: Line[] = [];
  let points: readonly { at: Instant }[] = [];
  for (const [i, figure] of read.entries()) {
    const kind = kinds[i];
    if (isRefusal(figure) || kind === undefined) continue;
    points = figure.history;
    const { supervised, claimed, cleared } = c.w.table;
    lines.push({
      name: [supervised, claimed, cleared][i] ?? '',
      values: figure.history.map((p) => p.numerator),
      color: kind[1],
      dash: kind[2],
    });
  }
  if (points.length < 2 || lines.length === 0) return '';
  const title = c.w.home.curve;
  return h`<section><h2>${title}</h2><figure class="chart">${linesChart(
    title,
    points.map((p) => ({ at: p.at, label: day(asOfText(c.view, p.at), c.lang) })),
    lines,
    count,
  )}
<table class="slim"><thead><tr><th scope="col">${c.lang === 'zh' ? '公布时刻' : 'Release'}</th>${lines.map((l) => h`<th scope="col" class="n w">${l.name}</th>`)}</tr></thead><tbody>${points.map(
    ({ at }, i) =>
      h`<tr><th scope="row"><a href="${publicPaths.home({ ...c.where, asOf: asOfText(c.view, at) })}">${date(asOfText(c.view, at), c.lang)}</a></th>${lines.map((l) => h`<td class="n">${typeof l.values[i] === 'number' ? count(l.values[i]) : '—'}</td>`)}</tr>`,
  )}</tbody></table>
<figcaption class="cap">${c.w.table.source(instantOf(c))}</figcaption></figure></section>`;
}

import { publicPaths } from '../../../contract/paths/public.ts';
import { readPublicSet, releasedFigures } from '../../../usecases/public/figures.ts';
import { campaignPage, instantOf, type PageContext } from '../kit/context.ts';
import { cohort, figureLink, figureName, fraction, valueText } from '../kit/figure.ts';
import { h, type Html } from '../kit/html.ts';

/** Published figures and the dictionary, each open to its own page. */
export async function figuresPage(c: PageContext): Promise<Html> {
  const w = c.w.figures;
  const set = await readPublicSet(c.s, c.view);
  const all = releasedFigures(c.view);
  return campaignPage(c, {
    section: 'figures',
    title: w.title,
    answer: w.answer(set.length, instantOf(c)),
    path: publicPaths.figures,
    main: h`<h2>${w.press}</h2>
<table class="slim"><thead><tr><th scope="col">${w.figure}</th><th scope="col">${w.cohort}</th><th scope="col" class="n">${w.value}</th><th scope="col" class="n">${w.fraction}</th></tr></thead><tbody>
${set.map(
  (v) =>
    h`<tr><th scope="row">${figureName(c, v.id)}</th><td>${cohort(c, v.filter) || w.whole}</td><td class="n">${figureLink(c, v, valueText(c, v))}</td><td class="n c2">${fraction(c, v)}</td></tr>`,
)}</tbody></table>
<h2>${w.dictionary}</h2>
<table class="slim"><thead><tr><th scope="col">${w.figure}</th><th scope="col">${w.predicate}</th></tr></thead><tbody>
${all.map((f) => h`<tr><th scope="row"><a href="${publicPaths.figure(c.where, f.id)}">${f.name[c.lang]}</a></th><td>${f.predicate[c.lang]}</td></tr>`)}</tbody></table>`,
  });
}

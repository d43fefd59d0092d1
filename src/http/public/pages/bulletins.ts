import { publicPaths } from '../../../contract/public-paths.ts';
import { refuse, type Refusal } from '../../../domain/kernel/refusal.ts';
import { readPublicSet, type PublicValue } from '../../../usecases/public/figures.ts';
import { asOfText } from '../../../usecases/public/view.ts';
import { campaignPage, type PageContext } from '../kit/context.ts';
import { cohort, figureLink, figureName, valueText } from '../kit/figure.ts';
import { count, moment, money } from '../kit/format.ts';
import { h, type Html } from '../kit/html.ts';

/** Every release of figures, newest first. */
export async function bulletinsPage(c: PageContext): Promise<Html> {
  const w = c.w.bulletins;
  const releases = c.view.published.filter((p) => p.asOf <= c.view.release.asOf);
  const last = releases.at(-1);
  return campaignPage(c, {
    section: 'bulletins',
    title: w.title,
    answer: w.answer(releases.length, last === undefined ? '' : moment(asOfText(c.view, last.asOf), c.lang)),
    path: publicPaths.bulletins,
    main: h`<p class="lead">${w.lead}</p>
<ol class="list">${releases
      .map((p, i) => {
        const at = asOfText(c.view, p.asOf);
        return h`<li><a href="${publicPaths.bulletin({ ...c.where, asOf: null }, i + 1)}"><b>${w.no(i + 1)}</b></a>${c.w.comma}<time datetime="${at}">${c.w.asOf(moment(at, c.lang))}</time><br><span class="c2">${w.recorded(moment(asOfText(c.view, p.recordedAt), c.lang))}</span></li>`;
      })
      .reverse()}</ol>`,
  });
}

/** One release: the press set as of its instant, with what changed since the one before. `c` stands at that instant. */
export async function bulletinPage(c: PageContext, no: number): Promise<Html | Refusal> {
  const release = c.view.published[no - 1];
  if (release === undefined || release.asOf !== c.view.release.asOf) return refuse('publication.unknown', { no });
  const before = c.view.published[no - 2];
  const w = c.w.bulletins;
  const set = await readPublicSet(c.s, c.view);
  const earlier =
    before === undefined ? [] : await readPublicSet(c.s, { ...c.view, release: before, asOf: before.asOf, watermark: before.asOf });
  const change = (v: PublicValue) => {
    const old = earlier.find((x) => x.id === v.id && JSON.stringify(x.filter) === JSON.stringify(v.filter));
    if (typeof old?.numerator !== 'number' || v.numerator === null) return w.first;
    if (v.denominator !== null) return `${valueText(c, old)} → ${valueText(c, v)}`;
    const n = v.numerator - old.numerator;
    const size =
      v.unit === 'fen' ? money(Math.abs(n), c.view.campaign.settings, c.lang).join(c.lang === 'en' ? ' ' : '') : count(Math.abs(n));
    return `${n > 0 ? '+' : n < 0 ? '−' : ''}${size}`;
  };
  const f = c.w.figures;
  return campaignPage(c, {
    section: 'bulletins',
    title: w.no(no),
    answer: f.answer(set.length, moment(asOfText(c.view), c.lang)),
    path: (where) => publicPaths.bulletin({ ...where, asOf: null }, no),
    main: h`<p><a href="${publicPaths.bulletins(c.where)}">${w.title}</a></p>
<table class="slim"><caption>${w.no(no)}</caption><thead><tr><th scope="col">${f.figure}</th><th scope="col">${f.cohort}</th><th scope="col" class="n">${f.value}</th><th scope="col" class="n">${w.change}</th></tr></thead><tbody>
${set.map((v) => h`<tr><th scope="row">${figureName(c, v.id)}</th><td>${cohort(c, v.filter) || f.whole}</td><td class="n">${figureLink(c, v, valueText(c, v))}</td><td class="n c2">${change(v)}</td></tr>`)}</tbody></table>`,
  });
}

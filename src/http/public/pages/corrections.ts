import { publicPaths } from '../../../contract/public-paths.ts';
import { readCorrections } from '../../../usecases/public/corrections.ts';
import { campaignPage, type PageContext } from '../kit/context.ts';
import { moment } from '../kit/format.ts';
import { h, type Html } from '../kit/html.ts';

/** What was published and taken back, with when and why; nothing is overwritten. */
export async function correctionsPage(c: PageContext): Promise<Html> {
  const list = await readCorrections(c.s, c.view);
  const w = c.w.corrections;
  return campaignPage(c, {
    section: 'corrections',
    title: w.title,
    answer: list.length === 0 ? w.none : w.some(list.length),
    path: publicPaths.corrections,
    main: h`<ul class="list">${list.map(
      (x) =>
        h`<li><time datetime="${x.at}">${moment(x.at, c.lang)}</time><del>${x.what.kind === 'case' ? w.case(x.what.no) : w.figures(moment(x.what.asOf, c.lang))}</del>${c.w.comma}${x.reason}</li>`,
    )}</ul>
<div class="prose"${c.lang === 'en' ? h` lang="en"` : ''}><p>${w.rule}</p><p>${w.late}</p></div>`,
  });
}

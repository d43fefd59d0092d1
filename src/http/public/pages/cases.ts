import { publicPaths } from '../../../contract/paths/public.ts';
import { readPublicCases } from '../../../usecases/public/cases.ts';
import { campaignPage, type PageContext } from '../kit/context.ts';
import { moment } from '../kit/format.ts';
import { h, type Html } from '../kit/html.ts';
import { asOfText } from '../present.ts';

/** Published cases in exactly the words of their publication, which are English in this record. */
export async function casesPage(c: PageContext): Promise<Html> {
  const cases = (await readPublicCases(c.s, c.view)).map((x) => ({ ...x, at: asOfText(c.view, x.at) }));
  const w = c.w.cases;
  return campaignPage(c, {
    section: 'cases',
    title: c.w.sections.cases,
    answer: w.answer(cases.length),
    path: publicPaths.cases,
    main: h`<p class="lead">${w.lead}</p>
<ol class="list">${cases.map((x) => h`<li id="${x.no}"><b lang="${/[\u4e00-\u9fff]/.test(x.unit) ? 'zh-CN' : 'en'}">${x.unit}</b><br><span lang="${/[\u4e00-\u9fff]/.test(x.text) ? 'zh-CN' : 'en'}">${x.text}</span><br><span class="c2">${x.no}${c.w.comma}${w.on}${c.lang === 'en' ? ' ' : ''}<time datetime="${x.at}">${moment(x.at, c.lang)}</time></span></li>`)}</ol>`,
  });
}

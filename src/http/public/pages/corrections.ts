import { publicPaths } from '../../../contract/paths/public.ts';
import { isRefusal, type Refusal } from '../../../domain/kernel/refusal.ts';
import { listPublicBulletins } from '../../../usecases/publication/public.ts';
import { readCorrections } from '../../../usecases/public/corrections.ts';
import { campaignPage, type PageContext } from '../kit/context.ts';
import { moment } from '../kit/format.ts';
import { h, type Html } from '../kit/html.ts';
import { asOfText } from '../present.ts';

/** What was published and corrected or taken back, with when and why; nothing is overwritten. */
export async function correctionsPage(c: PageContext): Promise<Html | Refusal> {
  const [withdrawn, bulletins] = await Promise.all([readCorrections(c.s, c.view), listPublicBulletins(c.s, c.view.row.slug)]);
  if (isRefusal(bulletins)) return bulletins;
  const corrections = bulletins.flatMap((b) => (b.corrects === null ? [] : [{ no: b.no, at: b.releasedAt ?? '', old: b.corrects }]));
  const list = withdrawn.map((x) => ({ ...x, at: asOfText(c.view, x.at) }));
  const link = (no: number) => publicPaths.bulletin({ ...c.where, asOf: null }, no);
  const total = list.length + corrections.length;
  const w = c.w.corrections;
  return campaignPage(c, {
    section: 'corrections',
    title: w.title,
    answer: total === 0 ? w.none : w.some(total),
    path: publicPaths.corrections,
    main: h`<ul class="list">${corrections.map(
      (x) =>
        h`<li><time datetime="${x.at}">${moment(x.at, c.lang)}</time><a href="${link(x.old.no)}">${c.w.bulletins.no(x.old.no)}</a>${c.w.comma}<a href="${link(x.no)}">${c.w.bulletins.correctedBy(x.no)}</a>${c.w.comma}${x.old.reason}</li>`,
    )}${list.map(
      (x) =>
        h`<li><time datetime="${x.at}">${moment(x.at, c.lang)}</time><del>${x.what.kind === 'case' ? w.case(x.what.no) : w.figures(moment(x.what.asOf, c.lang))}</del>${c.w.comma}${x.reason}</li>`,
    )}</ul>
<div class="prose"${c.lang === 'en' ? h` lang="en"` : ''}><p>${w.rule}</p><p>${w.late}</p></div>`,
  });
}

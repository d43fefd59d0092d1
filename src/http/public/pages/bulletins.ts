import { publicPaths, type PublicLang } from '../../../contract/paths/public.ts';
import { isRefusal, type Refusal } from '../../../domain/kernel/refusal.ts';
import { moneyOf } from '../../../usecases/publication/check.ts';
import { listPublicBulletins, readPublicBulletin } from '../../../usecases/publication/public.ts';
import { publicReach } from '../../../usecases/public/figures.ts';
import { campaignPage, type PageContext } from '../kit/context.ts';
import { date, moment, size } from '../kit/format.ts';
import { frozen, h, type Html, type Part } from '../kit/html.ts';
import { checkPlace } from '../kit/proof.ts';
import { asOfText } from '../present.ts';

type Line = Exclude<Awaited<ReturnType<typeof listPublicBulletins>>, Refusal>[number];
type PublicBulletin = Exclude<Awaited<ReturnType<typeof readPublicBulletin>>, Refusal>;

/** Released bulletins (通报), newest first, and under them the instants as of which figures are public. */
export async function bulletinsPage(c: PageContext): Promise<Html | Refusal> {
  const w = c.w.bulletins;
  const list = await listPublicBulletins(c.s, c.view.row.slug);
  if (isRefusal(list)) return list;
  const releases = c.view.published.filter((p) => p.asOf <= c.view.release.asOf);
  const [newest] = list;
  return campaignPage(c, {
    section: 'bulletins',
    title: w.title,
    answer: newest === undefined ? w.none : w.answer(list.length, date(newest.releasedAt ?? '', c.lang)),
    path: (where) => publicPaths.bulletins({ ...where, asOf: null }),
    stamp: h`<p class="stampline"></p>`,
    main: h`<p class="lead">${w.lead}</p>
<ol class="list">${list.map((b) => bulletinLine(c, b))}</ol>
<h2>${w.releases}</h2><p class="lead">${w.releasesLead(releases.length)}</p>
<ol class="list">${releases
      .map((p) => {
        const at = asOfText(c.view, p.asOf);
        return h`<li><a href="${publicPaths.figures({ ...c.where, asOf: at })}"><time datetime="${at}">${c.w.asOf(moment(at, c.lang))}</time></a><span class="c2">${w.recorded(moment(asOfText(c.view, p.recordedAt), c.lang))}</span></li>`;
      })
      .reverse()}</ol>`,
  });
}

function bulletinLine(c: PageContext, b: Line): Html {
  const w = c.w.bulletins;
  const about = [
    `${w.kinds[b.kind] ?? b.kind} ${w.no(b.no)}`,
    c.w.asOf(moment(b.asOf, c.lang)),
    w.released(moment(b.releasedAt ?? '', c.lang)),
    ...(b.corrects === null ? [] : [w.corrects(b.corrects.no)]),
    ...b.correctedBy.map((x) => w.correctedBy(x.no)),
  ];
  return h`<li><a href="${pathOf(c, b.no)}"><b lang="${tag(b.lang)}">${b.title}</b></a><br><span class="c2">${about.join(c.w.comma)}</span></li>`;
}

const tag = (lang: PublicLang) => (lang === 'zh' ? 'zh-CN' : 'en');
const pathOf = (c: PageContext, no: number) => publicPaths.bulletin({ ...c.where, asOf: null }, no);

/** A released bulletin at its permanent address: the text as it was frozen, its files, its corrections and its proof. */
export async function bulletinPage(c: PageContext, no: number): Promise<Html | Refusal> {
  const b = await readPublicBulletin(c.s, c.view.row.slug, no);
  if (isRefusal(b)) return b;
  const w = c.w.bulletins;
  const money = moneyOf(c.view.campaign);
  const listed = b.figures.flatMap((f, i) => (publicReach(c.view, f.id, f.filter) === 'records' ? [i + 1] : []));
  return campaignPage(c, {
    section: 'bulletins',
    title: b.title,
    answer: b.title,
    heading: h`<span lang="${tag(b.lang)}">${b.title}</span>`,
    path: (where) => publicPaths.bulletin({ ...where, asOf: null }, no),
    stamp: h`<p class="stampline"><a href="${publicPaths.bulletins(c.where)}">${w.title}</a><span>${w.kinds[b.kind] ?? b.kind} ${w.no(b.no)}</span>${b.twin === null ? '' : h`<a href="${pathOf(c, b.twin)}">${w.twin[b.lang]}</a>`}</p>
${b.correctedBy.map((x) => h`<p class="told" role="note">${w.correctedBy(x.no)}${c.w.comma}<a href="${pathOf(c, x.no)}">${w.read}</a>${c.w.stop}${w.reason}${x.reason}</p>`)}${b.corrects === null ? '' : h`<p class="told" role="note">${w.corrects(b.corrects.no)}${c.w.comma}<a href="${pathOf(c, b.corrects.no)}">${w.readOld}</a>${c.w.stop}</p>`}`,
    checkable: true,
    main: h`<div class="frozen" id="frozen" lang="${tag(b.lang)}">${frozen(linked(c, b))}</div>
${changesBlock(c, b)}
${filesBlock(c, b)}
<h2 id="proof">${c.w.figure.proof}</h2>
<div class="proof" data-proof-campaign="${c.view.row.slug}" data-proof-bulletin="${no}" data-proof-lang="${b.lang}" data-proof-currency="${money.currency}" data-proof-digits="${money.digits}" data-proof-listed="${listed.join(',')}">
<p>${w.proofLead}${b.checkpoint === null ? w.noCheckpoint : ''}</p>
${checkPlace(c)}</div>`,
  });
}

/**
 * The frozen article inside a page that has a heading and a notice of its own. Its figures lead on: a number to its records, the name in
 * the list of figures to the figure's page; where no records are listed, the number leads to the figure.
 */
function linked(c: PageContext, b: PublicBulletin): string {
  const links = b.figures.map((f) => {
    const where = { lang: b.lang, slug: c.view.row.slug, asOf: f.asOf };
    const reach = publicReach(c.view, f.id, f.filter);
    const figure = reach === 'none' ? null : publicPaths.figure(where, f.id, f.filter);
    return { figure, number: reach === 'records' ? publicPaths.records(where, f.id, f.filter) : figure };
  });
  const attribute = (path: string) => path.replaceAll('&', '&amp;');
  return b.article
    .replace(/<p class="notice">[^<]*<\/p>\n?/, '')
    .replace(/<h1>[^<]*<\/h1>\n?/, '')
    .replace(/<a href="#f(\d+)">/g, (whole, n: string) => {
      const number = links[Number(n) - 1]?.number ?? null;
      return number === null ? whole : `<a href="${attribute(number)}">`;
    })
    .replace(/(<tr id="f(\d+)"><td>\d+<\/td><td>)([^<]*)<br>/g, (whole, before: string, n: string, name: string) => {
      const figure = links[Number(n) - 1]?.figure ?? null;
      return figure === null ? whole : `${before}<a href="${attribute(figure)}">${name}</a><br>`;
    })
    .replaceAll('<div class="wide">', '<div class="wide" tabindex="0">');
}

/** What a later bulletin changed in this one. What this one changed in an earlier stands in its own frozen text. */
function changesBlock(c: PageContext, b: PublicBulletin): Part {
  const w = c.w.bulletins;
  const later = b.changes.filter((x) => x.from === b.no);
  if (later.length === 0) return '';
  const run = (x: { kind: 'same' | 'gone' | 'new'; text: string }) => {
    const all = [...x.text];
    if (x.kind === 'same') return all.length <= 120 ? x.text : `${all.slice(0, 50).join('')} … ${all.slice(-50).join('')}`;
    return x.kind === 'gone' ? h`<del>${x.text}</del>` : h`<ins>${x.text}</ins>`;
  };
  return h`<h2>${w.changes}</h2>${later.map((x) => h`<p class="lead"><a href="${pathOf(c, x.to)}">${w.correctedBy(x.to)}</a>${c.w.stop}${w.reason}${x.reason}</p><p class="diff" lang="${tag(b.lang)}">${x.changes.map(run)}</p>`)}`;
}

function filesBlock(c: PageContext, b: PublicBulletin): Part {
  const w = c.w.bulletins;
  return h`<h2>${w.files}</h2><p class="lead">${w.filesLead}</p>
<table class="stack"><thead><tr><th scope="col">${w.file}</th><th scope="col">${w.size}</th><th scope="col">SHA-256</th></tr></thead><tbody>${b.artefacts.map(
    (a) =>
      h`<tr><th scope="row"><a href="${publicPaths.bulletinFile(c.where, b.no, a.format)}">${w.formats[a.format] ?? a.format}</a></th><td class="nb">${size(a.bytes)}</td><td><code class="hash">${a.sha256}</code></td></tr>`,
  )}</tbody></table>`;
}

import { writableText } from '../../domain/kernel/text.ts';
import { printMoment } from '../../domain/publication/cohort.ts';
import { qrSvg } from '../kit/qr.ts';
import type { PublicationModel, ShownBlock, ShownFigure, ShownRuns } from './model.ts';
import { documentWords, type DocumentWords } from './words.ts';

export const escapeHtml = (text: string): string => writableText(text).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

const css = `
html{-webkit-text-size-adjust:100%}body{margin:0;background:#fcfbf8;color:#1a1c1f;font:16px/1.7 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC",system-ui,sans-serif;font-variant-numeric:tabular-nums}
:lang(en){font-family:"Segoe UI","Helvetica Neue","Noto Sans",Arial,"PingFang SC","Microsoft YaHei",sans-serif}
article{max-width:42em;margin:0 auto;padding:24px 16px 48px}
.notice{background:#fdf3d7;color:#5c4300;border:1px dashed;padding:4px 12px;font-size:14px}
.meta{color:#62676f;font-size:14px;margin:0 0 20px}h1{font-size:26px;line-height:1.4;margin:20px 0 8px;overflow-wrap:anywhere}
h2{font-size:20px;margin:28px 0 8px}h3{font-size:17px;margin:22px 0 6px}h4{font-size:16px;margin:18px 0 4px}p{margin:0 0 12px;overflow-wrap:anywhere}
:lang(zh-CN) .prose>p{text-indent:2em}a{color:#0958d9;text-decoration:none;border-bottom:1px solid #b9cdf3}a:focus-visible{outline:2px solid #0958d9;outline-offset:2px}
table{border-collapse:collapse;width:100%;font-size:14px;line-height:1.5;margin:0 0 12px}th,td{text-align:left;vertical-align:top;padding:5px 8px 5px 0;border-bottom:1px solid #dcd8ce;overflow-wrap:anywhere}
th{font-weight:400;color:#444951;border-bottom-color:#1a1c1f}.wide{overflow-x:auto}.wide td{min-width:3.2em}.wide code{white-space:nowrap}.n{text-align:right;white-space:nowrap}
.end{border-top:2px solid #1a1c1f;margin-top:32px;padding-top:8px;font-size:14px}.end h2{font-size:16px;margin:8px 0}
.seal{display:flex;flex-wrap:wrap;gap:16px}.seal svg{width:176px;height:176px;border:1px solid #dcd8ce}.seal pre{flex:1 1 18em;margin:0;white-space:pre-wrap;overflow-wrap:anywhere;font:12px/1.6 ui-monospace,Consolas,"DejaVu Sans Mono",monospace}
code{font:12px ui-monospace,Consolas,"DejaVu Sans Mono",monospace;overflow-wrap:anywhere}del{color:#963229}ins{color:#034943}.fix{border:1px solid #963229;background:#fbe9e4;padding:10px 14px;margin:0 0 20px}.fix p{text-indent:0}
@media print{body{background:#fff;font-size:11pt}article{max-width:none;padding:0}a{color:inherit;border:0}tr,.seal,.fix{break-inside:avoid}h2,h3,h4{break-after:avoid}.wide{overflow:visible}}
@page{size:A4;margin:20mm}`.replace(/\n/g, '');

/** A released bulletin as one HTML file: no script, nothing from elsewhere, every figure a link to its line and its public records. */
export function bulletinHtml(m: PublicationModel): string {
  const lang = m.lang === 'zh' ? 'zh-CN' : 'en';
  return `<!doctype html>
<html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"><title>${escapeHtml(m.title)}</title><style>${css}</style></head>
<body>
${bulletinArticle(m)}
</body></html>
`;
}

/** The article alone, for a page that has a head and a style of its own. */
export function bulletinArticle(m: PublicationModel): string {
  const w = documentWords[m.lang];
  const notice = m.campaign.mode === 'synthetic' ? `<p class="notice">${escapeHtml(m.campaign.notice)}</p>\n` : '';
  const meta = [
    `${w.kind[m.kind] ?? m.kind} ${w.number(m.no)}`,
    m.campaign.name,
    m.issuer,
    `${w.asOf}${m.lang === 'zh' ? '' : ' '}${printMoment(m.asOf, m.lang)}`,
    `${w.released}${m.lang === 'zh' ? '于' : ' '}${printMoment(m.releasedAt, m.lang)}`,
  ];
  return `<article class="bulletin">
${notice}<h1>${escapeHtml(m.title)}</h1>
<p class="meta">${meta.map(escapeHtml).join(m.lang === 'zh' ? '　' : ' · ')}</p>
${correction(m, w)}<div class="prose">
${m.blocks.map(block).join('\n')}
</div>
${figureTable(m, w)}
${seal(m, w)}
</article>`;
}

function runs(list: ShownRuns): string {
  return list.map((r) => (r.figure === undefined ? escapeHtml(r.text) : `<a href="#f${r.figure + 1}">${escapeHtml(r.text)}</a>`)).join('');
}

function block(b: ShownBlock): string {
  switch (b.kind) {
    case 'heading':
      return `<h${b.level + 1}>${runs(b.runs)}</h${b.level + 1}>`;
    case 'paragraph':
      return `<p>${runs(b.runs)}</p>`;
    case 'list': {
      const tag = b.ordered ? 'ol' : 'ul';
      return `<${tag}>${b.items.map((i) => `<li>${runs(i)}</li>`).join('')}</${tag}>`;
    }
    case 'table': {
      const row = (cells: readonly ShownRuns[], tag: string) => `<tr>${cells.map((c) => `<${tag}>${runs(c)}</${tag}>`).join('')}</tr>`;
      const [head, ...rest] = b.rows;
      return `<div class="wide"><table><thead>${row(head ?? [], 'th')}</thead><tbody>${rest.map((r) => row(r, 'td')).join('')}</tbody></table></div>`;
    }
  }
}

function correction(m: PublicationModel, w: DocumentWords): string {
  const c = m.corrects;
  if (c === null) return '';
  const changes = c.changes
    .map((x) => (x.kind === 'same' ? shortened(x.text) : x.kind === 'gone' ? `<del>${lines(x.text)}</del>` : `<ins>${lines(x.text)}</ins>`))
    .join('');
  const figures =
    c.figures.length === 0
      ? ''
      : `<p>${w.changed}</p><ul>${c.figures.map((f) => `<li>${escapeHtml(f.name)}${w.sep}<del>${escapeHtml(f.before)}</del> → <ins>${escapeHtml(f.after)}</ins></li>`).join('')}</ul>`;
  return `<section class="fix"><p><b>${w.corrects(c.no)}</b>${m.lang === 'zh' ? '《' : ' '}${escapeHtml(c.title)}${m.lang === 'zh' ? '》' : ''}</p><p>${w.reason}${w.sep}${escapeHtml(c.reason)}</p><p>${w.changes}</p><p>${changes}</p>${figures}</section>\n`;
}

const lines = (text: string) => escapeHtml(text).replaceAll('\n', '<br>');

/** Long stretches without a change are cut in the middle. */
function shortened(text: string): string {
  const all = [...text];
  return all.length <= 120 ? lines(text) : `${lines(all.slice(0, 50).join(''))} … ${lines(all.slice(-50).join(''))}`;
}

function figureTable(m: PublicationModel, w: DocumentWords): string {
  if (m.figures.length === 0) return '';
  const row = (f: ShownFigure, i: number) =>
    `<tr id="f${i + 1}"><td>${i + 1}</td><td>${escapeHtml(f.name)}<br><code>${escapeHtml(f.id)}@${f.version}</code> ${f.role === 'quoted' ? w.quoted : w.beside}</td><td>${escapeHtml(f.cohort === '' ? w.all : f.cohort)}</td><td>${escapeHtml(printMoment(f.asOf, m.lang))}</td><td class="n"><a href="${escapeHtml(f.path)}">${escapeHtml(f.shown)}</a></td><td class="n">${escapeHtml(f.fraction ?? '')}</td><td><code title="${f.recordsRoot}">${f.recordsRoot.slice(0, 12)}…</code></td></tr>`;
  return `<section class="end"><h2>${w.figures}</h2><p>${w.figuresNote}</p><div class="wide"><table><thead><tr>${w.columns.map((c) => `<th>${c}</th>`).join('')}</tr></thead><tbody>
${m.figures.map(row).join('\n')}
</tbody></table></div></section>`;
}

function seal(m: PublicationModel, w: DocumentWords): string {
  return `<section class="end"><h2>${w.proof}</h2><p>${m.checkpoint === null ? w.noCheckpoint : w.proofNote}</p><div class="seal">${qrSvg(m.seal, w.qr)}<pre>${escapeHtml(m.seal)}</pre></div><p>${w.address}${w.sep}<a href="${escapeHtml(m.path)}">${escapeHtml(m.path)}</a></p></section>`;
}

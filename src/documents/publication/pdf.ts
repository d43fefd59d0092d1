import { printMoment } from '../../domain/publication/cohort.ts';
import { qrSvg } from '../kit/qr.ts';
import { typeset } from '../kit/typst.ts';
import type { PublicationModel } from './model.ts';
import { documentWords } from './words.ts';

/** The page's design. Texts are taken from the data as strings and are never read as markup. */
const source = `
#let d = json(bytes(sys.inputs.data))
#set document(title: d.title, date: auto)
#set text(size: 10.5pt, lang: d.lang, region: d.region)
#set page(paper: "a4", margin: (x: 25mm, top: 25mm, bottom: 22mm), footer: context [
  #set text(size: 8pt, fill: rgb("#62676f"))
  #line(length: 100%, stroke: 0.4pt + rgb("#dcd8ce"))
  #v(-4pt)
  #d.foot #h(1fr) #counter(page).display("1 / 1", both: true)
])
#set par(justify: true, leading: 0.85em, spacing: 1em)
#set table(stroke: (x, y) => (bottom: if y == 0 { 0.8pt + black } else { 0.4pt + rgb("#dcd8ce") }), inset: (x: 3pt, y: 4pt), align: left)
#let small(body) = text(size: 8.5pt, body)
#let run(r) = if r.at("figure", default: none) == none { r.text } else { link(label("f" + str(r.figure + 1)), text(fill: rgb("#0958d9"), r.text)) }
#let runs(list) = list.map(run).join()
#let change(c) = if c.kind == "gone" { strike(text(fill: rgb("#963229"), c.text)) } else if c.kind == "new" { underline(text(fill: rgb("#034943"), c.text)) } else { c.text }
#if d.notice != "" { block(width: 100%, fill: rgb("#fdf3d7"), inset: 6pt, small(text(fill: rgb("#5c4300"), d.notice))) }
#align(center)[
  #text(size: 9pt, fill: rgb("#444951"))[#d.campaign #h(1em) #d.kind]
  #v(2pt)
  #text(size: 17pt, weight: "bold", d.title)
  #v(2pt)
  #text(size: 8.5pt, fill: rgb("#62676f"))[#d.issuer #h(1em) #d.asOf #h(1em) #d.released]
]
#v(8pt)
#if d.corrects != none {
  block(width: 100%, stroke: 0.6pt + rgb("#963229"), inset: 8pt, small[
    #strong(d.corrects.head) \\
    #d.corrects.reason \\
    #d.corrects.note
    #for l in d.corrects.lines { par(l.map(change).join()) }
    #for f in d.corrects.figures { par[#f.name #strike(text(fill: rgb("#963229"), f.before)) #underline(text(fill: rgb("#034943"), f.after))] }
  ])
}
#for b in d.blocks {
  if b.kind == "heading" { block(above: 1.4em, below: 0.8em, sticky: true, text(size: (13.5pt, 12pt, 11pt).at(b.level - 1), weight: "bold", runs(b.runs))) }
  else if b.kind == "paragraph" { par(first-line-indent: if d.lang == "zh" { (amount: 2em, all: true) } else { 0pt }, runs(b.runs)) }
  else if b.kind == "list" {
    if b.ordered { enum(..b.items.map(runs)) } else { list(..b.items.map(runs)) }
  }
  else if b.kind == "table" and b.rows.len() > 0 {
    set text(size: 9pt)
    set par(justify: false)
    table(columns: (1fr,) * b.rows.at(0).len(), table.header(..b.rows.at(0).map(c => text(fill: rgb("#444951"), runs(c)))), ..b.rows.slice(1).map(r => r.map(runs)).flatten())
  }
}
#if d.figures.len() > 0 {
  v(10pt)
  line(length: 100%, stroke: 1pt)
  block(sticky: true, text(weight: "bold", size: 11pt, d.words.figures))
  small(d.words.figuresNote)
  set text(size: 7.5pt)
  set par(justify: false)
  table(columns: (auto, 3fr, 1.7fr, 1.8fr, 1.3fr, 1.6fr, 1.5fr),
    table.header(..d.words.columns.map(c => text(fill: rgb("#444951"), c))),
    ..d.figures.enumerate().map(((i, f)) => ([#str(i + 1)#label("f" + str(i + 1))], [#f.name \\ #text(fill: rgb("#62676f"), f.note)], f.cohort, f.asOf, f.shown, f.fraction, f.root)).flatten())
}
#v(10pt)
#block(breakable: false, width: 100%)[
  #line(length: 100%, stroke: 1pt)
  #text(weight: "bold", size: 11pt, d.words.proof)
  #par(small(d.words.proofNote))
  #grid(columns: (36mm, 1fr), gutter: 6mm, image(bytes(d.qr), format: "svg", width: 36mm, alt: d.words.qr), par(justify: false, text(size: 7pt, d.seal.map(l => l.codepoints().map(c => c + sym.zws).join()).join(linebreak()))))
  #par(small(d.address))
]
`;

/** A released bulletin as PDF: made of the model alone, with the fonts of a package. */
export function bulletinPdf(m: PublicationModel): Uint8Array {
  const w = documentWords[m.lang];
  const space = m.lang === 'zh' ? '' : ' ';
  const rows = m.blocks.map((b) => (b.kind === 'table' ? { ...b, rows: b.rows } : b));
  const data = {
    title: m.title,
    lang: m.lang,
    region: m.lang === 'zh' ? 'CN' : 'US',
    notice: m.campaign.mode === 'synthetic' ? m.campaign.notice : '',
    campaign: m.campaign.name,
    kind: `${w.kind[m.kind] ?? m.kind} ${w.number(m.no)}`,
    issuer: m.issuer,
    asOf: `${w.asOf}${space}${printMoment(m.asOf, m.lang)}`,
    released: `${w.released}${space}${printMoment(m.releasedAt, m.lang)}`,
    foot: `${m.campaign.name} ${w.kind[m.kind] ?? ''} ${w.number(m.no)}`,
    blocks: rows,
    corrects: m.corrects === null ? null : correction(m),
    figures: m.figures.map((f) => ({
      name: f.name,
      note: `${f.id}@${f.version}  ${f.role === 'quoted' ? w.quoted : w.beside}`,
      cohort: f.cohort === '' ? w.all : f.cohort,
      asOf: printMoment(f.asOf, m.lang),
      shown: f.shown,
      fraction: f.fraction ?? '',
      root: `${f.recordsRoot.slice(0, 12)}…`,
    })),
    words: {
      figures: w.figures,
      figuresNote: w.figuresNote,
      columns: w.columns,
      proof: w.proof,
      proofNote: m.checkpoint === null ? w.noCheckpoint : w.proofNote,
      qr: w.qr,
    },
    qr: qrSvg(m.seal, w.qr),
    seal: m.seal.split('\n'),
    address: `${w.address}${w.sep}${m.path}`,
  };
  return typeset(source, data, new Date(m.releasedAt));
}

function correction(m: PublicationModel) {
  const w = documentWords[m.lang];
  const c = m.corrects;
  if (c === null) return null;
  const lines: { kind: string; text: string }[][] = [[]];
  for (const change of c.changes) {
    change.text.split('\n').forEach((text, i) => {
      if (i > 0) lines.push([]);
      if (text !== '') lines.at(-1)?.push({ kind: change.kind, text });
    });
  }
  return {
    head: `${w.corrects(c.no)} ${c.title}`,
    reason: `${w.reason}${w.sep}${c.reason}`,
    note: w.changes,
    lines: lines.filter((line) => line.some((r) => r.kind !== 'same')),
    figures: c.figures.map((f) => ({ ...f, name: `${f.name}${w.sep}` })),
  };
}

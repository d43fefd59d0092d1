import { inQuotes } from '../../domain/kernel/quotes.ts';
import { printDate } from '../../domain/publication/cohort.ts';
import type { CheckpointRef } from '../../domain/publication/acts.ts';
import { qrPng, qrSvg } from '../kit/qr.ts';
import { typeset } from '../kit/typst.ts';
import { blocks, fillTemplate, paragraph, picture } from '../kit/word.ts';
import { documentWords } from '../publication/words.ts';

/** A supervision letter (督办函) as it is printed; letters are Chinese documents. */
export interface LetterModel {
  readonly campaign: string;
  readonly notice: string;
  readonly issuer: string;
  readonly docNo: string;
  readonly batch: string;
  readonly government: string;
  /** `YYYY-MM-DD` in the campaign's zone. */
  readonly issuedOn: string;
  readonly deadline: string;
  /** When it was issued, ISO 8601: the time the file carries. */
  readonly issuedAt: string;
  readonly problems: readonly { readonly no: string; readonly county: string; readonly unit: string; readonly text: string }[];
  readonly checkpoint: CheckpointRef | null;
  readonly seal: string;
}

const w = documentWords.zh;

function sentences(m: LetterModel): string[] {
  return [
    `${m.government}：`,
    `经现场检查并确认，你地有${m.problems.length}个环境问题列入${inQuotes(m.campaign)}${m.batch}（清单附后）。现予督办，请逐一明确实施主体、整改目标、完成期限、主要措施和验收主体，于${printDate(m.deadline, 'zh')}前完成整改，并按规定申报、验收、销号。`,
    '阶段性完成的按未完成计；延期须依据规则书面提出。',
  ];
}

/** The letter as Word, over the template of the repository. */
export function letterDocx(m: LetterModel): Promise<Uint8Array> {
  const [to = '', ...rest] = sentences(m);
  return fillTemplate('letter', {
    notice: m.notice,
    campaign: m.campaign,
    docNo: m.docNo,
    title: `${w.letter}（${m.batch}）`,
    to,
    body: blocks(rest.map((text) => paragraph('BodyText', [{ text }]))),
    issuer: m.issuer,
    issued: printDate(m.issuedOn, 'zh'),
    annex: w.problems(m.problems.length),
    problems: m.problems.map((p) => ({ ...p })),
    proof: w.proof,
    qr: picture(qrPng(m.seal), 130, w.qr),
    seal: blocks(m.seal.split('\n').map((line) => paragraph('Seal', [{ text: line }]))),
  });
}

const source = `
#let d = json(bytes(sys.inputs.data))
#set document(title: d.title, date: auto)
#set text(size: 12pt, lang: "zh", region: "CN")
#set page(paper: "a4", margin: (x: 26mm, top: 30mm, bottom: 24mm), footer: context align(center, text(size: 8pt, counter(page).display("1 / 1", both: true))))
#set par(justify: true, leading: 1em, spacing: 1.2em)
#if d.notice != "" { block(width: 100%, fill: rgb("#fdf3d7"), inset: 6pt, text(size: 8.5pt, fill: rgb("#5c4300"), d.notice)) }
#align(center, text(size: 20pt, weight: "bold", fill: rgb("#963229"), d.campaign))
#line(length: 100%, stroke: 1.2pt + rgb("#963229"))
#align(right, text(size: 10pt, d.docNo))
#align(center, text(size: 17pt, weight: "bold", d.title))
#v(8pt)
#par(d.to)
#for t in d.body { par(first-line-indent: (amount: 2em, all: true), t) }
#v(20pt)
#align(right)[#d.issuer \\ #d.issued]
#pagebreak()
#text(weight: "bold", d.annex)
#set text(size: 9pt)
#set par(justify: false, leading: 0.7em)
#table(columns: (auto, auto, 1.2fr, 2fr), stroke: 0.4pt, inset: 5pt, table.header(..d.columns.map(strong)), ..d.problems.flatten())
#v(10pt)
#block(breakable: false)[
  #text(weight: "bold", d.proof)
  #grid(columns: (32mm, 1fr), gutter: 6mm, image(bytes(d.qr), format: "svg", width: 32mm, alt: d.proof), text(size: 7pt, d.seal.map(l => l.codepoints().map(c => c + sym.zws).join()).join(linebreak())))
]
`;

/** The letter as PDF. */
export function letterPdf(m: LetterModel): Uint8Array {
  const [to = '', ...body] = sentences(m);
  return typeset(
    source,
    {
      notice: m.notice,
      campaign: m.campaign,
      docNo: m.docNo,
      title: `${w.letter}（${m.batch}）`,
      to,
      body,
      issuer: m.issuer,
      issued: printDate(m.issuedOn, 'zh'),
      annex: w.problems(m.problems.length),
      columns: w.problemColumns,
      problems: m.problems.map((p) => [p.no, p.county, p.unit, p.text]),
      proof: w.proof,
      qr: qrSvg(m.seal, w.qr),
      seal: m.seal.split('\n'),
    },
    new Date(m.issuedAt),
  );
}

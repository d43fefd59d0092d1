import { printMoment } from '../../domain/publication/cohort.ts';
import type { Change } from '../../domain/publication/diff.ts';
import { qrPng } from '../kit/qr.ts';
import { blocks, fillTemplate, paragraph, picture, table, type Run } from '../kit/word.ts';
import type { PublicationModel, ShownBlock, ShownRuns } from './model.ts';
import { documentWords, type DocumentWords } from './words.ts';

/** A released bulletin as a Word file, over the template of the repository. */
export function bulletinDocx(m: PublicationModel): Promise<Uint8Array> {
  const w = documentWords[m.lang];
  const space = m.lang === 'zh' ? '' : ' ';
  return fillTemplate('bulletin', {
    notice: m.campaign.mode === 'synthetic' ? m.campaign.notice : '',
    campaign: m.campaign.name,
    kind: `${w.kind[m.kind] ?? m.kind} ${w.number(m.no)}`,
    title: m.title,
    issuer: m.issuer,
    asOf: `${w.asOf}${space}${printMoment(m.asOf, m.lang)}`,
    released: `${w.released}${space}${printMoment(m.releasedAt, m.lang)}`,
    correction: blocks(correction(m, w)),
    body: blocks(m.blocks.flatMap(block)),
    figuresTitle: w.figures,
    figuresNote: w.figuresNote,
    figures: blocks(m.figures.length === 0 ? [] : [figureTable(m, w)]),
    proof: w.proof,
    proofNote: m.checkpoint === null ? w.noCheckpoint : w.proofNote,
    qr: picture(qrPng(m.seal), 150, w.qr),
    seal: blocks(m.seal.split('\n').map((line) => paragraph('Seal', [{ text: line }]))),
    address: `${w.address}${w.sep}${m.path}`,
  });
}

function runs(list: ShownRuns): Run[] {
  return list.map((r) => (r.figure === undefined ? { text: r.text } : { text: r.text, style: 'Figure' }));
}

function block(b: ShownBlock): string[] {
  switch (b.kind) {
    case 'heading':
      return [paragraph(`Heading${b.level}`, runs(b.runs))];
    case 'paragraph':
      return [paragraph('BodyText', runs(b.runs))];
    case 'list':
      return b.items.map((item, i) => paragraph('ListText', [{ text: b.ordered ? `${i + 1}. ` : '• ' }, ...runs(item)]));
    case 'table':
      return [table(b.rows.map((row) => row.map(runs))), paragraph('Small', [])];
  }
}

const styled = (c: Change): Run => (c.kind === 'same' ? { text: c.text } : { text: c.text, style: c.kind === 'gone' ? 'Gone' : 'New' });

/** The changes as paragraphs: the texts carry line ends. */
function correction(m: PublicationModel, w: DocumentWords): string[] {
  const c = m.corrects;
  if (c === null) return [];
  const lines: Run[][] = [[]];
  for (const change of c.changes) {
    change.text.split('\n').forEach((text, i) => {
      if (i > 0) lines.push([]);
      if (text !== '') lines.at(-1)?.push(styled({ kind: change.kind, text }));
    });
  }
  const touched = lines.filter((line) => line.some((r) => r.style !== undefined));
  return [
    paragraph('Small', [{ text: `${w.corrects(c.no)} ${c.title}` }]),
    paragraph('Small', [{ text: `${w.reason}${w.sep}${c.reason}` }]),
    paragraph('Small', [{ text: w.changes }]),
    ...touched.map((line) => paragraph('Small', line)),
    ...c.figures.map((f) =>
      paragraph('Small', [
        { text: `${f.name}${w.sep}` },
        { text: f.before, style: 'Gone' },
        { text: ' ' },
        { text: f.after, style: 'New' },
      ]),
    ),
  ];
}

function figureTable(m: PublicationModel, w: DocumentWords): string {
  const cell = (text: string): Run[] => [{ text }];
  const head = w.columns.map(cell);
  const rows = m.figures.map((f, i) => [
    cell(String(i + 1)),
    cell(`${f.name}（${f.role === 'quoted' ? w.quoted : w.beside}）${f.id}@${f.version}`),
    cell(f.cohort === '' ? w.all : f.cohort),
    cell(printMoment(f.asOf, m.lang)),
    cell(f.shown),
    cell(f.fraction ?? ''),
    cell(`${f.recordsRoot.slice(0, 12)}…`),
  ]);
  return table([head, ...rows], [5, 26, 15, 15, 12, 14, 15]);
}

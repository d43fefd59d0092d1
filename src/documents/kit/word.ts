import { readFile } from 'node:fs/promises';
import { TemplateHandler } from 'easy-template-x';
import { writableText } from '../../domain/kernel/text.ts';
import { refix } from './archive.ts';
import { writable } from './writable.ts';

const folder = new URL('./templates/', import.meta.url);

/** A Word template of the repository filled in. Values are texts, pictures or, from our own writer only, paragraphs in WordprocessingML. */
export async function fillTemplate(name: 'bulletin' | 'letter', data: Record<string, unknown>): Promise<Uint8Array> {
  const template = await readFile(new URL(`${name}.docx`, folder));
  const filled = await new TemplateHandler().process(template, writable(data) as never);
  return refix(new Uint8Array(filled));
}

/** A text as it may stand between two tags of WordprocessingML. */
export function xmlText(text: string): string {
  return writableText(text).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}

/** Runs of one paragraph. */
export interface Run {
  readonly text: string;
  readonly style?: 'Figure' | 'Gone' | 'New';
}

/** A paragraph in a style of the template; spaces are kept. */
export function paragraph(style: string, runs: readonly Run[], more = ''): string {
  return `<w:p><w:pPr><w:pStyle w:val="${style}"/>${more}</w:pPr>${runs.map(run).join('')}</w:p>`;
}

function run(r: Run): string {
  const style = r.style === undefined ? '' : `<w:rPr><w:rStyle w:val="${r.style}"/></w:rPr>`;
  return `<w:r>${style}<w:t xml:space="preserve">${xmlText(r.text)}</w:t></w:r>`;
}

/** A table over the whole width, its first row repeated on every page. */
export function table(rows: readonly (readonly (readonly Run[])[])[], weights?: readonly number[]): string {
  const columns = Math.max(1, ...rows.map((r) => r.length));
  const all = weights ?? Array.from({ length: columns }, () => 1);
  const sum = all.reduce((a, b) => a + b, 0);
  const widths = Array.from({ length: columns }, (_, i) => Math.floor((8844 * (all[i] ?? 1)) / sum));
  const cell = (runs: readonly Run[], i: number, head: boolean) =>
    `<w:tc><w:tcPr><w:tcW w:w="${widths[i]}" w:type="dxa"/></w:tcPr>${paragraph(head ? 'TableHead' : 'TableText', runs)}</w:tc>`;
  const lines = rows.map(
    (row, n) =>
      `<w:tr><w:trPr><w:cantSplit/>${n === 0 ? '<w:tblHeader/>' : ''}</w:trPr>${row.map((c, i) => cell(c, i, n === 0)).join('')}</w:tr>`,
  );
  return `<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/><w:tblW w:w="8844" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>${widths.map((w) => `<w:gridCol w:w="${w}"/>`).join('')}</w:tblGrid>${lines.join('')}</w:tbl>`;
}

/** A PNG for a template's picture tag, in pixels at 96 to the inch. */
export function picture(png: Uint8Array, side: number, altText: string): object {
  return { _type: 'image', source: Buffer.from(png), format: 'image/png', width: side, height: side, altText };
}

/** Blocks of our own writer for a template's tag that stands alone in its paragraph. */
export function blocks(xml: readonly string[]): object {
  return { _type: 'rawXml', xml: [...xml], replaceParagraph: true };
}

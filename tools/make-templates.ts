// Makes the Word templates of the documents (src/documents/kit/templates). An office may edit them in Word instead: the tags in
// braces are what is filled in, the styles are what the writer uses.
import { writeFile } from 'node:fs/promises';
import { fixedZip } from '../src/documents/kit/archive.ts';

// The picture writer uses wp, r, a and pic without declaring them.
const ns = [
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"',
  'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"',
  'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"',
  'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"',
  'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"',
].join(' ');
const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

interface Look {
  readonly size: number;
  readonly bold?: boolean;
  readonly color?: string;
  readonly align?: string;
  readonly indent?: boolean;
  readonly before?: number;
  readonly after?: number;
  readonly mono?: boolean;
  readonly keep?: boolean;
  readonly outline?: number;
}

function style(id: string, l: Look): string {
  const fonts = l.mono === true ? '<w:rFonts w:ascii="Consolas" w:hAnsi="Consolas" w:eastAsia="仿宋"/>' : '';
  return `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${id}"/><w:basedOn w:val="Normal"/><w:pPr>${l.keep === true ? '<w:keepNext/>' : ''}<w:spacing w:before="${l.before ?? 0}" w:after="${l.after ?? 0}" w:line="${l.size > 24 ? 520 : 300}" w:lineRule="atLeast"/>${l.indent === true ? '<w:ind w:firstLineChars="200" w:firstLine="560"/>' : ''}<w:jc w:val="${l.align ?? 'both'}"/>${l.outline === undefined ? '' : `<w:outlineLvl w:val="${l.outline}"/>`}</w:pPr><w:rPr>${fonts}${l.bold === true ? '<w:b/>' : ''}${l.color === undefined ? '' : `<w:color w:val="${l.color}"/>`}<w:sz w:val="${l.size}"/><w:szCs w:val="${l.size}"/></w:rPr></w:style>`;
}

const character = (id: string, rPr: string) =>
  `<w:style w:type="character" w:styleId="${id}"><w:name w:val="${id}"/><w:rPr>${rPr}</w:rPr></w:style>`;

const styles = `${head}<w:styles ${ns}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="仿宋"/><w:sz w:val="28"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>${[
  style('DocTitle', { size: 40, bold: true, align: 'center', before: 240, after: 120 }),
  style('Masthead', { size: 44, bold: true, align: 'center', color: '963229', after: 120 }),
  style('Meta', { size: 20, align: 'center', color: '62676F', after: 120 }),
  style('Right', { size: 28, align: 'right' }),
  style('Notice', { size: 18, color: '5C4300' }),
  style('Heading1', { size: 32, bold: true, before: 240, after: 80, keep: true, outline: 0 }),
  style('Heading2', { size: 30, bold: true, before: 200, after: 60, keep: true, outline: 1 }),
  style('Heading3', { size: 28, bold: true, before: 160, after: 60, keep: true, outline: 2 }),
  style('BodyText', { size: 28, indent: true }),
  style('Plain', { size: 28 }),
  style('ListText', { size: 28, indent: true }),
  style('TableHead', { size: 18, bold: true, align: 'left' }),
  style('TableText', { size: 18, align: 'left' }),
  style('Small', { size: 18, align: 'left', after: 60 }),
  style('Seal', { size: 14, mono: true, align: 'left' }),
  character('Figure', '<w:color w:val="0958D9"/>'),
  character('Gone', '<w:strike/><w:color w:val="963229"/>'),
  character('New', '<w:u w:val="single"/><w:color w:val="034943"/>'),
].join(
  '',
)}<w:style w:type="table" w:styleId="Grid"><w:name w:val="Grid"/><w:tblPr><w:tblBorders><w:top w:val="single" w:sz="6" w:color="1A1C1F"/><w:bottom w:val="single" w:sz="6" w:color="1A1C1F"/><w:insideH w:val="single" w:sz="4" w:color="DCD8CE"/></w:tblBorders><w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style></w:styles>`;

const p = (id: string, text: string) =>
  `<w:p><w:pPr><w:pStyle w:val="${id}"/></w:pPr><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;
const cells = (id: string, list: readonly string[]) =>
  `<w:tr>${list.map((text, i) => `<w:tc><w:tcPr><w:tcW w:w="${[1400, 1300, 2500, 3644][i]}" w:type="dxa"/></w:tcPr>${p(id, text)}</w:tc>`).join('')}</w:tr>`;

const section =
  '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1701" w:right="1531" w:bottom="1417" w:left="1531" w:header="851" w:footer="992" w:gutter="0"/></w:sectPr>';
const document = (body: string) => `${head}<w:document ${ns}><w:body>${body}${section}</w:body></w:document>`;

const bulletin = document(
  [
    p('Notice', '{notice}'),
    p('Meta', '{campaign}　{kind}'),
    p('DocTitle', '{title}'),
    p('Meta', '{issuer}　{asOf}　{released}'),
    p('Small', '{correction}'),
    p('BodyText', '{body}'),
    p('Heading2', '{figuresTitle}'),
    p('Small', '{figuresNote}'),
    p('Small', '{figures}'),
    p('Heading2', '{proof}'),
    p('Small', '{proofNote}'),
    p('Small', '{qr}'),
    p('Seal', '{seal}'),
    p('Small', '{address}'),
  ].join(''),
);

const letter = document(
  [
    p('Notice', '{notice}'),
    p('Masthead', '{campaign}'),
    p('Right', '{docNo}'),
    p('DocTitle', '{title}'),
    p('Plain', '{to}'),
    p('BodyText', '{body}'),
    p('Right', '{issuer}'),
    p('Right', '{issued}'),
    p('Heading3', '{annex}'),
    `<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/><w:tblW w:w="8844" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid><w:gridCol w:w="1400"/><w:gridCol w:w="1300"/><w:gridCol w:w="2500"/><w:gridCol w:w="3644"/></w:tblGrid>${cells('TableHead', ['编号', '县（市、区）', '单位', '问题'])}${cells('TableText', ['{#problems}{no}', '{county}', '{unit}', '{text}{/problems}'])}</w:tbl>`,
    p('Heading3', '{proof}'),
    p('Small', '{qr}'),
    p('Seal', '{seal}'),
  ].join(''),
);

const types = `${head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>`;
const rels = (list: string) =>
  `${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${list}</Relationships>`;
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

for (const [name, body] of [
  ['bulletin', bulletin],
  ['letter', letter],
] as const) {
  const text = (value: string) => new TextEncoder().encode(value);
  const zip = fixedZip({
    '[Content_Types].xml': text(types),
    '_rels/.rels': text(rels(`<Relationship Id="rId1" Type="${office}/officeDocument" Target="word/document.xml"/>`)),
    'word/_rels/document.xml.rels': text(rels(`<Relationship Id="rId1" Type="${office}/styles" Target="styles.xml"/>`)),
    'word/document.xml': text(body),
    'word/styles.xml': text(styles),
  });
  await writeFile(new URL(`../src/documents/kit/templates/${name}.docx`, import.meta.url), zip);
}

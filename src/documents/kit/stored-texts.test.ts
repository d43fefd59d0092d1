import { buffer } from 'node:stream/consumers';
import { Workbook } from '@cj-tech-master/excelts';
import { parse } from 'csv-parse/sync';
import { unzipSync } from 'fflate';
import { SaxesParser } from 'saxes';
import { describe, expect, test } from 'vitest';
import { sampleModel } from '../../../test/generators/publication-model.ts';
import { writableText } from '../../domain/kernel/text.ts';
import { dataFile } from '../opendata/file.ts';
import { bulletinDocx } from '../publication/docx.ts';
import { bulletinHtml } from '../publication/html.ts';
import { bulletinPdf } from '../publication/pdf.ts';
import { letterDocx, letterPdf, type LetterModel } from '../supervision/letter.ts';
import { csvStream } from '../table/csv.ts';
import { xlsxStream } from '../table/xlsx.ts';
import { writable } from './writable.ts';

/** Every control, half characters of both kinds, noncharacters, marks that turn the order of showing. */
const bad = `甲${Array.from({ length: 0x20 }, (_, n) => String.fromCharCode(n)).join('')}\u007f\u0080\u0085\u009f\u2028\u202e\ud842乙\udfb7\ufeff\ufffe\uffff\u{1fffe}\u{10ffff}丙`;
/** What XML 1.0, production 2, leaves out, and the controls that HTML leaves out beside it. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]|\p{Surrogate}/u;

const utf8 = (bytes: Uint8Array | undefined) => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);

/** The texts of a part of an archive, read by a parser that stops at the first fault. */
function strictXml(bytes: Uint8Array | undefined): string {
  const parser = new SaxesParser({ xmlns: true });
  let text = '';
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('text', (part) => (text += part));
  parser.write(utf8(bytes)).close();
  return text;
}

/** Every part of an office file is well-formed; the texts of one of them. */
function officeFile(bytes: Uint8Array, part: string): string {
  const files = unzipSync(bytes);
  for (const [name, content] of Object.entries(files)) if (/\.(xml|rels)$/.test(name)) strictXml(content);
  return strictXml(files[part]);
}

/** Every text of plain data followed by the bad one. */
function spoilt<T>(data: T, keep: readonly string[]): T {
  if (typeof data === 'string') return `${data}${bad}` as T;
  if (Array.isArray(data)) return data.map((x: unknown) => spoilt(x, keep)) as T;
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([k, v]) => [k, keep.includes(k) ? v : spoilt(v, keep)])) as T;
}

const letter: LetterModel = {
  campaign: `行动${bad}`,
  notice: `合成${bad}`,
  issuer: `专班${bad}`,
  docNo: `晋〔2019〕1号${bad}`,
  batch: `第一批${bad}`,
  government: `临汾市人民政府${bad}`,
  issuedOn: '2019-07-06',
  deadline: '2019-07-31',
  issuedAt: '2019-07-06T10:00:00Z',
  problems: [{ no: `SX2019-0001${bad}`, county: `洪洞${bad}`, unit: `某厂${bad}`, text: `问题\u0001\u000b含控制字符${bad}` }],
  checkpoint: null,
  seal: `clearzero letter\n${bad}`,
};

describe('what is stored already', () => {
  test('comes out as a file may hold it', () => {
    expect(writableText('问题\u0001\u000b含\r\n控制\ud842字符\ufffe')).toBe('问题\n含\n控制\ufffd字符');
    expect(writable({ a: [bad], b: 1, c: null, d: new Date(0), e: Buffer.from('\u0001') })).toEqual({
      ...{ a: ['甲\t\n\n\n\n\n\n\ufffd乙\ufffd丙'], b: 1, c: null, d: new Date(0), e: Buffer.from([1]) },
    });
    const kept = '第一行\n第二行\t“甲”𠮷 e\u0301 क्\u200dष';
    expect(writableText(kept)).toBe(kept);
  });

  test('makes letters that open', async () => {
    const text = officeFile(await letterDocx(letter), 'word/document.xml');
    expect(text).toContain('含控制字符');
    expect(text).not.toMatch(forbidden);
    expect(Buffer.from(letterPdf(letter)).subarray(0, 5).toString()).toBe('%PDF-');
  });

  test.each(['zh', 'en'] as const)('makes bulletins that open (%s)', async (lang) => {
    const keep = ['kind', 'lang', 'mode', 'asOf', 'releasedAt', 'recordsRoot', 'role', 'unit', 'id'];
    const model = spoilt(sampleModel(lang).model, keep);
    expect(officeFile(await bulletinDocx(model), 'word/document.xml')).not.toMatch(forbidden);
    expect(bulletinHtml(model)).not.toMatch(forbidden);
    expect(Buffer.from(bulletinPdf(model)).subarray(0, 5).toString()).toBe('%PDF-');
  });

  test('makes tables that open, and calculates nothing', async () => {
    async function* rows() {
      yield { name: bad, sum: '\u0001=1+1', next: 'b' };
    }
    const columns = [
      { key: 'name', heading: `名称${bad}` },
      { key: 'sum', heading: 'sum' },
      { key: 'next', heading: 'next' },
    ];
    const csv = utf8(await buffer(csvStream(rows(), columns)));
    expect(csv).not.toMatch(forbidden);
    expect(parse(csv, { bom: true })[1]).toEqual(['甲\t\n\n\n\n\n\n\ufffd乙\ufffd丙', "'=1+1", 'b']);
    const xlsx = await buffer(xlsxStream(rows(), '台账', columns));
    officeFile(xlsx, 'xl/worksheets/sheet1.xml');
    const book = new Workbook();
    await book.xlsx.load(xlsx as never);
    expect(book.getWorksheet('台账')?.getCell('C2').value).toBe('b');
    expect(String(book.getWorksheet('台账')?.getCell('A2').value)).toContain('乙');
  });

  test.each(['csv', 'xlsx', 'json'] as const)('makes open data that opens (%s)', async (format) => {
    async function* rows() {
      yield { name: bad, sum: '\u0001=1+1' };
    }
    const stamp = { campaign: bad, set: 'press', asOf: '2019-08-05T18:00:00+08:00', watermark: '2019-08-05T18:00:00+08:00' };
    const rest = { logSize: 7, definitions: [], licence: 'CC-BY-4.0', notice: bad };
    const file = dataFile(format, rows(), ['name', 'sum'], { ...stamp, ...rest });
    const bytes = await buffer(file.stream);
    if (format === 'xlsx') officeFile(bytes, 'xl/worksheets/sheet1.xml');
    else expect(utf8(bytes)).not.toMatch(forbidden);
    if (format === 'csv') expect(utf8(bytes)).toContain("'=1+1");
    if (format === 'json') expect(utf8(bytes)).not.toMatch(/\\u(?!000|fffd)|\\u000[^9]/i);
  });
});

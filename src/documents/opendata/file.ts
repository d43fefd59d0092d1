import { createHash, type Hash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { WorkbookWriter } from '@cj-tech-master/excelts';
import { stringify } from 'csv-stringify/sync';
import { writable } from '../kit/writable.ts';
import { textStream, written, type Sink } from '../kit/written.ts';
import { harmless, lineEnd } from '../table/csv.ts';
import type { TableRow } from '../table/row.ts';
import { cell } from '../table/xlsx.ts';
import { trailerEntries, type DataStamp, type DataSummary } from './trailer.ts';

export type DataFormat = 'csv' | 'xlsx' | 'json';

/** A file that is made while it is read; `summary` is known once all of it was. */
export interface DataFile {
  readonly stream: Readable;
  readonly summary: Promise<DataSummary>;
}

/**
 * Open data in a format, row by row, with a trailer of row count and SHA-256 (开放数据文件).
 *
 * The same rows and stamp give the same bytes. CSV: the hash is over all bytes before the line `# rows`; JSON: before the line that
 * begins with `"trailer"`; xlsx: over the same rows as CSV, since the bytes of a workbook are an archive's.
 */
export function dataFile(format: DataFormat, rows: AsyncIterable<TableRow>, columns: readonly string[], stamp: DataStamp): DataFile {
  let settle: { done: (s: DataSummary) => void; failed: (e: unknown) => void } | undefined;
  const summary = new Promise<DataSummary>((done, failed) => (settle = { done, failed }));
  // Whoever only reads the stream need not look at the summary.
  summary.catch(() => undefined);
  const write = { csv: csvText, json: jsonText, xlsx: workbook }[format];
  const told = (s: DataSummary) => settle?.done(s);
  const stream = write(rows, columns, stamp, told);
  stream.on('error', (error) => settle?.failed(error));
  stream.on('close', () => settle?.failed(new Error('the file was not read to its end')));
  return { stream, summary };
}

/** These files are short, and a page waits for their hashes. */
const patience = 0.3;

type Writer = (rows: AsyncIterable<TableRow>, columns: readonly string[], stamp: DataStamp, told: (s: DataSummary) => void) => Readable;

/** One CSV line; texts that a spreadsheet would calculate are made harmless, and a leading # never looks like the trailer. */
function csvLine(values: readonly (string | number | boolean | null)[]): string {
  const cells = values.map((v) => (typeof v === 'boolean' ? Number(v) : typeof v === 'string' ? harmless(v).replace(/^#/, "'#") : v));
  return stringify([cells], { record_delimiter: 'windows', quoted_match: lineEnd });
}

const mark = '\ufeff';

const csvText: Writer = (rows, columns, stamp, told) => {
  async function* lines() {
    const hash = createHash('sha256');
    let n = 0;
    yield add(hash, mark + csvLine(columns));
    for await (const row of rows) {
      n++;
      yield add(hash, csvLine(columns.map((c) => row[c] ?? null)));
    }
    const summary = { rows: n, sha256: hash.digest('hex') };
    yield trailerEntries(stamp, summary)
      .map(([key, value]) => `# ${key}: ${oneLine(value)}\r\n`)
      .join('');
    told(summary);
  }
  return textStream(lines(), patience);
};

const jsonText: Writer = (rows, columns, stamp, told) => {
  async function* lines() {
    const hash = createHash('sha256');
    let n = 0;
    yield add(hash, '{"rows":[\n');
    for await (const row of rows) {
      yield add(hash, `${n++ === 0 ? '' : ',\n'}${JSON.stringify(writable(Object.fromEntries(columns.map((c) => [c, row[c] ?? null]))))}`);
    }
    yield add(hash, '\n],\n');
    const summary = { rows: n, sha256: hash.digest('hex') };
    yield `"trailer":${JSON.stringify(Object.fromEntries(trailerEntries(stamp, summary)))}}\n`;
    told(summary);
  }
  return textStream(lines(), patience);
};

const workbook: Writer = (rows, columns, stamp, told) => written((out) => writeWorkbook(rows, columns, stamp, out, told), patience);

async function writeWorkbook(
  rows: AsyncIterable<TableRow>,
  columns: readonly string[],
  stamp: DataStamp,
  out: Sink,
  told: (s: DataSummary) => void,
): Promise<void> {
  const at = new Date(stamp.asOf);
  const book = new WorkbookWriter({
    stream: out.stream as never,
    useStyles: false,
    useSharedStrings: false,
    created: at,
    modified: at,
    creator: 'Clearzero',
  });
  withoutClock(book);
  const sheet = book.addWorksheet('data', { views: [{ state: 'frozen', ySplit: 1 }] } as never);
  const hash = createHash('sha256');
  add(hash, mark + csvLine(columns));
  sheet.addRow([...columns]).commit();
  let n = 0;
  for await (const row of out.rows(rows)) {
    const values = columns.map((c) => row[c] ?? null);
    add(hash, csvLine(values));
    sheet.addRow(values.map((v) => (typeof v === 'boolean' ? Number(v) : cell(v)))).commit();
    n++;
  }
  sheet.commit();
  const summary = { rows: n, sha256: hash.digest('hex') };
  const end = book.addWorksheet('trailer');
  for (const [key, value] of trailerEntries(stamp, summary)) end.addRow([key, cell(value)]).commit();
  end.commit();
  // Before the end, since the stream closes with it.
  told(summary);
  await book.commit();
}

/** Entries of the archive get one fixed date (1 January 1980) in place of the time of writing, so that equal rows are equal bytes. */
function withoutClock(book: WorkbookWriter): void {
  const zip = (book as unknown as { zip: { add(entry: Record<string, unknown>): void } }).zip;
  const add = zip.add.bind(zip);
  zip.add = (entry) => add(Object.assign(entry, { dosTime: 0, dosDate: 0x21, extraField: new Uint8Array(0) }));
}

function add(hash: Hash, text: string): string {
  hash.update(text);
  return text;
}

function oneLine(value: string | number): string {
  return String(value).replace(/[\r\n]+/g, ' ');
}

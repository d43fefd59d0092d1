import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import type { TableRow } from './row.ts';

/** CSV for spreadsheets: UTF-8 with a mark, CRLF, texts that a spreadsheet would calculate made harmless. */
export function csvStream(rows: AsyncIterable<TableRow>): Readable {
  return Readable.from(rows).pipe(
    stringify({ header: true, bom: true, record_delimiter: 'windows', cast: { string: harmless } }),
  ) as unknown as Readable;
}

/** A leading = + - @ TAB or CR would be calculated or hide the text; an apostrophe keeps it a text. */
export function harmless(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

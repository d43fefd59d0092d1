import type { Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import { transformed } from '../kit/written.ts';
import type { TableColumn, TableRow } from './row.ts';

/**
 * CSV for spreadsheets: UTF-8 with a mark, CRLF, texts that a spreadsheet would calculate made harmless.
 * @param columns  headings in their order; without them, the keys of the first row
 */
export function csvStream(rows: AsyncIterable<TableRow>, columns?: readonly TableColumn[]): Readable {
  const named = columns?.map(({ key, heading }) => ({ key, header: heading }));
  return transformed(
    rows,
    stringify({
      header: true,
      bom: true,
      record_delimiter: 'windows',
      cast: { string: harmless, boolean: String },
      ...(named === undefined ? {} : { columns: named }),
    }),
  );
}

/** A leading = + - @ TAB or CR would be calculated or hide the text; an apostrophe keeps it a text. */
export function harmless(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

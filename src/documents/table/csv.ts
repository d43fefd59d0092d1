import type { Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import { writableText } from '../../domain/kernel/text.ts';
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
      quoted_match: lineEnd,
      cast: { string: harmless, boolean: String },
      ...(named === undefined ? {} : { columns: named }),
    }),
  );
}

/** A line end alone is none of the format's, yet programs end a record there: texts with one stand in quotes. */
export const lineEnd = /[\r\n]/;

/** A leading = + - @ TAB or CR would be calculated or hide the text; an apostrophe keeps it a text. */
export function harmless(text: string): string {
  // What a file cannot hold goes first: it must not stand between the beginning and a sign that is calculated.
  const shown = writableText(text);
  return /^[=+\-@\t\r]/.test(shown) ? `'${shown}` : shown;
}

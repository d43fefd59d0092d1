import type { Readable } from 'node:stream';
import { WorkbookWriter } from '@cj-tech-master/excelts';
import { writableText } from '../../domain/kernel/text.ts';
import { written, type Sink } from '../kit/written.ts';
import type { TableColumn, TableRow } from './row.ts';

/**
 * An xlsx workbook with one sheet, written row by row; texts are text cells, so that nothing is calculated.
 * @param columns  headings in their order, some of them hidden; without them, the keys of the first row
 */
export function xlsxStream(rows: AsyncIterable<TableRow>, sheetName: string, columns?: readonly TableColumn[]): Readable {
  return written((out) => write(rows, sheetName, columns, out));
}

async function write(
  rows: AsyncIterable<TableRow>,
  sheetName: string,
  columns: readonly TableColumn[] | undefined,
  out: Sink,
): Promise<void> {
  const workbook = new WorkbookWriter({ stream: out.stream as never, useStyles: false, useSharedStrings: false });
  const sheet = workbook.addWorksheet(sheetName.slice(0, 31), { views: [{ state: 'frozen', ySplit: 1 }] } as never);
  if (columns !== undefined) {
    sheet.columns = columns.map((c) => ({ key: c.key, width: c.width ?? 14, hidden: c.hidden ?? false })) as never;
    sheet.addRow(columns.map((c) => cell(c.heading))).commit();
  }
  let keys = columns?.map((c) => c.key);
  for await (const row of out.rows(rows)) {
    if (keys === undefined) {
      keys = Object.keys(row);
      sheet.addRow(keys.map(cell)).commit();
    }
    sheet.addRow(keys.map((key) => cell(row[key] ?? null))).commit();
  }
  sheet.commit();
  await workbook.commit();
}

/**
 * A value as a workbook holds it: true and false are words here, as they are in the other formats.
 *
 * A text that looks like an escape of the format (`_x4E2D_`) would be read as the character it names, so its first sign is
 * escaped itself (ECMA-376, ST_Xstring).
 */
export function cell(value: string | number | boolean | null): string | number | null {
  if (typeof value === 'boolean') return String(value);
  return typeof value === 'string' ? writableText(value).replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_') : value;
}

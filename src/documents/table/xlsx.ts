import { PassThrough, type Readable } from 'node:stream';
import { WorkbookWriter } from '@cj-tech-master/excelts';
import type { TableRow } from './row.ts';

/** An xlsx workbook with one sheet, written row by row; texts are text cells, so that nothing is calculated. */
export function xlsxStream(rows: AsyncIterable<TableRow>, sheetName: string): Readable {
  const out = new PassThrough();
  write(rows, sheetName, out).catch((error: unknown) => out.destroy(error as Error));
  return out;
}

async function write(rows: AsyncIterable<TableRow>, sheetName: string, out: PassThrough): Promise<void> {
  const workbook = new WorkbookWriter({ stream: out as never, useStyles: false, useSharedStrings: false });
  const sheet = workbook.addWorksheet(sheetName.slice(0, 31), { views: [{ state: 'frozen', ySplit: 1 }] } as never);
  let header = false;
  let n = 0;
  for await (const row of rows) {
    if (!header) {
      sheet.addRow(Object.keys(row)).commit();
      header = true;
    }
    sheet.addRow(Object.values(row).map((v) => (typeof v === 'boolean' ? String(v) : v))).commit();
    // A slow reader holds the writer back.
    if (++n % 500 === 0 && out.writableNeedDrain) await new Promise((resolve) => out.once('drain', resolve));
  }
  sheet.commit();
  await workbook.commit();
}

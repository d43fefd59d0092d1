import { type TableFormat, type TableRow, tableStream } from '../../usecases/export/table.ts';
import { Download } from '../server/download.ts';

const types: Record<TableFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** A table as a download. */
export function download(format: TableFormat, name: string, rows: AsyncIterable<TableRow>): Download {
  return new Download(tableStream(format, name, rows), types[format], `${name.replace(/[^\w.-]/g, '_')}.${format}`);
}

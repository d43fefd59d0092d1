import type { Readable } from 'node:stream';
import { csvStream } from '../../documents/table/csv.ts';
import type { TableRow } from '../../documents/table/row.ts';
import { xlsxStream } from '../../documents/table/xlsx.ts';

export type TableFormat = 'csv' | 'xlsx';

/** A table as a stream in one of the formats in which every list can be taken away. */
export function tableStream(format: TableFormat, name: string, rows: AsyncIterable<TableRow>): Readable {
  return format === 'csv' ? csvStream(rows) : xlsxStream(rows, name);
}

export type { TableRow };

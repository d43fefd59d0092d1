import type { Readable } from 'node:stream';
import { csvStream } from '../../documents/table/csv.ts';
import type { TableColumn, TableRow } from '../../documents/table/row.ts';
import { xlsxStream } from '../../documents/table/xlsx.ts';
import { dateOf, formatWithOffset } from '../../domain/kernel/instant.ts';
import type { View } from '../figures/as-of.ts';

export type TableFormat = 'csv' | 'xlsx';

/** A list to be taken away, as of one instant. */
export interface ExportTable {
  /** Plain, with the instant: a file that is found again says what it stands for. */
  readonly name: string;
  readonly columns: readonly TableColumn[];
  readonly rows: AsyncIterable<TableRow>;
}

/** A table as a stream in one of the formats in which every list can be taken away. */
export function tableStream(format: TableFormat, table: ExportTable): Readable {
  return format === 'csv' ? csvStream(table.rows, table.columns) : xlsxStream(table.rows, table.name, table.columns);
}

/** A name with the instant that the table stands for, in campaign time, such as `shanxi-2019-ledger-20190805-1800`. */
export function tableName(view: View, what: string): string {
  const offset = view.campaign.settings.utcOffsetMinutes;
  const time = formatWithOffset(view.watermark, offset).slice(11, 16).replace(':', '');
  return `${view.row.slug}-${what}-${dateOf(view.watermark, offset).replaceAll('-', '')}-${time}`;
}

export type { TableColumn, TableRow };

import type { FastifyReply } from 'fastify';
import { tableStream, type TableFormat, type TableRow } from '../../usecases/export/table.ts';

const types: Record<TableFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** Streams a table as a download. */
export function sendRows(reply: FastifyReply, format: TableFormat, name: string, rows: AsyncIterable<TableRow>): FastifyReply {
  return reply
    .header('content-type', types[format])
    .header('content-disposition', `attachment; filename="${name.replace(/[^\w.-]/g, '_')}.${format}"`)
    .header('cache-control', 'no-store')
    .send(tableStream(format, name, rows));
}

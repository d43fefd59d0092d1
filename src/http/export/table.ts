import type { FastifyRequest } from 'fastify';
import { type ExportTable, type TableFormat, tableStream } from '../../usecases/export/table.ts';
import type { TableLang } from '../../usecases/export/words.ts';
import { Download, fileTypes } from '../server/download.ts';

/** A table as a download. */
export function download(format: TableFormat, table: ExportTable): Download {
  return new Download(tableStream(format, table), fileTypes[format], `${table.name.replace(/[^\w.-]/g, '_')}.${format}`);
}

/** The language of a table: as asked for, else as the reader's browser has it. */
export function tableLang(asked: TableLang | undefined, request: FastifyRequest): TableLang {
  return asked ?? (/^en\b/i.test(request.headers['accept-language'] ?? '') ? 'en' : 'zh');
}

import type { Readable } from 'node:stream';

/** What files are sent as, by the ending of their names. */
export const fileTypes = {
  csv: 'text/csv; charset=utf-8',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  html: 'text/html; charset=utf-8',
  json: 'application/json; charset=utf-8',
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  zip: 'application/zip',
} as const;

/** An answer that is a file: sent as an attachment, as it comes. */
export class Download {
  readonly stream: Readable;
  readonly type: string;
  readonly name: string;
  /** Further headers; they win. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(stream: Readable, type: string, name: string, headers: Readonly<Record<string, string>> = {}) {
    this.stream = stream;
    this.type = type;
    this.name = name;
    this.headers = headers;
  }
}

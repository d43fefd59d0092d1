import type { Readable } from 'node:stream';

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

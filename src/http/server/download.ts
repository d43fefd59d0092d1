import type { Readable } from 'node:stream';

/** An answer that is a file: sent as an attachment, as it comes. */
export class Download {
  readonly stream: Readable;
  readonly type: string;
  readonly name: string;

  constructor(stream: Readable, type: string, name: string) {
    this.stream = stream;
    this.type = type;
    this.name = name;
  }
}

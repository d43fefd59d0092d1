/** An answer that is a public page or file: nothing of a session went into it, so anybody may keep it for a while. */
export class PublicAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string | NodeJS.ReadableStream;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, type: string, body: string | NodeJS.ReadableStream, headers: Readonly<Record<string, string>> = {}) {
    this.status = status;
    this.type = type;
    this.body = body;
    this.headers = headers;
  }
}

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it came. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface LocalServer {
  readonly origin: string;
  /** Everything that was asked so far, in the order of asking. */
  readonly asked: Asked[];
  /** `GET /path` of all that was asked. */
  lines(): string[];
  close(): Promise<void>;
}

/** An HTTP server on a free port of this machine that answers as a test says, for what speaks HTTP in a browser. */
export async function serveLocally(answer: (asked: Asked, response: ServerResponse) => void | Promise<void>): Promise<LocalServer> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const one = {
        method: request.method ?? '',
        path: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(pieces).toString('utf8'),
      };
      asked.push(one);
      void answer(one, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    lines: () => asked.map((a) => `${a.method} ${a.path}`),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Answers with a value as JSON. */
export function json(response: ServerResponse, value: unknown, status = 200, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));
}

/** Answers with problem details that carry a code and words in both languages. */
export function refusal(response: ServerResponse, status: number, code: string): void {
  const words = { zh: `不行：${code}`, en: `no: ${code}` };
  json(response, { type: 'about:blank', title: code, status, code, detail: words.zh, messages: words, details: {} }, status);
}

/** What a browser adds to `fetch`: addresses begin at the page's origin, and cookies of that origin go back to it. */
export function fetchOf(origin: () => string): typeof fetch {
  const cookies = new Map<string, string>();
  const plain = globalThis.fetch;
  return async (input, init) => {
    const headers = new Headers(init?.headers);
    if (init?.credentials === 'same-origin' && cookies.size > 0) headers.set('cookie', [...cookies].map((c) => c.join('=')).join('; '));
    const response = await plain(new URL(input as string, origin()), { ...init, headers });
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=');
      if (/max-age=0/i.test(line)) cookies.delete(name);
      else cookies.set(name, value);
    }
    return response;
  };
}

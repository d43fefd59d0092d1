import type { ProblemDetails } from '../../contract/common.ts';

/** An answer that is not a success, with the server's own words in both languages. */
export class ApiError extends Error {
  readonly status: number;
  readonly problem: ProblemDetails;

  constructor(status: number, problem: ProblemDetails) {
    super(problem.code);
    this.name = 'ApiError';
    this.status = status;
    this.problem = problem;
  }
}

let csrfToken = '';

/** The token that goes back with every changing request; it comes with the session. */
export function keepCsrfToken(token: string): void {
  csrfToken = token;
}

/** Headers of changing requests that are not made by `apiSend`. */
export function changingHeaders(): Record<string, string> {
  return { 'x-csrf-token': csrfToken };
}

/** Asks for a file by a changing request; a refusal is an ApiError as everywhere. */
export async function apiFile(path: string, body: unknown): Promise<Blob> {
  const headers = { ...changingHeaders(), 'content-type': 'application/json' };
  const response = await send(path, { method: 'POST', headers, body: JSON.stringify(body) });
  return response.ok ? response.blob() : read<never>(response);
}

/** Fetches a file and hands it to the browser to be saved; a refusal is an ApiError, where a plain link would fail without a word. */
export async function apiDownload(path: string, name: string): Promise<void> {
  const response = await send(path, {});
  if (!response.ok) return read<never>(response);
  saveFile(await response.blob(), name);
}

/** Has the browser save bytes under a name. */
export function saveFile(bytes: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(bytes);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** The error that a problem document stands for; undefined when the text is none. */
export function problemOf(status: number, text: string): ApiError | undefined {
  const problem = parse(text) as Partial<ProblemDetails> | undefined;
  return problem?.messages?.zh !== undefined && problem.code !== undefined ? new ApiError(status, problem as ProblemDetails) : undefined;
}

export async function apiGet<T>(path: string, signal?: AbortSignal): Promise<T> {
  return read<T>(await send(path, signal === undefined ? {} : { signal }));
}

export async function apiSend<T>(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<T> {
  const headers: Record<string, string> = { 'x-csrf-token': csrfToken };
  if (body !== undefined) headers['content-type'] = 'application/json';
  return read<T>(await send(path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }));
}

async function send(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, { credentials: 'same-origin', ...init, headers: { accept: 'application/json', ...init.headers } });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError(
      0,
      unreadable(0, 'web.offline', '无法连接服务器，请检查网络后重试。', 'The server cannot be reached; check the network and try again.'),
    );
  }
}

async function read<T>(response: Response): Promise<T> {
  const text = await response.text();
  const json = text === '' ? undefined : parse(text);
  if (response.ok) return json as T;
  const problem = json as Partial<ProblemDetails> | undefined;
  if (problem?.messages?.zh !== undefined && problem.code !== undefined) throw new ApiError(response.status, problem as ProblemDetails);
  const detail = problem?.detail ?? response.statusText;
  throw new ApiError(
    response.status,
    unreadable(
      response.status,
      problem?.code ?? `http.${response.status}`,
      detail || '服务器未说明原因。',
      detail || 'The server gave no reason.',
    ),
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function unreadable(status: number, code: string, zh: string, en: string): ProblemDetails {
  return { type: 'about:blank', title: code, status, code, detail: en, messages: { zh, en }, details: {} };
}

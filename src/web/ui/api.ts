import type { ProblemDetails } from '../../contract/common.ts';
import type { SessionToken } from '../../contract/session.ts';
import { api } from '../../contract/paths/api.ts';
import { askToSignIn, csrfToken, ownerOfPage, takeToken } from './person.ts';

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

/** Headers of changing requests that are not made by `apiSend`. */
export function changingHeaders(): Record<string, string> {
  return { 'x-csrf-token': csrfToken() };
}

/** Somebody else is signed in now than the person whose page this is. */
export function isOtherPerson(error: unknown): boolean {
  return error instanceof ApiError && error.problem.code === 'web.other-person';
}

/** Nobody, or somebody else, is signed in as far as the server is concerned: what a renewed session can mend. */
export function isSessionLost(error: unknown): boolean {
  return error instanceof ApiError && (error.problem.code === 'access.signed-out' || error.problem.code === 'access.bad-csrf');
}

/** Asks for a file by a changing request; a refusal is an ApiError as everywhere. */
export async function apiFile(path: string, body: unknown): Promise<Blob> {
  const response = await change(path, { method: 'POST', body: JSON.stringify(body) }, 'ask');
  return response.ok ? whole(() => response.blob()) : read<never>(response);
}

/** Fetches a file and hands it to the browser to be saved; a refusal is an ApiError, where a plain link would fail without a word. */
export async function apiDownload(path: string, name: string): Promise<void> {
  const response = await send(path, {});
  if (!response.ok) return read<never>(response);
  saveFile(await whole(() => response.blob()), name);
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

/** What a request does when its session has ended: ask for a new one, take one that is there already, or leave it. */
type Renewal = 'ask' | 'quiet' | 'none';

/**
 * A changing request. One whose session ended is sent once more, as it was, when its person has signed in again; what only
 * looks at what is being typed renews quietly, so that nothing opens while somebody writes.
 */
export async function apiSend<T>(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown, renewal: Renewal = 'ask'): Promise<T> {
  return read<T>(await change(path, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }, renewal));
}

async function change(path: string, init: RequestInit, renewal: Renewal): Promise<Response> {
  const once = () =>
    send(path, { ...init, headers: { ...changingHeaders(), ...(init.body === undefined ? {} : { 'content-type': 'application/json' }) } });
  const response = await once();
  if (renewal === 'none' || (response.status !== 401 && response.status !== 403)) return response;
  if (!isSessionLost(problemOf(response.status, await whole(() => response.clone().text())))) return response;
  return (await renewSession(renewal)) ? once() : response;
}

/**
 * Gets the page's person a session again: one that is there already (signed in elsewhere), or by asking.
 * @returns whether they have one; throws web.other-person when somebody else is signed in now
 */
export async function renewSession(renewal: Exclude<Renewal, 'none'> = 'ask'): Promise<boolean> {
  if (ownerOfPage() === null) return false;
  if (await findSession()) return true;
  return renewal === 'ask' && (await askToSignIn());
}

/** Whether a session of the page's person is there, and takes its token. @throws web.other-person */
export async function findSession(): Promise<boolean> {
  let known: SessionToken;
  try {
    known = await apiGet<SessionToken>(api.sessionToken);
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return false;
    throw error;
  }
  if (!takeToken(known.userId, known.csrfToken)) throw otherPerson();
  return true;
}

/** Why one person's text is not sent in another's name. */
export function otherPerson(): ApiError {
  const name = ownerOfPage()?.name ?? '';
  const zh = `这台电脑上现在登录的是另一个人。这一页是${name}打开的，填写的内容没有以别人的名义提交，已为${name}留在本机。`;
  const en = `Somebody else is signed in on this computer now. This page is ${name}'s. What was typed was not sent in another's name; it is kept here for ${name}.`;
  return new ApiError(409, unreadable(409, 'web.other-person', zh, en));
}

function send(path: string, init: RequestInit): Promise<Response> {
  return whole(() => fetch(path, { credentials: 'same-origin', ...init, headers: { accept: 'application/json', ...init.headers } }));
}

/** What is read over the network; a connection that breaks, before the answer or within it, is web.offline. */
async function whole<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError(
      0,
      unreadable(0, 'web.offline', '无法连接服务器，请检查网络后重试。', 'The server cannot be reached; check the network and try again.'),
    );
  }
}

async function read<T>(response: Response): Promise<T> {
  const text = await whole(() => response.text());
  const json = text === '' ? undefined : parse(text);
  if (response.ok && text !== '' && json === undefined) throw notOurs(response.status);
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

/** An answer that did not come from the server: a network that wants to be signed in to answers everything with a page of its own. */
function notOurs(status: number): ApiError {
  const zh = '收到的不是服务器的回答，可能被所在的网络截住了（例如需要先登录网络）。请检查网络后重试。';
  const en =
    'What came back is not the server’s answer; the network may have answered instead, such as one that wants a sign-in. Check it and try again.';
  return new ApiError(status, unreadable(status, 'web.not-ours', zh, en));
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

import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fetchOf, json, refusal, serveLocally, type Asked, type LocalServer } from '../../../test/support/local-server.ts';
import {
  ApiError,
  apiDownload,
  apiFile,
  apiGet,
  apiSend,
  findSession,
  isOtherPerson,
  isSessionLost,
  problemOf,
  renewSession,
} from './api.ts';
import { closePage, csrfToken, listenForQuestion, openPageFor, signInQuestion } from './person.ts';

const zhou = { id: 'u-1', username: 'clerk', name: '周慎' };

let server: LocalServer;
let answer: (asked: Asked, response: ServerResponse) => void | Promise<void>;

beforeEach(async () => {
  closePage();
  answer = (_, response) => json(response, {});
  server = await serveLocally((asked, response) => answer(asked, response));
  vi.stubGlobal(
    'fetch',
    fetchOf(() => server.origin),
  );
});
afterEach(async () => {
  vi.unstubAllGlobals();
  await server.close();
});

/** The error a promise ends with; fails when it ends well. */
async function errorOf(promise: Promise<unknown>): Promise<ApiError> {
  const error: unknown = await promise.then(
    () => new Error('it went well'),
    (e: unknown) => e,
  );
  expect(error).toBeInstanceOf(ApiError);
  return error as ApiError;
}

describe('an answer', () => {
  test('is read as JSON, and its request is one of this page', async () => {
    answer = (_, response) => json(response, { title: '督办函', count: 2507 });
    expect(await apiGet('/api/items/1?campaign=shanxi-2019')).toEqual({ title: '督办函', count: 2507 });
    expect(server.lines()).toEqual(['GET /api/items/1?campaign=shanxi-2019']);
    expect(server.asked[0]?.headers).toMatchObject({ accept: 'application/json' });
    expect(server.asked[0]?.headers).not.toHaveProperty('x-csrf-token');
  });

  test.each([['null'], ['0'], ['false'], ['""'], ['[]']])('of %s is that value', async (text) => {
    answer = (_, response) => void response.end(text);
    expect(await apiGet('/api/x')).toEqual(JSON.parse(text));
  });

  test('without a body is no error', async () => {
    answer = (_, response) => void response.writeHead(204).end();
    expect(await apiSend('DELETE', '/api/views/1')).toBeUndefined();
  });

  test('that is a success and no JSON, as a login page on the way gives, is refused in words', async () => {
    answer = (_, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>请先登录</html>');
    const error = await errorOf(apiGet('/api/dashboard'));
    expect([error.status, error.problem.code]).toEqual([200, 'web.not-ours']);
    expect(error.problem.messages.zh).toMatch(/网络/);
    expect(error.problem.messages.en).toMatch(/network/i);
  });

  test('that breaks off half-way is a broken connection, not a fault of the page', async () => {
    answer = (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
      response.write('{"rows":[');
      setTimeout(() => response.destroy(), 5);
    };
    const error = await errorOf(apiGet('/api/ledger'));
    expect([error.status, error.problem.code]).toEqual([0, 'web.offline']);
    expect((await errorOf(apiFile('/api/evidence/x/export', {}))).problem.code).toBe('web.offline');
    expect((await errorOf(apiDownload('/api/letters/1/file', 'x.pdf'))).problem.code).toBe('web.offline');
  });

  test('that was given up is the browser’s own AbortError', async () => {
    answer = () => undefined;
    const given = new AbortController();
    const waiting = apiGet('/api/ledger', given.signal);
    setTimeout(() => given.abort(), 10);
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('that was given up while its body came is an AbortError too', async () => {
    answer = (_, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('{');
    };
    const given = new AbortController();
    const waiting = apiGet('/api/ledger', given.signal);
    setTimeout(() => given.abort(), 30);
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('a refusal', () => {
  test('keeps the server’s code and its words in both languages', async () => {
    answer = (_, response) => refusal(response, 409, 'supervision.batch-already-issued');
    const error = await errorOf(apiGet('/api/batches/1'));
    expect(error).toMatchObject({ name: 'ApiError', message: 'supervision.batch-already-issued', status: 409 });
    expect(error.problem.messages).toEqual({
      zh: '不行：supervision.batch-already-issued',
      en: 'no: supervision.batch-already-issued',
    });
  });

  test.each([
    ['a page of a proxy', 502, '<html>Bad Gateway</html>', 'http.502', 'Bad Gateway'],
    ['nothing', 500, '', 'http.500', 'Internal Server Error'],
    ['JSON that is no problem', 418, '{"error":"teapot"}', 'http.418', 'I'],
    ['null', 500, 'null', 'http.500', 'Internal Server Error'],
    ['a list', 500, '[1]', 'http.500', 'Internal Server Error'],
    ['a problem without words', 400, '{"code":"a.b","detail":"why"}', 'a.b', 'why'],
  ])('as %s still has a code and words', async (_, status, text, code, words) => {
    answer = (__, response) => void response.writeHead(status).end(text);
    const error = await errorOf(apiGet('/api/x'));
    expect([error.status, error.problem.status, error.problem.code]).toEqual([status, status, code]);
    expect(error.problem.messages.zh).toContain(words);
    expect(error.problem.messages.en).toContain(words);
  });

  test('without any reason says so in the language it is said in', async () => {
    answer = (_, response) => void response.socket?.end('HTTP/1.1 500 \r\ncontent-length: 0\r\nconnection: close\r\n\r\n');
    const { messages } = (await errorOf(apiGet('/api/x'))).problem;
    expect(messages).toEqual({ zh: '服务器未说明原因。', en: 'The server gave no reason.' });
  });

  test('to connect is said to be the network’s', async () => {
    await server.close();
    const error = await errorOf(apiSend('POST', '/api/problems', { text: 'x' }));
    expect([error.status, error.problem.code]).toEqual([0, 'web.offline']);
    expect(error.problem.messages.zh).toContain('网络');
  });

  test('is known by what it carries, and other text is none', () => {
    const text = JSON.stringify({ code: 'evidence.too-large', messages: { zh: '太大', en: 'too large' } });
    expect(problemOf(413, text)).toMatchObject({ status: 413, problem: { code: 'evidence.too-large' } });
    for (const other of ['', 'null', '1', '[]', '{', '{"code":"a"}', '{"messages":{"zh":"x"}}', '{"messages":null,"code":"a"}'])
      expect(problemOf(500, other), other).toBeUndefined();
  });
});

describe('a changing request', () => {
  test('carries the token of the session and says what its body is', async () => {
    openPageFor(zhou, 'token-1');
    await apiSend('POST', '/api/problems', { text: '焦炉烟气直排🏭' });
    await apiSend('DELETE', '/api/views/1');
    expect(server.asked[0]?.headers).toMatchObject({ 'x-csrf-token': 'token-1', 'content-type': 'application/json' });
    expect(JSON.parse(server.asked[0]?.body ?? '')).toEqual({ text: '焦炉烟气直排🏭' });
    expect(server.asked[1]?.headers).toMatchObject({ 'x-csrf-token': 'token-1' });
    expect(server.asked[1]?.headers).not.toHaveProperty('content-type');
  });

  test('for a file gives the bytes, or the refusal', async () => {
    openPageFor(zhou, 't');
    const bytes = Uint8Array.from({ length: 300 }, (_, i) => i % 256);
    answer = (_, response) => void response.writeHead(200, { 'content-type': 'image/jpeg' }).end(bytes);
    const file = await apiFile('/api/evidence/x/export', { purpose: '复核' });
    expect(new Uint8Array(await file.arrayBuffer())).toEqual(bytes);
    answer = (_, response) => refusal(response, 403, 'access.forbidden');
    expect((await errorOf(apiFile('/api/evidence/x/export', {}))).problem.code).toBe('access.forbidden');
  });
});

/** A server with one session: who holds its cookie and its token may change things. */
function withSession(o: { readonly lives: () => boolean; readonly user?: string; readonly token?: string }) {
  const taken: string[] = [];
  answer = (asked, response) => {
    if (asked.path === '/api/session/token') {
      if (!o.lives()) return refusal(response, 401, 'access.signed-out');
      return json(response, { csrfToken: o.token ?? 'token-2', userId: o.user ?? 'u-1', expiresAt: '2019-08-05T18:00:00+08:00' });
    }
    if (!o.lives()) return refusal(response, 401, 'access.signed-out');
    if (asked.headers['x-csrf-token'] !== (o.token ?? 'token-2')) return refusal(response, 403, 'access.bad-csrf');
    taken.push(asked.body);
    return json(response, { ok: true });
  };
  return taken;
}

describe('a session that ended', () => {
  test('is taken up again when its person signed in elsewhere: the same request goes once more, with the new token', async () => {
    openPageFor(zhou, 'token-1');
    const taken = withSession({ lives: () => true });
    expect(await apiSend('POST', '/api/problems/1/claim', { id: 'c-1', text: '已完成' })).toEqual({ ok: true });
    expect(taken).toEqual(['{"id":"c-1","text":"已完成"}']);
    expect(server.lines()).toEqual(['POST /api/problems/1/claim', 'GET /api/session/token', 'POST /api/problems/1/claim']);
    expect(csrfToken()).toBe('token-2');
  });

  test('of somebody else sends nothing in their name', async () => {
    openPageFor(zhou, 'token-1');
    const taken = withSession({ lives: () => true, user: 'u-2' });
    const error = await errorOf(apiSend('POST', '/api/problems/1/claim', { text: '已完成' }));
    expect([isOtherPerson(error), isSessionLost(error), error.status]).toEqual([true, false, 409]);
    expect(error.problem.messages.zh).toContain('周慎');
    expect(error.problem.messages.en).toContain('周慎');
    expect([taken, csrfToken()]).toEqual([[], 'token-1']);
  });

  test('is not renewed on a page of nobody, nor when the request says not to', async () => {
    withSession({ lives: () => false });
    expect((await errorOf(apiSend('POST', '/api/problems', {}))).problem.code).toBe('access.signed-out');
    openPageFor(zhou, 'token-1');
    expect((await errorOf(apiSend('POST', '/api/session', {}, 'none'))).status).toBe(401);
    expect(server.lines()).toEqual(['POST /api/problems', 'POST /api/session']);
  });

  test('asks nothing of whoever is typing: a quiet request is refused', async () => {
    openPageFor(zhou, 'token-1');
    withSession({ lives: () => false });
    const asked = vi.fn();
    const stop = listenForQuestion(asked);
    expect(isSessionLost(await errorOf(apiSend('POST', '/api/bulletins/check', {}, 'quiet')))).toBe(true);
    stop();
    expect(asked).not.toHaveBeenCalled();
  });

  test('is asked about once for all that wait, and all of it goes on when its person signs in', async () => {
    openPageFor(zhou, 'token-1');
    let lives = false;
    const taken = withSession({ lives: () => lives, token: 'token-1' });
    const stop = listenForQuestion(() => undefined);
    const waiting = [1, 2, 3].map((n) => apiSend('POST', '/api/problems', { n }));
    await vi.waitFor(() => {
      expect(signInQuestion()).not.toBeNull();
      expect(server.lines().filter((l) => l === 'GET /api/session/token')).toHaveLength(3);
    });
    const question = signInQuestion();
    lives = true;
    question?.settle(true);
    await Promise.all(waiting);
    stop();
    expect(taken.sort()).toEqual(['{"n":1}', '{"n":2}', '{"n":3}']);
    expect(signInQuestion()).toBeNull();
  });

  test('stays ended when the question is turned down, and the next request asks again', async () => {
    openPageFor(zhou, 'token-1');
    withSession({ lives: () => false });
    const questions: number[] = [];
    const stop = listenForQuestion(() => {
      const open = signInQuestion();
      if (open !== null) {
        questions.push(1);
        queueMicrotask(() => open.settle(false));
      }
    });
    for (const _ of [1, 2]) expect((await errorOf(apiSend('POST', '/api/problems', {}))).problem.code).toBe('access.signed-out');
    stop();
    expect(questions).toHaveLength(2);
  });

  test('is tried once: a second refusal is the answer', async () => {
    openPageFor(zhou, 'token-1');
    answer = (asked, response) =>
      asked.path === '/api/session/token'
        ? json(response, { csrfToken: 'x', userId: 'u-1', expiresAt: '' })
        : refusal(response, 403, 'access.bad-csrf');
    expect((await errorOf(apiSend('POST', '/api/problems', {}))).problem.code).toBe('access.bad-csrf');
    expect(server.lines()).toEqual(['POST /api/problems', 'GET /api/session/token', 'POST /api/problems']);
  });

  test('is not what another refusal of 403 means', async () => {
    openPageFor(zhou, 'token-1');
    answer = (_, response) => refusal(response, 403, 'access.forbidden');
    expect((await errorOf(apiSend('POST', '/api/problems', {}))).problem.code).toBe('access.forbidden');
    answer = (_, response) => void response.writeHead(403).end('<html>blocked</html>');
    expect((await errorOf(apiSend('POST', '/api/problems', {}))).problem.code).toBe('http.403');
    expect(server.lines()).toEqual(['POST /api/problems', 'POST /api/problems']);
  });

  test('with a server in trouble says the trouble, and asks nobody to sign in', async () => {
    openPageFor(zhou, 'token-1');
    answer = (asked, response) =>
      asked.path === '/api/session/token' ? refusal(response, 503, 'server.unavailable') : refusal(response, 401, 'access.signed-out');
    expect((await errorOf(apiSend('POST', '/api/problems', {}))).problem.code).toBe('server.unavailable');
  });

  test('is found, not found, or somebody else’s', async () => {
    openPageFor(zhou, 'token-1');
    withSession({ lives: () => true });
    expect(await findSession()).toBe(true);
    withSession({ lives: () => false });
    expect([await findSession(), await renewSession('quiet'), await renewSession('ask')]).toEqual([false, false, false]);
    withSession({ lives: () => true, user: 'u-9' });
    expect(isOtherPerson(await errorOf(findSession()))).toBe(true);
  });
});

import type { ServerResponse } from 'node:http';
import { QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fetchOf, json, refusal, serveLocally, type LocalServer } from '../../../test/support/local-server.ts';
import { ApiError, apiGet } from './api.ts';
import { forgetNow, queries } from './query.ts';

let server: LocalServer;
let answer: (path: string, response: ServerResponse) => void;

beforeEach(async () => {
  queries.clear();
  server = await serveLocally((asked, response) => answer(asked.path, response));
  vi.stubGlobal(
    'fetch',
    fetchOf(() => server.origin),
  );
});
afterEach(async () => {
  queries.clear();
  vi.unstubAllGlobals();
  await server.close();
});

/** Reads an address as pages do. */
const reading = (path: string) => ({
  queryKey: ['api', path],
  queryFn: ({ signal }: { signal: AbortSignal }) => apiGet<{ n: number }>(path, signal),
});

describe('what a page reads', () => {
  test('is shown of the address asked last, however the answers arrive', async () => {
    const held: Record<string, ServerResponse> = {};
    answer = (path, response) => void (held[path] = response);
    const page = new QueryObserver<{ n: number }>(queries, reading('/api/items/1'));
    const shown: (number | undefined)[] = [];
    const stop = page.subscribe((result) => shown.push(result.data?.n));
    await vi.waitFor(() => expect(held['/api/items/1']).toBeDefined());
    page.setOptions(reading('/api/items/2'));
    await vi.waitFor(() => expect(held['/api/items/2']).toBeDefined());
    json(held['/api/items/2'] as ServerResponse, { n: 2 });
    await vi.waitFor(() => expect(shown.at(-1)).toBe(2));
    if (!(held['/api/items/1'] as ServerResponse).destroyed) json(held['/api/items/1'] as ServerResponse, { n: 1 });
    await new Promise((done) => setTimeout(done, 30));
    stop();
    expect(shown.at(-1)).toBe(2);
    expect(shown).not.toContain(1);
  });

  test('is given up when the page is left: the request ends', async () => {
    let ended = false;
    answer = (_, response) => void response.on('close', () => (ended = true));
    const page = new QueryObserver(queries, reading('/api/slow'));
    const stop = page.subscribe(() => undefined);
    await vi.waitFor(() => expect(server.asked).toHaveLength(1));
    stop();
    await vi.waitFor(() => expect(ended).toBe(true));
    expect(queries.getQueryData(['api', '/api/slow'])).toBeUndefined();
  });
});

describe('a question that failed', () => {
  const retry = queries.getDefaultOptions().queries?.retry as (times: number, error: unknown) => boolean;
  const refused = (status: number) =>
    new ApiError(status, { type: '', title: '', status, code: '', detail: '', messages: { zh: '', en: '' }, details: {} });

  test('is asked once more when the connection broke or the server was away, and never twice more', () => {
    for (const status of [0, 502, 503, 504, 507])
      expect([retry(0, refused(status)), retry(1, refused(status))], String(status)).toEqual([true, false]);
  });

  test('is not asked again when it was refused, or when the fault is ours', () => {
    for (const status of [200, 400, 401, 403, 404, 409, 410, 429, 500, 501]) expect(retry(0, refused(status)), String(status)).toBe(false);
    expect(retry(0, new TypeError('x'))).toBe(false);
  });

  test('shows its refusal', async () => {
    answer = (_, response) => refusal(response, 404, 'items.unknown');
    await expect(queries.fetchQuery(reading('/api/items/x'))).rejects.toMatchObject({ problem: { code: 'items.unknown' } });
  });
});

describe('after a command', () => {
  test('what was read as of now is stale, what was read of a past instant stays', async () => {
    const keys = ['/api/ledger?campaign=a', '/api/figures/x?campaign=a&asOf=2019-08-05T18%3A00%3A00%2B08%3A00', '/api/session'];
    for (const path of keys) queries.setQueryData(['api', path], { n: 1 });
    queries.setQueryData(['token', 'a', '{{x}}'], { n: 1 });
    await forgetNow();
    expect(
      queries
        .getQueryCache()
        .getAll()
        .filter((q) => q.state.isInvalidated)
        .map((q) => q.queryKey[1]),
    ).toEqual([keys[0], keys[2], 'a']);
  });

  test('a search for the words “asOf=” is not taken for an instant', async () => {
    queries.setQueryData(['api', `/api/ledger?${new URLSearchParams({ q: 'asOf=' }).toString()}`], { n: 1 });
    await forgetNow();
    expect(queries.getQueryCache().getAll()[0]?.state.isInvalidated).toBe(true);
  });
});

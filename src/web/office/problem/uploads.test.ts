import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fetchOf, json, refusal, serveLocally, type LocalServer } from '../../../../test/support/local-server.ts';
import { closePage, csrfToken, openPageFor } from '../../ui/person.ts';
import { queries } from '../../ui/query.ts';
import { mayResume } from './upload-state.ts';
import { cancelUpload, isUploading, resumeUpload, startUpload, uploadOf, type UploadOrder } from './uploads.ts';

/** The library's side of an upload: what it was told to do, and the events a test lets happen. */
interface Told {
  readonly calls: string[];
  readonly options: {
    readonly onProgress: (sent: number, total: number) => void;
    readonly onSuccess: () => void;
    readonly onError: (error: Error) => void;
    readonly onBeforeRequest: (request: { setHeader: (name: string, value: string) => void }) => void;
    readonly fingerprint: () => Promise<string>;
  };
  /** Lets the look for earlier tries end. */
  readonly found: (earlier: readonly unknown[]) => Promise<void>;
}

const { uploads, DetailedError } = vi.hoisted(() => {
  class FakeDetailedError extends Error {
    readonly originalResponse: unknown;
    constructor(originalResponse: unknown) {
      super('tus');
      this.originalResponse = originalResponse;
    }
  }
  return { uploads: [] as unknown[], DetailedError: FakeDetailedError };
});
const told = uploads as Told[];

vi.mock('tus-js-client', () => ({
  DetailedError,
  Upload: class {
    readonly calls: string[] = [];
    private looked: (earlier: readonly unknown[]) => void = () => undefined;
    readonly options: unknown;
    constructor(_file: unknown, options: unknown) {
      this.options = options;
      uploads.push(this);
    }
    findPreviousUploads() {
      return new Promise((resolve) => (this.looked = resolve));
    }
    async found(earlier: readonly unknown[]) {
      this.looked(earlier);
      await new Promise((done) => setTimeout(done, 0));
    }
    resumeFromPreviousUpload() {
      this.calls.push('resume');
    }
    start() {
      this.calls.push('start');
    }
    abort(terminate: boolean) {
      this.calls.push(`abort ${terminate}`);
      return Promise.resolve();
    }
  },
}));

const order: UploadOrder = { campaign: 'a', item: 'p-1', sha256: 'ab', kind: 'photo', name: 'x.jpg', takenAt: '' };
const file = new File(['x'], 'x.jpg');
const state = () => uploadOf('p-1', 'ab');

let server: LocalServer;
let session: 'there' | 'gone' | 'other';

beforeEach(async () => {
  uploads.length = 0;
  session = 'there';
  server = await serveLocally((_, response) =>
    session === 'gone'
      ? refusal(response, 401, 'access.signed-out')
      : json(response, { csrfToken: 'new', userId: session === 'there' ? 'u-1' : 'u-2', expiresAt: '' }),
  );
  vi.stubGlobal(
    'fetch',
    fetchOf(() => server.origin),
  );
  openPageFor({ id: 'u-1', username: 'c', name: '周慎' }, 'old');
});
afterEach(async () => {
  // What was received stays for the page's life: each test names its own files where it matters.
  cancelUpload('p-1', 'ab');
  closePage();
  queries.clear();
  vi.unstubAllGlobals();
  await server.close();
});

/** Starts an upload up to its first byte. */
async function begin(more: Partial<UploadOrder> = {}, earlier: readonly unknown[] = []): Promise<Told> {
  const starting = startUpload(file, { ...order, ...more });
  const made = told.at(-1) as Told;
  await made.found(earlier);
  await starting;
  return made;
}
const answered = (status: number, code: string) =>
  new DetailedError({ getStatus: () => status, getBody: () => JSON.stringify({ code, messages: { zh: code, en: code } }) });

describe('an upload', () => {
  test('says how far it is, and is being looked at when all of it was sent', async () => {
    const { calls, options } = await begin();
    expect([calls, state()?.phase, isUploading('p-1', 'ab')]).toEqual([['start'], 'uploading', true]);
    options.onProgress(30, 100);
    expect(state()).toMatchObject({ phase: 'uploading', percent: 30 });
    options.onProgress(100, 100);
    expect(state()?.phase).toBe('checking');
  });

  test('that was received is not sent again, nor cancelled', async () => {
    const { calls, options } = await begin({ sha256: 'received' });
    options.onSuccess();
    expect([uploadOf('p-1', 'received')?.phase, isUploading('p-1', 'received')]).toEqual(['received', false]);
    await startUpload(file, { ...order, sha256: 'received' });
    cancelUpload('p-1', 'received');
    expect([told.length, calls, uploadOf('p-1', 'received')?.phase]).toEqual([1, ['start'], 'received']);
  });

  test('goes on where an earlier try of the same file for the same problem stopped', async () => {
    const { calls, options } = await begin({}, [{ size: 1 }]);
    expect(calls).toEqual(['resume', 'start']);
    expect(await options.fingerprint()).toBe('clearzero/a/p-1/ab');
  });

  test('is not begun twice while it is under way', async () => {
    await begin();
    await startUpload(file, order);
    expect(told).toHaveLength(1);
  });

  test('carries the token of the moment with every request', async () => {
    const { options } = await begin();
    const sent: string[] = [];
    const request = { setHeader: (name: string, value: string) => void sent.push(`${name}: ${value}`) };
    options.onBeforeRequest(request);
    openPageFor({ id: 'u-1', username: 'c', name: '周慎' }, 'renewed');
    options.onBeforeRequest(request);
    expect(sent).toEqual(['x-csrf-token: old', 'x-csrf-token: renewed']);
  });
});

describe('an upload that fails', () => {
  test('because the connection broke keeps how far it was, and can be gone on with', async () => {
    const { calls, options } = await begin();
    options.onProgress(30, 100);
    options.onError(new Error('network'));
    expect(state()).toEqual({ phase: 'failed', percent: 30, error: null });
    // A late tick does not hide that it failed.
    options.onProgress(31, 100);
    expect(state()?.phase).toBe('failed');
    resumeUpload('p-1', 'ab');
    expect([state(), calls]).toEqual([{ phase: 'uploading', percent: 30, error: null }, ['start', 'start']]);
  });

  test('because it was refused says the server’s words', async () => {
    const { options } = await begin();
    options.onError(answered(413, 'evidence.too-large'));
    expect([state()?.error?.problem.code, mayResume(state() as never)]).toEqual(['evidence.too-large', false]);
  });

  test('with an answer that nobody can read is one that broke off', async () => {
    const { options } = await begin();
    options.onError(new DetailedError({ getStatus: () => 502, getBody: () => '<html>' }));
    expect(state()).toMatchObject({ phase: 'failed', error: null });
  });

  test('because the session ended goes on by itself when its person has another one', async () => {
    const { calls, options } = await begin();
    options.onError(answered(403, 'access.bad-csrf'));
    await vi.waitFor(() => expect(calls).toEqual(['start', 'start']));
    expect([state()?.phase, csrfToken()]).toEqual(['uploading', 'new']);
  });

  test('because the session ended says so when there is none', async () => {
    session = 'gone';
    const { calls, options } = await begin();
    options.onError(answered(401, 'access.signed-out'));
    await vi.waitFor(() => expect(state()?.phase).toBe('failed'));
    expect([state()?.error?.problem.code, calls]).toEqual(['access.signed-out', ['start']]);
  });

  test('because somebody else is signed in now is not sent in their name', async () => {
    session = 'other';
    const { calls, options } = await begin();
    options.onError(answered(403, 'access.bad-csrf'));
    await vi.waitFor(() => expect(state()?.phase).toBe('failed'));
    expect([state()?.error?.problem.code, calls]).toEqual(['web.other-person', ['start']]);
  });
});

describe('an upload that is cancelled', () => {
  test('is ended here and on the server', async () => {
    const { calls } = await begin();
    cancelUpload('p-1', 'ab');
    expect([state(), isUploading('p-1', 'ab'), calls]).toEqual([undefined, false, ['start', 'abort true']]);
  });

  test('after it was refused is gone there already', async () => {
    const { calls, options } = await begin();
    options.onError(answered(413, 'evidence.too-large'));
    cancelUpload('p-1', 'ab');
    expect(calls).toEqual(['start', 'abort false']);
  });

  test('before its first byte sends none', async () => {
    const starting = startUpload(file, order);
    const made = told.at(-1) as Told;
    cancelUpload('p-1', 'ab');
    await made.found([]);
    await starting;
    expect([made.calls.includes('start'), state()]).toEqual([false, undefined]);
  });

  test('says nothing more, nor of the one that is begun after it', async () => {
    const old = await begin();
    cancelUpload('p-1', 'ab');
    const next = await begin();
    next.options.onProgress(10, 100);
    old.options.onProgress(90, 100);
    old.options.onError(new Error('aborted'));
    old.options.onSuccess();
    expect(state()).toMatchObject({ phase: 'uploading', percent: 10 });
  });

  test('while its session was being renewed is not begun again', async () => {
    const { calls, options } = await begin();
    options.onError(answered(403, 'access.bad-csrf'));
    cancelUpload('p-1', 'ab');
    await vi.waitFor(() => expect(csrfToken()).toBe('new'));
    await new Promise((done) => setTimeout(done, 10));
    expect([calls, state()]).toEqual([['start', 'abort true'], undefined]);
  });
});

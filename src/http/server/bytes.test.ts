import { setTimeout as sleep } from 'node:timers/promises';
import { get, type IncomingMessage } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import compress from '@fastify/compress';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { validatorCompiler } from 'fastify-type-provider-zod';
import { Download } from './download.ts';
import { handleErrors } from './errors.ts';
import { defaultLimits, ExportPlaces, type ServerLimits } from './limits.ts';
import { addRoute } from './route.ts';
import { refuseSlowBodies } from './slow-bodies.ts';

const limits: ServerLimits = {
  ...defaultLimits,
  reader: { ms: 150, bytes: 100_000 },
  body: { ms: 150, bytes: 50, wholeMs: 400 },
  exports: { office: { own: 2, all: 3 }, public: { own: 1, all: 1 } },
};

let app: FastifyInstance;
/** How many sources are open. */
let open = 0;

async function* source(kind: string): AsyncGenerator<string> {
  open++;
  try {
    if (kind === 'at-once') throw new Error('nothing to read');
    for (let i = 0; kind !== 'short' || i < 3; i++) {
      yield `${i} ${Math.random()}`.repeat(4000);
      if (kind === 'half' && i === 3) throw new Error('the database went away');
      await sleep(1);
    }
  } finally {
    open--;
  }
}

beforeAll(async () => {
  app = Fastify();
  app.decorate('limits', limits).decorate('places', new ExportPlaces(limits.exports));
  app.decorateRequest('session', null);
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  await app.register(compress, { global: true, threshold: 1024, encodings: ['gzip', 'identity'] });
  handleErrors(app, 1000);
  refuseSlowBodies(app);
  for (const kind of ['short', 'half', 'at-once', 'endless']) {
    addRoute(app, [], {
      ...{ method: 'GET', url: `/${kind}`, permission: 'none', summary: '', response: 'text/csv', place: 'office' },
      handle: () => Promise.resolve(new Download(Readable.from(source(kind)), 'text/csv', 'x.csv')),
    });
  }
  addRoute(app, [], { method: 'POST', url: '/taken', permission: 'none', summary: '', response: 'x', handle: () => Promise.resolve({}) });
  await app.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(() => app.close());
afterEach(async () => {
  await expect.poll(() => open, { timeout: 3000 }).toBe(0);
  expect(app.places.take('office', 'anybody')).toSatisfy((free: unknown) => {
    (free as (() => void) | undefined)?.();
    return free !== undefined;
  });
});

const port = () => (app.server.address() as AddressInfo).port;
const ask = (path: string, headers: Record<string, string> = {}) =>
  new Promise<IncomingMessage>((resolve, reject) => get({ port: port(), path, headers, agent: false }, resolve).on('error', reject));
/** Whether all came, and how much. */
const read = (r: IncomingMessage) =>
  new Promise<{ whole: boolean; bytes: number }>((resolve) => {
    let bytes = 0;
    r.on('data', (c: Buffer) => (bytes += c.length)).on('error', () => undefined);
    r.on('close', () => resolve({ whole: r.complete, bytes }));
  });

describe('bytes that leave', () => {
  test.each(['identity', 'gzip'])('are whole, or the transfer is aborted (%s)', async (encoding) => {
    const headers = { 'accept-encoding': encoding };
    expect(await read(await ask('/short', headers))).toMatchObject({ whole: true });
    const half = await ask('/half', headers);
    expect(half.statusCode).toBe(200);
    expect(await read(half)).toMatchObject({ whole: false });
  });

  test('whose source fails before the first of them are a problem with a code, and no file', async () => {
    const reply = await ask('/at-once');
    expect([reply.statusCode, reply.headers['content-disposition']]).toEqual([500, undefined]);
    expect(reply.headers['content-type']).toMatch(/problem\+json/);
    await read(reply);
  });

  test('end with their reader, and so does the place that they held', async () => {
    const two = [await ask('/endless'), await ask('/endless')];
    expect(open).toBe(2);
    const third = await ask('/short');
    expect([third.statusCode, third.headers['retry-after']]).toEqual([429, '5']);
    await read(third);
    for (const r of two) r.destroy();
    await expect.poll(() => open).toBe(0);
    const again = await ask('/short');
    expect(again.statusCode).toBe(200);
    await read(again);
  });

  test('are given up when their reader takes none', async () => {
    const socket = await talk('GET /endless HTTP/1.1\r\nhost: x\r\n\r\n');
    socket.pause();
    await expect.poll(() => open).toBe(1);
    await expect.poll(() => open, { timeout: 3000 }).toBe(0);
    socket.destroy();
  });

  test('are not made for whoever asks for the head alone', async () => {
    const reply = await app.inject({ method: 'HEAD', url: '/endless' });
    expect([reply.statusCode, reply.body]).toEqual([200, '']);
  });
});

describe('a body that drips', () => {
  test('is answered with 408 and its connection closed', async () => {
    const socket = await talk('POST /taken HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 900\r\n\r\n{');
    let answer = '';
    socket.on('data', (c: Buffer) => (answer += c.toString())).on('error', () => undefined);
    const drip = setInterval(() => socket.write(' '), 20);
    await new Promise((resolve) => socket.once('close', resolve));
    clearInterval(drip);
    expect(answer).toMatch(/^HTTP\/1.1 408/);
    expect(answer).toContain('"code":"request.slow"');
  });
});

describe('places', () => {
  test('are bounded for one and for all, and given back once', () => {
    const places = new ExportPlaces({ office: { own: 2, all: 3 }, public: { own: 1, all: 1 } });
    const a = places.take('office', 'a');
    expect(places.take('office', 'a')).toBeDefined();
    expect(places.take('office', 'a')).toBeUndefined();
    expect(places.take('office', 'b')).toBeDefined();
    expect(places.take('office', 'c')).toBeUndefined();
    expect(places.take('public', 'c')).toBeDefined();
    a?.();
    a?.();
    expect(places.take('office', 'c')).toBeDefined();
    expect(places.take('office', 'd')).toBeUndefined();
  });
});

function talk(text: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port(), '127.0.0.1', () => resolve(socket));
    socket.once('error', reject);
    socket.write(text);
  });
}

import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { connect, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { dirname } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { campaign, testApp, type TestApp } from '../../../test/support/app.ts';
import { openHandles } from '../../../test/support/handles.ts';
import { handIn } from '../../../test/support/upload.ts';

let app: TestApp;
let hash = '';
const q = `campaign=${campaign}`;
const folder = () => dirname(app.services.incoming);

beforeAll(async () => {
  app = await testApp(10);
  await app.raw.listen({ host: '127.0.0.1', port: 0 });
  const body = { campaign, unit: '演示焦化厂', place: 141_024, aspect: 'key-dischargers', type: 'key-dischargers', text: '超标' };
  const made = await app.call('clerk', 'POST', '/api/problems', { ...body, clue: 'inspection', evidence: [] });
  const { id } = made.body.item as { id: string };
  // More than the buffers of a connection hold, so that a reader can leave in the middle.
  hash = await handIn(app, 'inspector', id, Buffer.from(`点位,COD\n${randomBytes(6_000_000).toString('hex')}\n`));
}, 120_000);
afterAll(async () => {
  await app?.close();
  await rm(folder(), { recursive: true, force: true });
});

describe.runIf(process.platform === 'linux')('the file of an object is closed', () => {
  afterEach(async () => {
    await expect.poll(() => openHandles(folder()), { timeout: 5000 }).toEqual([]);
  });

  const view = () => `/api/evidence/${hash}/view?${q}`;

  /** Asks over a socket, waits for some bytes or none, and leaves. */
  async function leaveEarly(method: string, url: string, after: 'asking' | 'first bytes', ms = 0, body = ''): Promise<void> {
    const socket = connect((app.raw.server.address() as AddressInfo).port, '127.0.0.1').on('error', () => undefined);
    const head = [
      `${method} ${url} HTTP/1.1`,
      ...['host: x', `authorization: Bearer ${await app.token('director')}`, 'content-type: application/json'],
      `content-length: ${Buffer.byteLength(body)}`,
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
    if (after === 'first bytes') await once(socket, 'data');
    socket.pause();
    await sleep(ms);
    socket.destroy();
  }

  test('after its reader left in the middle, at once, or at any moment before the first byte', async () => {
    await leaveEarly('GET', view(), 'first bytes');
    for (let ms = 0; ms < 40; ms += 2) await leaveEarly('GET', view(), 'asking', ms);
    const purpose = JSON.stringify({ purpose: '案卷移送' });
    for (let ms = 0; ms < 40; ms += 4) await leaveEarly('POST', `/api/evidence/${hash}/export?${q}`, 'asking', ms, purpose);
    await Promise.all(Array.from({ length: 20 }, (_, i) => leaveEarly('GET', view(), i % 2 === 0 ? 'first bytes' : 'asking', i)));
  });

  test('when only the head was asked for, and when the act was refused', async () => {
    const reply = await app.raw.inject({
      method: 'HEAD',
      url: view(),
      headers: { authorization: `Bearer ${await app.token('director')}` },
    });
    expect(reply.statusCode).toBe(200);
    const refused = await app.call('director', 'POST', `/api/evidence/${hash}/export?${q}`, { purpose: '  ' });
    expect(refused.status).toBeGreaterThanOrEqual(400);
  });

  test('when the act cannot be written', async () => {
    const { pool } = app.services.database;
    await pool.query(`create function broken() returns trigger language plpgsql as 'begin raise exception ''broken''; end'`);
    await pool.query('create trigger broken before insert on acts for each statement execute function broken()');
    try {
      const ask = () => app.call('director', 'POST', `/api/evidence/${hash}/export?${q}`, { purpose: '案卷移送' });
      for (let i = 0; i < 5; i++) expect((await ask()).status).toBe(500);
    } finally {
      await pool.query('drop trigger broken on acts');
      await pool.query('drop function broken');
    }
    expect((await app.call('director', 'GET', view())).status).toBe(200);
  });
});

import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testApp, type TestApp } from '../../../test/support/app.ts';

let app: TestApp;
const sockets: Socket[] = [];
beforeAll(async () => {
  app = await testApp(20);
  await app.raw.listen({ port: 0, host: '127.0.0.1' });
}, 60_000);
afterAll(() => {
  for (const socket of sockets) socket.destroy();
});

function opened(say: string): Promise<Socket> {
  const socket = connect((app.raw.server.address() as AddressInfo).port, '127.0.0.1');
  sockets.push(socket);
  socket.on('error', () => undefined);
  return new Promise((done) => socket.once('connect', () => socket.write(say, () => done(socket))));
}

test('a server that stops waits for answers under way, and for nobody who asks nothing', async () => {
  await opened('');
  await opened('GET /api/ready HTTP/1.1\r\nHost: x');
  const asked = await opened('GET /api/openapi.json HTTP/1.1\r\nHost: x\r\nConnection: keep-alive\r\n\r\n');
  let said = '';
  asked.on('data', (bytes: Buffer) => (said += bytes.toString('latin1')));
  await expect.poll(() => said.length).toBeGreaterThan(0);
  const began = performance.now();
  await app.close();
  expect(performance.now() - began).toBeLessThan(3000);
  expect(said).toMatch(/^HTTP\/1.1 200/);
});

import { expect, test } from 'vitest';
import { z } from 'zod';
import type { Services } from '../../usecases/services.ts';
import type { Feature } from './feature.ts';
import { buildServer } from './server.ts';
import type { Examples } from './sample.ts';

const examples: Examples = { campaign: 'sx', county: 141_024, city: 141_000, of: (name) => `the ${name}` };

const warnings: Feature = {
  name: 'warnings',
  routes: (add) => {
    const handle = () => Promise.resolve({ open: true });
    const [method, url, summary, response] = ['GET', '/api/warnings/:id', 'A warning', z.object({ open: z.boolean() })] as const;
    add({ method, url, summary, response, permission: 'none', handle });
    const deeper = { method, url: '/api/warnings/:id/acts', summary, response, permission: 'session', handle } as const;
    add({ ...deeper, sample: (e) => ({ params: { id: e.of('warning') }, query: { campaign: e.campaign }, place: e.county }) });
    // @ts-expect-error a route that asks something of its caller says how it is called
    expect(() => add({ ...deeper, url: '/api/a' })).not.toThrow();
    // @ts-expect-error a sample fills in its own address
    expect(() => add({ ...deeper, url: '/api/b/:no', sample: () => ({ params: { id: 'x' }, place: null }) })).not.toThrow();
  },
};

test('a server is made of the features it is given, and knows how each of their routes is called', async () => {
  const { app, routes } = await buildServer({ services: {} as Services, features: [warnings] });
  try {
    const reply = await app.inject({ method: 'GET', url: '/api/warnings/1' });
    expect([reply.statusCode, reply.json()]).toEqual([200, { open: true }]);
    expect((await app.inject({ method: 'GET', url: '/api/ledger?campaign=sx' })).statusCode).toBe(404);
    const deeper = routes.find((route) => route.url === '/api/warnings/:id/acts');
    expect(deeper?.sample?.(examples)).toMatchObject({ url: '/api/warnings/the%20warning/acts?campaign=sx', place: 141_024 });
    expect(routes.find((route) => route.url === '/api/a')?.sample).toBeUndefined();
  } finally {
    await app.close();
  }
});

import { z } from 'zod';
import { api } from '../../contract/paths/api.ts';
import { refuse } from '../../domain/kernel/refusal.ts';
import { ping } from '../../usecases/health.ts';
import type { Services } from '../../usecases/services.ts';
import type { Feature } from '../server/feature.ts';
import { holds } from '../server/installation.ts';
import type { AddRoute } from '../server/route.ts';

export const health: Feature = { name: 'health', routes };

function routes(add: AddRoute, s: Services): void {
  add({
    method: 'GET',
    url: api.health,
    permission: 'none',
    summary: 'The process answers; for the system administrator also what needs attention',
    response: z.object({
      ok: z.boolean(),
      findings: z
        .array(z.object({ name: z.string(), state: z.enum(['ok', 'warn', 'fail']), value: z.string(), advice: z.string().optional() }))
        .optional(),
    }),
    handle: ({ actor }) => Promise.resolve({ ok: true, ...(holds(actor, 'system.read') ? { findings: s.machine() } : {}) }),
  });
  add({
    method: 'GET',
    url: api.ready,
    permission: 'none',
    summary: 'The database answers and takes writes',
    response: z.object({ ready: z.boolean() }),
    handle: async () => ((await ping(s)) ? { ready: true } : refuse('server.unavailable', {})),
  });
}

import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { scopeOf } from '../../domain/access/policy.ts';
import { refuse } from '../../domain/kernel/refusal.ts';
import { readUsers } from '../../usecases/access/users.ts';
import { ping } from '../../usecases/health.ts';
import type { Services } from '../../usecases/services.ts';
import { addRoute, type RouteInfo } from '../server/route.ts';

export function adminRoutes(app: FastifyInstance, s: Services, list: RouteInfo[]): void {
  addRoute(app, list, {
    method: 'GET',
    url: '/api/health',
    permission: 'none',
    summary: 'The process answers',
    response: z.object({ ok: z.boolean() }),
    handle: () => Promise.resolve({ ok: true }),
  });
  addRoute(app, list, {
    method: 'GET',
    url: '/api/ready',
    permission: 'none',
    summary: 'The database answers and takes writes',
    response: z.object({ ready: z.boolean() }),
    handle: async () => ((await ping(s)) ? { ready: true } : refuse('server.unavailable', {})),
  });
  addRoute(app, list, {
    method: 'GET',
    url: '/api/users',
    permission: 'user.read',
    summary: 'Accounts with their roles, for administrators',
    response: z.array(
      z.object({
        username: z.string(),
        name: z.string(),
        org: z.string(),
        disabled: z.boolean(),
        grants: z.array(z.object({ role: z.string(), place: z.number().int(), campaign: z.string().nullable() })),
      }),
    ),
    handle: ({ actor }) =>
      scopeOf(actor, 'user.read', '') === undefined &&
      !actor.grants.some((g) => scopeOf({ ...actor, grants: [{ ...g, campaign: null }] }, 'user.read', '') !== undefined)
        ? Promise.resolve(refuse('access.forbidden', { verb: 'user.read' }))
        : readUsers(s),
  });
}

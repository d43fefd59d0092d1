import { z } from 'zod';
import { api } from '../../contract/paths/api.ts';
import { type Actor, scopeOf, type OwnVerb } from '../../domain/access/policy.ts';
import { refuse } from '../../domain/kernel/refusal.ts';
import { readUsers } from '../../usecases/access/users.ts';
import { ping } from '../../usecases/health.ts';
import type { Services } from '../../usecases/services.ts';
import type { Feature } from '../server/feature.ts';
import type { AddRoute } from '../server/route.ts';

export const admin: Feature = { name: 'admin', routes };

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
  add({
    method: 'GET',
    url: api.users,
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
    sample: () => ({ place: null, only: ['security-admin', 'system-admin', 'audit-admin'] }),
    handle: ({ actor }) => (holds(actor, 'user.read') ? readUsers(s) : Promise.resolve(refuse('access.forbidden', { verb: 'user.read' }))),
  });
}

/** Rights over the installation hold in whichever campaign they were given for. */
const holds = (actor: Actor, verb: OwnVerb) =>
  actor.grants.some((g) => scopeOf({ ...actor, grants: [{ ...g, campaign: null }] }, verb, '') !== undefined);

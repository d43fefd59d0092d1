import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { type Actor, scopeOf, type OwnVerb } from '../../domain/access/policy.ts';
import { refuse } from '../../domain/kernel/refusal.ts';
import { readUsers } from '../../usecases/access/users.ts';
import { ping } from '../../usecases/health.ts';
import { jobFindings, jobsFail } from '../../usecases/jobs/read.ts';
import type { Finding } from '../../usecases/health/finding.ts';
import type { Services } from '../../usecases/services.ts';
import { addRoute, type RouteInfo } from '../server/route.ts';

export function adminRoutes(app: FastifyInstance, s: Services, list: RouteInfo[]): void {
  addRoute(app, list, {
    method: 'GET',
    url: '/api/health',
    permission: 'none',
    summary: 'The process answers; for the system administrator also what needs attention',
    response: z.object({
      ok: z.boolean(),
      findings: z
        .array(z.object({ name: z.string(), state: z.enum(['ok', 'warn', 'fail']), value: z.string(), advice: z.string().optional() }))
        .optional(),
    }),
    handle: async ({ actor }) => ({
      ok: true,
      ...(holds(actor, 'system.read') ? { findings: [...s.machine(), ...(await jobsAsFindings(s))] } : {}),
    }),
  });
  addRoute(app, list, {
    method: 'GET',
    url: '/api/ready',
    permission: 'none',
    summary: 'The database answers and takes writes; whether jobs fail again and again, for whoever watches over the server',
    response: z.object({ ready: z.boolean(), jobs: z.enum(['well', 'failing']) }),
    handle: async () =>
      (await ping(s)) ? { ready: true, jobs: (await jobsFail(s)) ? 'failing' : 'well' } : refuse('server.unavailable', {}),
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
    handle: ({ actor }) => (holds(actor, 'user.read') ? readUsers(s) : Promise.resolve(refuse('access.forbidden', { verb: 'user.read' }))),
  });
}

/** The process answers also without its database; then nothing is known of the jobs. */
const jobsAsFindings = (s: Services) =>
  jobFindings(s).catch((): Finding[] => [{ name: 'jobs', state: 'warn', value: 'the database does not answer' }]);

/** Rights over the installation hold in whichever campaign they were given for. */
const holds = (actor: Actor, verb: OwnVerb) =>
  actor.grants.some((g) => scopeOf({ ...actor, grants: [{ ...g, campaign: null }] }, verb, '') !== undefined);

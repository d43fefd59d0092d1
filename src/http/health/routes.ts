import { z } from 'zod';
import { api } from '../../contract/paths/api.ts';
import { refuse } from '../../domain/kernel/refusal.ts';
import { ping } from '../../usecases/health.ts';
import type { Finding } from '../../usecases/health/finding.ts';
import { jobFindings, jobsFail } from '../../usecases/jobs/read.ts';
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
    handle: async ({ actor }) => ({
      ok: true,
      ...(holds(actor, 'system.read') ? { findings: [...s.machine(), ...(await jobsAsFindings(s))] } : {}),
    }),
  });
  add({
    method: 'GET',
    url: api.ready,
    permission: 'none',
    summary: 'The database answers and takes writes; whether jobs fail again and again, for whoever watches over the server',
    response: z.object({ ready: z.boolean(), jobs: z.enum(['well', 'failing']) }),
    handle: async () =>
      (await ping(s)) ? { ready: true, jobs: (await jobsFail(s)) ? 'failing' : 'well' } : refuse('server.unavailable', {}),
  });
}

/** The process answers also without its database; then nothing is known of the jobs. */
const jobsAsFindings = (s: Services) =>
  jobFindings(s).catch((): Finding[] => [{ name: 'jobs', state: 'warn', value: 'the database does not answer' }]);

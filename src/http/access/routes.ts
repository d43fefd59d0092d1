import { z } from 'zod';
import { api } from '../../contract/paths/api.ts';
import { refuse } from '../../domain/kernel/refusal.ts';
import { readUsers } from '../../usecases/access/users.ts';
import type { Services } from '../../usecases/services.ts';
import type { Feature } from '../server/feature.ts';
import { holds } from '../server/installation.ts';
import type { AddRoute } from '../server/route.ts';

export const access: Feature = { name: 'access', routes };

function routes(add: AddRoute, s: Services): void {
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

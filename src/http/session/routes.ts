import { z } from 'zod';
import { sessionToken, sessionView, signedIn, signIn as signInBody } from '../../contract/session.ts';
import { api } from '../../contract/paths/api.ts';
import { formatInstant } from '../../domain/kernel/instant.ts';
import { isRefusal, refuse } from '../../domain/kernel/refusal.ts';
import { signIn, signOut, type SessionState } from '../../usecases/access/sessions.ts';
import { readCampaigns, placeNames } from '../../usecases/campaign/read.ts';
import type { Services } from '../../usecases/services.ts';
import { cookieName, deviceOf, setDeviceCookie, setSessionCookie } from '../server/auth.ts';
import type { Feature } from '../server/feature.ts';
import type { AddRoute } from '../server/route.ts';

export const session: Feature = { name: 'session', routes, schemas: { Session: sessionView } };

function routes(add: AddRoute, s: Services): void {
  const view = async (state: SessionState) => {
    const names = await placeNames(s);
    return {
      user: {
        id: state.actor.id,
        username: state.username,
        name: state.actor.name,
        org: state.actor.org,
        grants: state.actor.grants.map((g) => ({ ...g, placeName: names.get(g.place) ?? String(g.place) })),
      },
      expiresAt: formatInstant(state.expiresAt),
      csrfToken: state.csrf,
      campaigns: await readCampaigns(s, state.actor),
    };
  };
  add({
    method: 'POST',
    url: api.session,
    permission: 'none',
    summary: 'Sign in',
    body: signInBody,
    response: signedIn,
    // Others at the same address do not use up what a device of its own has.
    rateLimit: { max: 60, timeWindow: '1 minute', keyGenerator: (request) => deviceOf(request) ?? request.ip },
    handle: async ({ body, request, reply }) => {
      const result = await signIn(s, { ...body, address: request.ip, device: deviceOf(request) });
      if (isRefusal(result)) return result;
      setSessionCookie(request, reply, result.token, 12 * 3600);
      setDeviceCookie(request, reply, result.device);
      return { ...(await view(result)), token: result.token };
    },
  });
  add({
    method: 'GET',
    url: api.session,
    permission: 'session',
    summary: 'Who is signed in',
    response: sessionView,
    sample: () => ({ place: null }),
    handle: ({ request }) => (request.session === null ? Promise.resolve(refuse('access.signed-out', {})) : view(request.session)),
  });
  add({
    method: 'GET',
    url: api.sessionToken,
    permission: 'session',
    summary: 'A fresh CSRF token for a page whose own died, and whose it is: after access.bad-csrf, or after signing in elsewhere',
    response: sessionToken,
    sample: () => ({ place: null }),
    handle: ({ request }) => {
      const { session } = request;
      if (session === null) return Promise.resolve(refuse('access.signed-out', {}));
      return Promise.resolve({ csrfToken: session.csrf, userId: session.actor.id, expiresAt: formatInstant(session.expiresAt) });
    },
  });
  add({
    method: 'DELETE',
    url: api.session,
    permission: 'session',
    summary: 'Sign out',
    response: z.object({ signedOut: z.boolean() }),
    sample: () => ({ place: null }),
    handle: async ({ request, reply }) => {
      if (request.sessionToken !== null) await signOut(s, request.sessionToken);
      reply.clearCookie(cookieName(request), { path: '/' });
      return { signedOut: true };
    },
  });
}

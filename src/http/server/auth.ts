import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { timingSafeEqual } from 'node:crypto';
import { refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import { findSessionState, type SessionState } from '../../usecases/access/sessions.ts';
import type { Services } from '../../usecases/services.ts';

declare module 'fastify' {
  interface FastifyRequest {
    session: SessionState | null;
    sessionToken: string | null;
  }
}

/** The cookie's name carries the promise of `__Host-` wherever the connection is encrypted. */
export function cookieName(request: FastifyRequest): string {
  return request.protocol === 'https' ? '__Host-clearzero' : 'clearzero';
}

export function setSessionCookie(request: FastifyRequest, reply: FastifyReply, token: string, seconds: number): void {
  reply.setCookie(cookieName(request), token, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: request.protocol === 'https',
    maxAge: seconds,
  });
}

/** Addresses of the public pages. */
export function isPublicAddress(url: string): boolean {
  return /^\/public(?:[/?#]|$)/.test(url);
}

/** Who asks, from the bearer token or the cookie. A changing request by cookie must carry the session's own CSRF token. */
export function authenticate(app: FastifyInstance, services: Services): void {
  app.decorateRequest('session', null);
  app.decorateRequest('sessionToken', null);
  app.addHook('onRequest', async (request) => {
    // Public pages are nobody's: a session is not even looked up.
    if (isPublicAddress(request.url)) return;
    const bearer = /^Bearer ([A-Za-z0-9_-]{20,100})$/.exec(request.headers.authorization ?? '')?.[1];
    const token = bearer ?? request.cookies[cookieName(request)];
    if (token === undefined) return;
    request.sessionToken = token;
    request.session = (await findSessionState(services, token)) ?? null;
  });
}

/** Why a changing request may not go on: from another site, or without the token that only our pages know. */
export function forgery(request: FastifyRequest): Refusal | undefined {
  if (request.method === 'GET' || request.method === 'HEAD') return undefined;
  const origin = request.headers.origin;
  if (origin !== undefined && origin !== 'null' && new URL(origin).host !== request.host) return refuse('access.bad-origin', {});
  if (origin === 'null') return refuse('access.bad-origin', {});
  if (request.headers.authorization !== undefined || request.session === null) return undefined;
  const sent = Buffer.from(String(request.headers['x-csrf-token'] ?? ''));
  const own = Buffer.from(request.session.csrf);
  return sent.length === own.length && timingSafeEqual(sent, own) ? undefined : refuse('access.bad-csrf', {});
}

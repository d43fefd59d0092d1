import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { timingSafeEqual } from 'node:crypto';
import { refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import { findSessionState, type SessionState } from '../../usecases/access/sessions.ts';
import type { Services } from '../../usecases/services.ts';

declare module 'fastify' {
  interface FastifyRequest {
    session: SessionState | null;
    sessionToken: string | null;
    /** The token came in the cookie, which browsers send along by themselves. */
    sessionByCookie: boolean;
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

const deviceName = (request: FastifyRequest) => `${cookieName(request)}-device`;

/** What an earlier sign-in left on the device. */
export function deviceOf(request: FastifyRequest): string | undefined {
  const value = request.cookies[deviceName(request)];
  return value !== undefined && /^[A-Za-z0-9_-]{20,100}$/.test(value) ? value : undefined;
}

/** Leaves on the device by what it will be known; it opens nothing by itself. 400 days is the longest that browsers keep. */
export function setDeviceCookie(request: FastifyRequest, reply: FastifyReply, device: string): void {
  const secure = request.protocol === 'https';
  reply.setCookie(deviceName(request), device, { path: '/', httpOnly: true, sameSite: 'strict', secure, maxAge: 400 * 86_400 });
}

/** Addresses of the public pages. */
export function isPublicAddress(url: string): boolean {
  return /^\/public(?:[/?#]|$)/.test(url);
}

/** Who asks, from the bearer token or the cookie. A changing request by cookie must carry the session's own CSRF token. */
export function authenticate(app: FastifyInstance, services: Services): void {
  app.decorateRequest('session', null);
  app.decorateRequest('sessionToken', null);
  app.decorateRequest('sessionByCookie', false);
  app.addHook('onRequest', async (request) => {
    // Public pages are nobody's: a session is not even looked up.
    if (isPublicAddress(request.url)) return;
    const bearer = /^Bearer ([A-Za-z0-9_-]{20,100})$/.exec(request.headers.authorization ?? '')?.[1];
    const token = bearer ?? request.cookies[cookieName(request)];
    if (token === undefined) return;
    request.sessionToken = token;
    request.sessionByCookie = bearer === undefined;
    request.session = (await findSessionState(services, token)) ?? null;
  });
}

/**
 * Why a changing request may not go on: from another site, or by cookie without the token that only our pages know. Whatever
 * else the request says of itself changes nothing: only a bearer token in place of the cookie does.
 */
export function forgery(request: FastifyRequest): Refusal | undefined {
  if (request.method === 'GET' || request.method === 'HEAD') return undefined;
  const { origin } = request.headers;
  // `null` and whatever else is no address are from nowhere that we know.
  if (origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== request.host)) return refuse('access.bad-origin', {});
  if (request.session === null || !request.sessionByCookie) return undefined;
  const sent = Buffer.from(String(request.headers['x-csrf-token'] ?? ''));
  const own = Buffer.from(request.session.csrf);
  return sent.length === own.length && timingSafeEqual(sent, own) ? undefined : refuse('access.bad-csrf', { renew: '/api/session/token' });
}

import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { explain } from '../../contract/refusals.ts';
import type { PublicLang } from '../../contract/paths/public.ts';
import type { Refusal } from '../../domain/kernel/refusal.ts';
import { PublicAnswer } from '../server/page.ts';
import { retryAfter } from '../server/problem.ts';
import type { Html } from './kit/html.ts';
import { missingPage } from './pages/campaigns.ts';
import { wordsOf } from './words/words.ts';

/** Stricter than the office's: no inline style, no inline script, no frame, nothing from elsewhere. */
export const publicPolicy =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

const policy = { 'content-security-policy': publicPolicy };

/** How long anybody may keep an answer: one as of a named published instant never changes but for the words around it. */
export function keep(fixed: boolean): string {
  return `public, max-age=${fixed ? 3600 : 60}`;
}

/** A page, or 304 when the asker has it already. */
export async function htmlAnswer(request: FastifyRequest, html: Html, status: number, cache: string): Promise<PublicAnswer> {
  const body = String(await html);
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
  const headers = { ...policy, 'cache-control': cache, etag };
  if (status === 200 && isKnown(request, etag)) return new PublicAnswer(304, 'text/html; charset=utf-8', '', headers);
  return new PublicAnswer(status, 'text/html; charset=utf-8', body, headers);
}

export function isKnown(request: FastifyRequest, etag: string): boolean {
  return (request.headers['if-none-match'] ?? '').split(',').some((x) => x.trim().replace(/^W\//, '') === etag);
}

/** What the page says instead of an answer. What is absent and what is not published look the same. */
export async function refusalAnswer(request: FastifyRequest, lang: PublicLang, refusal: Refusal): Promise<PublicAnswer> {
  const words = explain(refusal);
  const told = /^(asof|publication|filter|page|query|server)\./.test(refusal.code);
  const status = refusal.code === 'asof.in-flight' ? 503 : words.status === 400 || words.status >= 500 ? words.status : 404;
  const wait = retryAfter(status);
  // A failure of a moment must not be remembered by whoever keeps pages for others.
  const page = await htmlAnswer(
    request,
    missingPage(lang, told ? words[lang] : wordsOf(lang).missing.answer),
    status,
    status >= 500 ? 'no-store' : 'public, max-age=10',
  );
  return wait === undefined ? page : new PublicAnswer(page.status, page.type, page.body, { ...page.headers, 'retry-after': String(wait) });
}

export function textAnswer(status: number, body: string, cache: string): PublicAnswer {
  return new PublicAnswer(status, 'text/plain; charset=utf-8', body, { ...policy, 'cache-control': cache });
}

export { policy };

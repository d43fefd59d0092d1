import type { FastifyReply } from 'fastify';
import { explain } from '../../contract/refusals.ts';
import { isRefusal, type Refusal } from '../../domain/kernel/refusal.ts';

/** Answers with RFC 9457 problem details; `code` is stable, `messages` are for people. */
export function sendRefusal(reply: FastifyReply, refusal: Refusal): FastifyReply {
  const words = explain(refusal);
  const english = (reply.request.headers['accept-language'] ?? '').toLowerCase().startsWith('en');
  const text = english ? words.en : words.zh;
  const { retryAfter: asked } = refusal.details;
  const wait = typeof asked === 'number' ? asked : retryAfter(words.status);
  if (wait !== undefined) reply.header('retry-after', String(wait));
  // What an answer had said of its bytes does not hold for this one.
  for (const name of ['content-disposition', 'content-length', 'etag', 'last-modified']) reply.removeHeader(name);
  return reply
    .code(words.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(
      JSON.stringify({
        type: `urn:clearzero:${refusal.code}`,
        title: text,
        status: words.status,
        code: refusal.code,
        detail: text,
        messages: { zh: words.zh, en: words.en },
        details: refusal.details,
        instance: reply.request.id,
      }),
    );
}

/** Seconds after which what failed for a while may succeed; a full disk waits for a person. */
export function retryAfter(status: number): number | undefined {
  return status === 503 ? 2 : status === 507 ? 60 : undefined;
}

/** Answers with a result, or with why there is none. */
export function answer(reply: FastifyReply, result: unknown, status = 200): FastifyReply {
  if (isRefusal(result)) return sendRefusal(reply, result);
  return reply.code(status).header('cache-control', 'no-store').send(result);
}

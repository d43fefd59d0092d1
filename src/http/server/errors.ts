import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { refusalOfFailure } from '../../contract/failures.ts';
import { publicLangOf } from '../../contract/paths/public.ts';
import { refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import { refusalAnswer } from '../public/answer.ts';
import { isPublicAddress } from './auth.ts';
import { sendRefusal } from './problem.ts';

interface Failure {
  readonly code?: string;
  readonly statusCode?: number;
  readonly validation?: readonly { readonly instancePath?: string; readonly message?: string }[];
}

/** Turns every failure into problem details; a broken assumption becomes a 500 with a number and nothing else. */
export function handleErrors(app: FastifyInstance, bodyLimit: number): void {
  app.setErrorHandler((error: unknown, request, reply) => {
    const e = error as Failure;
    if (e.validation !== undefined) {
      const fields = e.validation.map((v) => `${(v.instancePath ?? '').replace(/^\//, '') || 'body'}: ${v.message ?? ''}`).slice(0, 10);
      return sendRefusal(reply, refuse('input.invalid', { fields }));
    }
    if (e.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return sendRefusal(reply, refuse('body.too-large', { limit: bodyLimit }));
    if (e.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return sendRefusal(reply, refuse('body.media-type', {}));
    if (e.code === 'FST_ERR_CTP_EMPTY_JSON_BODY' || error instanceof SyntaxError) return sendRefusal(reply, refuse('body.malformed', {}));
    if (e.statusCode === 429) return sendRefusal(reply, refuse('request.rate', {}));
    if (e.statusCode !== undefined && e.statusCode >= 400 && e.statusCode < 500) return sendRefusal(reply, refuse('body.malformed', {}));
    const below = refusalOfFailure(error);
    if (below === undefined) request.log.error({ err: error }, 'request failed');
    const refusal = below ?? refuse('server.error', { id: request.id });
    return isPublicAddress(request.url) ? sendPage(request, reply, refusal) : sendRefusal(reply, refusal);
  });
}

/** On a public page people read words, not problem details. */
async function sendPage(request: FastifyRequest, reply: FastifyReply, refusal: Refusal): Promise<FastifyReply> {
  const page = await refusalAnswer(request, publicLangOf(request.url), refusal);
  return reply.code(page.status).headers(page.headers).type(page.type).send(page.body);
}

import type { FastifyInstance } from 'fastify';
import { refuse } from '../../domain/kernel/refusal.ts';
import { sendRefusal } from './problem.ts';

interface Failure {
  readonly code?: string;
  readonly statusCode?: number;
  readonly message?: string;
  readonly validation?: readonly { readonly instancePath?: string; readonly message?: string }[];
}

/** Error classes of PostgreSQL and the network that mean: the database is away, try again. */
const away = /^(08|57P0|53300)|ECONN|EPIPE|ETIMEDOUT/;

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
    if (away.test(e.code ?? '') || /Connection terminated|timeout exceeded when trying to connect/.test(e.message ?? '')) {
      return sendRefusal(reply, refuse('server.unavailable', {}));
    }
    request.log.error({ err: error }, 'request failed');
    return sendRefusal(reply, refuse('server.error', { id: request.id }));
  });
}

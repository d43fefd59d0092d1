import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { problemDetails } from '../../contract/common.ts';
import type { Actor, Verb } from '../../domain/access/policy.ts';
import { isRefusal, refuse } from '../../domain/kernel/refusal.ts';
import { forgery } from './auth.ts';
import { Download } from './download.ts';
import { Empty } from './empty.ts';
import { answer, sendRefusal } from './problem.ts';

/** What a route asks of whoever calls it: a verb of the policy, any signed-in person, or nothing. */
export type Permission = Verb | 'session' | 'none';

export interface RouteInfo {
  readonly method: 'GET' | 'POST' | 'DELETE' | 'PUT' | 'PATCH' | 'HEAD' | 'OPTIONS';
  readonly url: string;
  readonly permission: Permission;
}

export interface RouteDefinition<Q extends z.ZodType, B extends z.ZodType, P extends z.ZodType> extends RouteInfo {
  readonly summary: string;
  readonly query?: Q;
  readonly body?: B;
  readonly params?: P;
  /** Schema of the answer, or a media type of a download. */
  readonly response: z.ZodType | string;
  readonly status?: number;
  /** A download whose bytes must arrive as they are stored: not compressed on the way. */
  readonly asIs?: boolean;
  readonly rateLimit?: { readonly max: number; readonly timeWindow: string };
  readonly handle: (input: {
    query: z.output<Q>;
    body: z.output<B>;
    params: z.output<P>;
    actor: Actor;
    request: FastifyRequest;
    reply: FastifyReply;
  }) => Promise<unknown>;
}

const nobody: Actor = { id: '', name: '', org: '', grants: [] };

/**
 * Adds a route. Every route names its permission, which is checked by the use-case behind it and listed in the API's description
 * as `x-permission`; a route that wants a person answers 401 to nobody.
 */
export function addRoute<Q extends z.ZodType = z.ZodUnknown, B extends z.ZodType = z.ZodUnknown, P extends z.ZodType = z.ZodUnknown>(
  app: FastifyInstance,
  list: RouteInfo[],
  d: RouteDefinition<Q, B, P>,
): void {
  list.push({ method: d.method, url: d.url, permission: d.permission });
  const download = typeof d.response === 'string';
  app.route({
    method: d.method,
    url: d.url,
    ...(d.asIs === true ? ({ compress: false } as object) : {}),
    config: {
      ...(d.rateLimit === undefined ? {} : { rateLimit: d.rateLimit }),
      // Only what is a route of its own; those made for each GET stay out of the description.
      ...(d.method === 'HEAD' ? { swagger: { exposeHeadRoute: true } } : {}),
    } as object,
    schema: {
      summary: d.summary,
      'x-permission': d.permission,
      ...(d.query === undefined ? {} : { querystring: d.query }),
      ...(d.body === undefined ? {} : { body: d.body }),
      ...(d.params === undefined ? {} : { params: d.params }),
      response: {
        [d.status ?? 200]: download ? z.string().describe(d.response as string) : d.response,
        default: problemDetails,
      },
    } as never,
    preValidation: async (request, reply) => {
      if (d.permission !== 'none' && request.session === null) return sendRefusal(reply, refuse('access.signed-out', {}));
      const forged = forgery(request);
      return forged === undefined ? undefined : sendRefusal(reply, forged);
    },
    handler: async (request, reply) => {
      const result = await d.handle({
        query: request.query as z.output<Q>,
        body: request.body as z.output<B>,
        params: request.params as z.output<P>,
        actor: request.session?.actor ?? nobody,
        request,
        reply,
      });
      if (result instanceof Download) {
        reply.header('content-type', result.type).header('content-disposition', `attachment; filename="${result.name}"`);
        return reply.header('cache-control', 'no-store').headers(result.headers).send(result.stream);
      }
      if (result instanceof Empty) return reply.code(result.status).headers(result.headers).send();
      return isRefusal(result) ? sendRefusal(reply, result) : answer(reply, result, d.status ?? 200);
    },
  });
}

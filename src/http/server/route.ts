import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { problemDetails } from '../../contract/common.ts';
import { api } from '../../contract/paths/api.ts';
import type { Actor, Verb } from '../../domain/access/policy.ts';
import { isRefusal, refuse } from '../../domain/kernel/refusal.ts';
import { checkAddress, checkCampaign, keysOfQuery } from './address.ts';
import { forgery } from './auth.ts';
import { sendBytes } from './bytes.ts';
import { Download } from './download.ts';
import type { ExportPool } from './limits.ts';
import { PublicAnswer } from './page.ts';
import { Empty } from './empty.ts';
import { answer, sendRefusal } from './problem.ts';
import { sampleCall, type Examples, type Sample, type SampleCall } from './sample.ts';

/** What a route asks of whoever calls it: a verb of the policy, any signed-in person, or nothing. */
export type Permission = Verb | 'session' | 'none';

type Method = 'GET' | 'POST' | 'DELETE' | 'PUT' | 'PATCH' | 'HEAD' | 'OPTIONS';

export interface RouteInfo {
  readonly method: Method;
  readonly url: string;
  readonly permission: Permission;
  /** How the matrix of rights calls it; undefined for what asks nothing of anybody. */
  readonly sample: ((e: Examples) => SampleCall) | undefined;
}

/** What asks something of whoever calls it says how the matrix of rights calls it. */
type Sampled<U extends string> =
  | { readonly permission: 'none'; readonly sample?: undefined }
  | { readonly permission: Exclude<Permission, 'none'>; readonly sample: (e: Examples) => Sample<U> };

export type RouteDefinition<U extends string, Q extends z.ZodType, B extends z.ZodType, P extends z.ZodType> = Sampled<U> &
  RouteParts<U, Q, B, P>;

interface RouteParts<U extends string, Q extends z.ZodType, B extends z.ZodType, P extends z.ZodType> {
  readonly method: Method;
  readonly url: U;
  readonly summary: string;
  readonly query?: Q;
  readonly body?: B;
  readonly params?: P;
  /** Schema of the answer, or a media type of a download. */
  readonly response: z.ZodType | string;
  readonly status?: number;
  /** A download whose bytes must arrive as they are stored: not compressed on the way. */
  readonly asIs?: boolean;
  /** A file that is made while it is read: it wants one of the places of this pool. */
  readonly place?: ExportPool;
  readonly rateLimit?: { readonly max: number; readonly timeWindow: string; readonly keyGenerator?: (request: FastifyRequest) => string };
  readonly handle: (input: {
    query: z.output<Q>;
    body: z.output<B>;
    params: z.output<P>;
    actor: Actor;
    request: FastifyRequest;
    reply: FastifyReply;
  }) => Promise<unknown>;
}

/** Adds a route to the server that a feature is given. */
export type AddRoute = <
  U extends string,
  Q extends z.ZodType = z.ZodUnknown,
  B extends z.ZodType = z.ZodUnknown,
  P extends z.ZodType = z.ZodUnknown,
>(
  d: RouteDefinition<U, Q, B, P>,
) => void;

const nobody: Actor = { id: '', name: '', org: '', grants: [] };

/**
 * Adds a route. Every route names its permission, which is checked by the use-case behind it and listed in the API's description
 * as `x-permission`; a route that wants a person answers 401 to nobody.
 */
export function addRoute<
  U extends string,
  Q extends z.ZodType = z.ZodUnknown,
  B extends z.ZodType = z.ZodUnknown,
  P extends z.ZodType = z.ZodUnknown,
>(app: FastifyInstance, list: RouteInfo[], d: RouteDefinition<U, Q, B, P>): void {
  const { sample } = d;
  list.push({
    method: d.method,
    url: d.url,
    permission: d.permission,
    sample: sample === undefined ? undefined : (e) => sampleCall(d.url, sample(e)),
  });
  const download = typeof d.response === 'string';
  const told = d.query === undefined && d.method !== 'GET';
  const known = told ? ['campaign'] : keysOfQuery(d.query);
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
      if (d.permission !== 'none' && request.session === null)
        return sendRefusal(reply, refuse('access.signed-out', { ended: request.sessionToken !== null, renew: api.session }));
      const wrong = forgery(request) ?? checkAddress(request, known) ?? (told ? checkCampaign(request) : undefined);
      return wrong === undefined ? undefined : sendRefusal(reply, wrong);
    },
    handler: async (request, reply) => {
      if (d.place !== undefined && !takePlace(app, d.place, request, reply))
        return sendRefusal(reply, refuse('export.busy', { retryAfter: 5 }));
      const result = await d.handle({
        query: request.query as z.output<Q>,
        body: request.body as z.output<B>,
        params: request.params as z.output<P>,
        actor: request.session?.actor ?? nobody,
        request,
        reply,
      });
      if (result instanceof PublicAnswer) {
        reply.code(result.status).headers(result.headers).type(result.type);
        return typeof result.body === 'string' ? reply.send(result.body) : sendBytes(request, reply, result.body);
      }
      if (result instanceof Download) {
        reply.header('content-type', result.type).header('content-disposition', `attachment; filename="${result.name}"`);
        return sendBytes(request, reply.header('cache-control', 'no-store').headers(result.headers), result.stream);
      }
      if (result instanceof Empty) return reply.code(result.status).headers(result.headers).send();
      return isRefusal(result) ? sendRefusal(reply, result) : answer(reply, result, d.status ?? 200);
    },
  });
}

/** Takes a place until the answer has gone or its reader has; false when there is none. */
function takePlace(app: FastifyInstance, pool: ExportPool, request: FastifyRequest, reply: FastifyReply): boolean {
  const free = app.places.take(pool, request.session?.actor.id ?? request.ip);
  if (free === undefined) return false;
  reply.raw.once('close', free).once('finish', free);
  if (reply.raw.destroyed) free();
  return true;
}

import { existsSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import fastifyStatic from '@fastify/static';
import swagger from '@fastify/swagger';
import Fastify, { type FastifyInstance } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject, validatorCompiler } from 'fastify-type-provider-zod';
import { api } from '../../contract/paths/api.ts';
import { pageKeys } from '../../contract/paths/office.ts';
import { publicLangOf } from '../../contract/paths/public.ts';
import { refuse } from '../../domain/kernel/refusal.ts';
import type { Services } from '../../usecases/services.ts';
import { features } from '../features.ts';
import { refusalAnswer } from '../public/answer.ts';
import { checkKeys } from './address.ts';
import { authenticate, isPublicAddress } from './auth.ts';
import { handleErrors } from './errors.ts';
import { defaultLimits, ExportPlaces, type ServerLimits } from './limits.ts';
import { sendRefusal } from './problem.ts';
import type { Feature } from './feature.ts';
import { addRoute, type AddRoute, type RouteInfo } from './route.ts';
import { nameSchemas } from './schemas.ts';
import { refuseSlowBodies } from './slow-bodies.ts';
import { closeSilent } from './stopping.ts';

export interface ServerOptions {
  readonly services: Services;
  /** Other features than the product's, for tests. */
  readonly features?: readonly Feature[];
  /** Folder of the built pages; no pages are served without one. */
  readonly webRoot?: string | undefined;
  /** Behind a proxy that sets X-Forwarded-*: believe it. */
  readonly trustProxy?: boolean;
  readonly logger?: boolean;
  /** Other limits than the product's, for tests. */
  readonly limits?: Partial<ServerLimits>;
}

const bodyLimit = 1_048_576;

/** The HTTP server, not yet listening, with the list of its routes. */
export async function buildServer(options: ServerOptions): Promise<{ app: FastifyInstance; routes: RouteInfo[] }> {
  const served = options.features ?? features;
  const limits = { ...defaultLimits, ...options.limits };
  const app = Fastify({
    logger: options.logger === true ? { level: 'warn' } : false,
    bodyLimit,
    connectionTimeout: limits.idleMs,
    // A list of every county of a country fits into an address.
    http: { connectionsCheckingInterval: 5000, maxHeaderSize: 65_536 },
    trustProxy: options.trustProxy ?? false,
    genReqId: () => randomUUID(),
    routerOptions: { maxParamLength: 200 },
  });
  app.server.headersTimeout = limits.headersMs;
  closeSilent(app);
  app.decorate('limits', limits);
  app.decorate('places', new ExportPlaces(limits.exports));
  const routes: RouteInfo[] = [];
  app.setValidatorCompiler(validatorCompiler);
  // Answers come from typed use-cases and are described by their schemas; checking each again would double their cost.
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  nameSchemas(served);
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Clearzero', version: '0.1.0', description: 'Campaigns whose figures can be proved as of any moment.' },
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer' },
          cookie: { type: 'apiKey', in: 'cookie', name: 'clearzero' },
        },
      },
    },
    transform: jsonSchemaTransform as never,
    transformObject: jsonSchemaTransformObject as never,
  });
  await app.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        // The component library writes its styles at run time.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        workerSrc: ["'self'", 'blob:'],
        manifestSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        upgradeInsecureRequests: null,
      },
    },
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'same-origin' },
    crossOriginEmbedderPolicy: false,
  });
  app.addHook('onSend', async (request, reply) => {
    reply.header('permissions-policy', 'camera=(), microphone=(), geolocation=(), payment=()');
    // Told only where it can be kept: over an encrypted connection.
    if (request.protocol === 'https') reply.header('strict-transport-security', 'max-age=31536000; includeSubDomains');
  });
  await app.register(cookie);
  await app.register(rateLimit, { global: false, errorResponseBuilder: () => Object.assign(new Error('rate'), { statusCode: 429 }) });
  await app.register(compress, { global: true, threshold: 1024, encodings: ['gzip', 'identity'] });
  handleErrors(app, bodyLimit);
  refuseSlowBodies(app);
  authenticate(app, options.services);
  const add: AddRoute = (d) => addRoute(app, routes, d);
  for (const feature of served) feature.routes(add, options.services, app);
  app.get(api.description, { schema: { hide: true } as never }, (_request, reply) => reply.type('application/json').send(app.swagger()));
  routes.push({ method: 'GET', url: api.description, permission: 'none', sample: undefined });
  await pages(app, options.webRoot);
  return { app, routes };
}

/** The built pages; addresses of the pages' own router get the shell. */
async function pages(app: FastifyInstance, webRoot: string | undefined): Promise<void> {
  const present = webRoot !== undefined && existsSync(webRoot);
  if (present) {
    await app.register(fastifyStatic, {
      root: webRoot,
      wildcard: true,
      setHeaders: (res, path) => {
        // Names of built files carry their hash.
        void res.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
  }
  app.setNotFoundHandler(async (request, reply) => {
    if (isPublicAddress(request.url)) {
      const r = await refusalAnswer(request, publicLangOf(request.url), refuse('route.unknown', {}));
      return reply.code(r.status).headers(r.headers).type(r.type).send(r.body);
    }
    // Figure ids have dots in them; only names of files do not belong to the pages.
    const page =
      request.method === 'GET' && !/^\/(api|assets)\/|\.(js|css|map|png|svg|ico|json|txt|woff2?|webmanifest)(\?|$)/.test(request.url);
    const unknown = page ? checkKeys(Object.keys(request.query as object), pageKeys) : undefined;
    if (unknown !== undefined) return sendRefusal(reply, unknown);
    if (page && present) return reply.header('cache-control', 'no-cache').sendFile('index.html');
    return sendRefusal(reply, refuse('route.unknown', {}));
  });
}

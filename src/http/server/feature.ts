import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import type { Services } from '../../usecases/services.ts';
import type { AddRoute } from './route.ts';
import type { Ask, Examples } from './sample.ts';

/** What a feature brings to the server: its routes, each with a sample of how it is called. */
export interface Feature {
  readonly name: string;
  /** What the API's description calls its schemas; one without a name is written out where it is used. */
  readonly schemas?: Readonly<Record<string, z.ZodType>>;
  readonly routes: (add: AddRoute, s: Services, app: FastifyInstance) => void;
  /** Makes over the API what the samples of this feature, and of those after it, are asked about: ids by name. */
  readonly examples?: (ask: Ask, made: Examples) => Promise<Readonly<Record<string, string>>>;
}

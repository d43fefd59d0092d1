import type { FastifyInstance } from 'fastify';
import type { Services } from '../../usecases/services.ts';
import type { AddRoute } from './route.ts';
import type { Ask, Examples } from './sample.ts';

/** What a feature brings to the server: its routes, each with a sample of how it is called. */
export interface Feature {
  readonly name: string;
  readonly routes: (add: AddRoute, s: Services, app: FastifyInstance) => void;
  /** Makes over the API what the samples of this feature, and of those after it, are asked about: ids by name. */
  readonly examples?: (ask: Ask, made: Examples) => Promise<Readonly<Record<string, string>>>;
}

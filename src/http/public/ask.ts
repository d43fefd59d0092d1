import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import { openPublicView, type PublicView } from '../../usecases/public/view.ts';
import type { Services } from '../../usecases/services.ts';
import { checkKeys } from '../server/address.ts';

/** Addresses come from anywhere: what is not one short text per key is answered like a wrong address, not like a broken one. */
export const anything = z.record(z.string(), z.unknown());

/** How often one address may ask for what is made quickly, and for what is not. */
export const often = { max: 300, timeWindow: '1 minute' };
export const seldom = { max: 60, timeWindow: '1 minute' };

const isSlug = (text: string) => /^[a-z0-9][a-z0-9-]{0,62}$/.test(text);

/** The view of a campaign as of a published instant, the newest without one. */
export function openView(s: Services, campaign: string, asOf: string | undefined): Promise<PublicView | Refusal> {
  return isSlug(campaign) ? openPublicView(s, campaign, asOf) : Promise.resolve(refuse('campaign.unknown', { campaign }));
}

export interface Ask {
  readonly params: Readonly<Record<string, string>>;
  readonly asOf: string | undefined;
  readonly query: Readonly<Record<string, string>>;
}

/** The address in parts; keys that are not known, given twice or very long are refused. */
export function readAsk(request: FastifyRequest, keys: readonly string[]): Ask | Refusal {
  const query: Record<string, string> = {};
  const unknown = checkKeys(Object.keys(request.query as object), [...keys, 'asOf']);
  if (unknown !== undefined) return unknown;
  for (const key of [...keys, 'asOf']) {
    const value = (request.query as Record<string, unknown>)[key];
    if (value === undefined) continue;
    if (typeof value !== 'string' || value.length > 2000) return refuse('filter.malformed', { key, value: '' });
    query[key] = value;
  }
  const { asOf, ...rest } = query;
  return { params: request.params as Record<string, string>, asOf, query: rest };
}

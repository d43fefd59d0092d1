import type { FigureValue } from '../../contract/figures.ts';

/** Where a page stands: the campaign and the instant that all links carry on. */
export interface Where {
  readonly slug: string;
  readonly asOf: string | null;
}

export type Query = Readonly<Record<string, string | number | readonly number[] | null | undefined>>;
export type Filter = FigureValue['filter'] | Readonly<Record<string, unknown>>;

/** `?a=b` in the order given; empty values are left out, lists are comma-separated. */
export function queryText(query: Query): string {
  const out = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value === null || value === undefined || value === '') continue;
    out.set(key, Array.isArray(value) ? value.join(',') : String(value));
  }
  const text = out.toString();
  return text === '' ? '' : `?${text}`;
}

function inCampaign(where: Where, rest: string, query: Query = {}): string {
  return `/c/${where.slug}${rest}${queryText({ ...query, asOf: where.asOf })}`;
}

/** Addresses of the office's pages: links, routes and tests take them from here. */
export const paths = {
  home: () => '/',
  signIn: (next?: string) => `/signin${queryText({ next })}`,
  dashboard: (where: Where) => inCampaign(where, ''),
  ledger: (where: Where, query: Query | string = {}) =>
    inCampaign(where, '/ledger', typeof query === 'string' ? Object.fromEntries(new URLSearchParams(query)) : query),
  item: (where: Where, no: string) => inCampaign(where, `/p/${encodeURIComponent(no)}`),
  source: (where: Where, id: string) => inCampaign(where, `/sources/${encodeURIComponent(id)}`),
  batch: (where: Where, no: number) => inCampaign(where, `/batches/${no}`),
  figures: (where: Where) => inCampaign(where, '/figures'),
  figure: (where: Where, id: string, filter: Filter = {}) => inCampaign(where, `/figures/${id}`, filterQuery(filter)),
  bulletins: (where: Where) => inCampaign(where, '/bulletins'),
  newBulletin: (where: Where, query: Query) => inCampaign(where, '/bulletins/new', query),
  bulletin: (where: Where, id: string) => inCampaign(where, `/bulletins/${id}`),
  editBulletin: (where: Where, id: string) => inCampaign(where, `/bulletins/${id}/edit`),
  method: (where: Where) => inCampaign(where, '/method'),
  screen: (where: Where, print = false) => `/screen${queryText({ campaign: where.slug, asOf: where.asOf, print: print ? 1 : null })}`,
} as const;

/** A figure's filter as query keys. */
export function filterQuery(filter: Filter): Query {
  const out: Record<string, string | readonly number[]> = {};
  for (const [key, value] of Object.entries(filter)) {
    if (Array.isArray(value)) out[key] = value as number[];
    else if (value !== null && value !== undefined) out[key] = String(value);
  }
  return out;
}

/** Addresses of the API. `q` carries campaign and asOf. */
export const api = {
  session: () => '/api/session',
  campaign: (where: Where) => `/api/campaigns/${where.slug}${queryText({ asOf: where.asOf })}`,
  aspects: (where: Where) => `/api/campaigns/${where.slug}/aspects`,
  of: (path: string, where: Where, query: Query = {}) => `/api/${path}${queryText({ campaign: where.slug, asOf: where.asOf, ...query })}`,
  figure: (where: Where, id: string, filter: Filter, tail = '', query: Query = {}) =>
    `/api/figures/${id}${tail}${queryText({ campaign: where.slug, asOf: where.asOf, ...filterQuery(filter), ...query })}`,
} as const;

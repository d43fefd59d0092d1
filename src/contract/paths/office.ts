import type { FigureValue } from '../figures.ts';
import { type Query, to } from './pattern.ts';

/** Where a page stands: the campaign and the instant that all links carry on. */
export interface Where {
  readonly slug: string;
  readonly asOf: string | null;
}

export type Filter = FigureValue['filter'] | Readonly<Record<string, unknown>>;

/** Addresses of the office's pages, as its router knows them. */
export const pages = {
  home: '/',
  signIn: '/signin',
  screen: '/screen',
  dashboard: '/c/:campaign',
  desk: '/c/:campaign/desk',
  ledger: '/c/:campaign/ledger',
  item: '/c/:campaign/p/:no',
  record: '/c/:campaign/record',
  sources: '/c/:campaign/sources',
  newSource: '/c/:campaign/sources/new',
  source: '/c/:campaign/sources/:id',
  batches: '/c/:campaign/batches',
  inspect: '/c/:campaign/sources/:id/inspect',
  batch: '/c/:campaign/batches/:no',
  figures: '/c/:campaign/figures',
  figure: '/c/:campaign/figures/:id',
  bulletins: '/c/:campaign/bulletins',
  newBulletin: '/c/:campaign/bulletins/new',
  bulletin: '/c/:campaign/bulletins/:id',
  editBulletin: '/c/:campaign/bulletins/:id/edit',
  method: '/c/:campaign/method',
} as const;

/** Query keys of the office's pages; an address with another one is refused. */
export const pageKeys: readonly string[] = [
  ...['asOf', 'campaign', 'kind', 'lang', 'next', 'part', 'phase', 'print'],
  ...[
    'view',
    'q',
    'city',
    'county',
    'batches',
    'state',
    'aspect',
    'type',
    'clue',
    'task',
    'desk',
    'scope',
    'due',
    'found',
    'updated',
    'sort',
    'measure',
  ],
  ...['source', 'scattered', 'open', 'inspected'],
];

const at = (where: Where, query: Query = {}): Query => ({ ...query, asOf: where.asOf });

/** Links to the office's pages. */
export const paths = {
  home: () => pages.home,
  signIn: (next?: string) => to(pages.signIn, {}, { next }),
  dashboard: (where: Where) => to(pages.dashboard, { campaign: where.slug }, at(where)),
  desk: (where: Where, query: Query = {}) => to(pages.desk, { campaign: where.slug }, at(where, query)),
  ledger: (where: Where, query: Query = {}) => to(pages.ledger, { campaign: where.slug }, at(where, query)),
  /** A record; with the question of the ledger that it was opened from, whose next and previous it then has. */
  item: (where: Where, no: string, list: Query = {}) => to(pages.item, { campaign: where.slug, no }, at(where, list)),
  record: (where: Where, query: Query = {}) => to(pages.record, { campaign: where.slug }, at(where, query)),
  sources: (where: Where, query: Query = {}) => to(pages.sources, { campaign: where.slug }, at(where, query)),
  newSource: (where: Where) => to(pages.newSource, { campaign: where.slug }, at(where)),
  inspect: (where: Where, id: string) => to(pages.inspect, { campaign: where.slug, id }, at(where)),
  source: (where: Where, id: string) => to(pages.source, { campaign: where.slug, id }, at(where)),
  batches: (where: Where) => to(pages.batches, { campaign: where.slug }, at(where)),
  batch: (where: Where, no: number) => to(pages.batch, { campaign: where.slug, no }, at(where)),
  figures: (where: Where) => to(pages.figures, { campaign: where.slug }, at(where)),
  figure: (where: Where, id: string, filter: Filter = {}) => to(pages.figure, { campaign: where.slug, id }, at(where, filterQuery(filter))),
  bulletins: (where: Where) => to(pages.bulletins, { campaign: where.slug }, at(where)),
  newBulletin: (where: Where, query: Query) => to(pages.newBulletin, { campaign: where.slug }, at(where, query)),
  bulletin: (where: Where, id: string) => to(pages.bulletin, { campaign: where.slug, id }, at(where)),
  editBulletin: (where: Where, id: string) => to(pages.editBulletin, { campaign: where.slug, id }, at(where)),
  method: (where: Where) => to(pages.method, { campaign: where.slug }, at(where)),
  screen: (where: Where, print = false) => to(pages.screen, {}, { campaign: where.slug, asOf: where.asOf, print: print ? 1 : null }),
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

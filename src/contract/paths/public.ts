import { fill, type ParamsOf } from './pattern.ts';

/** Language of a public page: Chinese below `/public`, English below `/public/en`. */
export type PublicLang = 'zh' | 'en';

export const dataFormats = ['csv', 'xlsx', 'json'] as const;
export type DataFormat = (typeof dataFormats)[number];

/** What can be taken away as open data (开放数据). */
export const dataSets = ['press', 'cities', 'counties', 'county-aspects', 'aspects', 'problems', 'dictionary'] as const;
export type DataSet = (typeof dataSets)[number];

/** Where a public page stands: language, campaign, and the published instant asked for (null: the newest). */
export interface PublicWhere {
  readonly lang: PublicLang;
  readonly slug: string;
  readonly asOf: string | null;
}

type Filter = object;

/** Where the public pages of a language begin. */
export function publicRoot(lang: PublicLang): string {
  return lang === 'en' ? '/public/en' : '/public';
}

/** The language of the public page that an address asks for. */
export function publicLangOf(url: string): PublicLang {
  return url.startsWith(publicRoot('en')) ? 'en' : 'zh';
}

/** Public pages of a campaign, below the root of either language. */
export const publicPages = {
  home: '/:campaign',
  cities: '/:campaign/cities',
  city: '/:campaign/cities/:code',
  figures: '/:campaign/figures',
  figure: '/:campaign/figures/:id',
  records: '/:campaign/figures/:id/records',
  cases: '/:campaign/cases',
  bulletins: '/:campaign/bulletins',
  bulletin: '/:campaign/bulletins/:no',
  corrections: '/:campaign/corrections',
  method: '/:campaign/method',
  data: '/:campaign/data',
} as const;

/** What is the same in both languages. */
export const publicFiles = {
  data: '/public/:campaign/data/:file',
  bulletin: '/public/:campaign/bulletins/:no/:file',
  log: '/public/:campaign/log',
  logPart: '/public/:campaign/log/:what',
  proof: '/public/:campaign/proof',
  verifier: '/public/clearzero-verify.mjs',
  asset: '/public/_/:file',
} as const;

/** Colons and commas may stand in a query as they are: addresses are read aloud and printed. */
function readable(value: string): string {
  return encodeURIComponent(value).replaceAll('%3A', ':').replaceAll('%2C', ',');
}

function query(asOf: string | null, more: Filter = {}): string {
  const pairs: string[] = [];
  const add = (key: string, value: string) => pairs.push(`${encodeURIComponent(key)}=${readable(value)}`);
  for (const [key, value] of Object.entries(more) as [string, unknown][]) {
    if (value === undefined || value === null || value === '') continue;
    add(key, Array.isArray(value) ? value.join(',') : String(value as string | number));
  }
  if (asOf !== null) add('asOf', asOf);
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

type Parts<P extends string> = Readonly<Record<Exclude<ParamsOf<P>, 'campaign'>, string | number>>;

function page<P extends string>(where: PublicWhere, pattern: P, params: Parts<P>, more: Filter = {}): string {
  return publicRoot(where.lang) + fill(pattern, { campaign: where.slug, ...params }) + query(where.asOf, more);
}

function file<P extends string>(where: PublicWhere, pattern: P, params: Parts<P>, more: Filter = {}): string {
  return fill(pattern, { campaign: where.slug, ...params }) + query(null, more);
}

/** Addresses of the public pages. They are permanent: links, routes, tests, bulletins and QR codes take them from here. */
export const publicPaths = {
  campaigns: (lang: PublicLang) => publicRoot(lang),
  home: (where: PublicWhere) => page(where, publicPages.home, {}),
  cities: (where: PublicWhere) => page(where, publicPages.cities, {}),
  city: (where: PublicWhere, code: number) => page(where, publicPages.city, { code }),
  figures: (where: PublicWhere) => page(where, publicPages.figures, {}),
  figure: (where: PublicWhere, id: string, filter: Filter = {}) => page(where, publicPages.figure, { id }, filter),
  records: (where: PublicWhere, id: string, filter: Filter = {}) => page(where, publicPages.records, { id }, filter),
  cases: (where: PublicWhere) => page(where, publicPages.cases, {}),
  bulletins: (where: PublicWhere) => page(where, publicPages.bulletins, {}),
  bulletin: (where: PublicWhere, no: number) => page(where, publicPages.bulletin, { no }),
  bulletinFile: (where: PublicWhere, no: number, format: string) => file(where, publicFiles.bulletin, { no, file: `bulletin.${format}` }),
  corrections: (where: PublicWhere) => page(where, publicPages.corrections, {}),
  method: (where: PublicWhere) => page(where, publicPages.method, {}),
  data: (where: PublicWhere) => page(where, publicPages.data, {}),
  file: (where: PublicWhere, set: DataSet, format: DataFormat) =>
    file(where, publicFiles.data, { file: `${set}.${format}` }) + query(where.asOf),
  log: (where: PublicWhere) => file(where, publicFiles.log, {}),
  logKey: (where: PublicWhere) => file(where, publicFiles.logPart, { what: 'key' }),
  checkpoint: (where: PublicWhere) => file(where, publicFiles.logPart, { what: 'checkpoint' }),
  consistency: (where: PublicWhere, from: number) => file(where, publicFiles.logPart, { what: 'consistency' }, { from }),
  proof: (where: PublicWhere, bulletin: number) => file(where, publicFiles.proof, {}, { bulletin }),
  verifier: () => publicFiles.verifier,
  /** The check in the browser, one file made of `web/public/proof`. */
  check: () => '/proof/check.js',
  loader: (hash: string) => fill(publicFiles.asset, { file: `${hash}.js` }),
  style: (hash: string) => fill(publicFiles.asset, { file: `${hash}.css` }),
} as const;

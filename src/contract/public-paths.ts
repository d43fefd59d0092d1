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

const root = (lang: PublicLang) => (lang === 'en' ? '/public/en' : '/public');

/** Colons and commas may stand in a query as they are: addresses are read aloud and printed. */
function readable(value: string): string {
  return encodeURIComponent(value).replaceAll('%3A', ':').replaceAll('%2C', ',');
}

function query(where: PublicWhere, more: Filter = {}): string {
  const pairs: string[] = [];
  const add = (key: string, value: string) => pairs.push(`${encodeURIComponent(key)}=${readable(value)}`);
  for (const [key, value] of Object.entries(more) as [string, unknown][]) {
    if (value === undefined || value === null || value === '') continue;
    add(key, Array.isArray(value) ? value.join(',') : String(value as string | number));
  }
  if (where.asOf !== null) add('asOf', where.asOf);
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

const at = (where: PublicWhere, rest: string, more: Filter = {}) =>
  `${root(where.lang)}/${encodeURIComponent(where.slug)}${rest}${query(where, more)}`;

/** Addresses of the public pages. They are permanent: links, routes, tests, bulletins and QR codes take them from here. */
export const publicPaths = {
  campaigns: (lang: PublicLang) => root(lang),
  home: (where: PublicWhere) => at(where, ''),
  cities: (where: PublicWhere) => at(where, '/cities'),
  city: (where: PublicWhere, code: number) => at(where, `/cities/${code}`),
  figures: (where: PublicWhere) => at(where, '/figures'),
  figure: (where: PublicWhere, id: string, filter: Filter = {}) => at(where, `/figures/${encodeURIComponent(id)}`, filter),
  records: (where: PublicWhere, id: string, filter: Filter = {}) => at(where, `/figures/${encodeURIComponent(id)}/records`, filter),
  cases: (where: PublicWhere) => at(where, '/cases'),
  bulletins: (where: PublicWhere) => at(where, '/bulletins'),
  bulletin: (where: PublicWhere, no: number) => at(where, `/bulletins/${no}`),
  /** Files are the same in both languages. */
  bulletinFile: (where: PublicWhere, no: number, format: string) =>
    at({ ...where, lang: 'zh', asOf: null }, `/bulletins/${no}/bulletin.${format}`),
  corrections: (where: PublicWhere) => at(where, '/corrections'),
  method: (where: PublicWhere) => at(where, '/method'),
  data: (where: PublicWhere) => at(where, '/data'),
  /** Files are the same in both languages. */
  file: (where: PublicWhere, set: DataSet, format: DataFormat) => at({ ...where, lang: 'zh' }, `/data/${set}.${format}`),
  /** Text, the same in both languages. */
  log: (where: PublicWhere) => at({ ...where, lang: 'zh', asOf: null }, '/log'),
  logKey: (where: PublicWhere) => at({ ...where, lang: 'zh', asOf: null }, '/log/key'),
  checkpoint: (where: PublicWhere) => at({ ...where, lang: 'zh', asOf: null }, '/log/checkpoint'),
  consistency: (where: PublicWhere, from: number) => at({ ...where, lang: 'zh', asOf: null }, '/log/consistency', { from }),
  proof: (where: PublicWhere, bulletin: number) => at({ ...where, lang: 'zh', asOf: null }, '/proof', { bulletin }),
  verifier: () => '/public/clearzero-verify.mjs',
  /** The check in the browser, one file made of `web/public/proof`. */
  check: () => '/proof/check.js',
  loader: (hash: string) => `/public/_/${hash}.js`,
  style: (hash: string) => `/public/_/${hash}.css`,
} as const;

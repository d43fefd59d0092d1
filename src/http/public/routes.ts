import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { instantText, slug as slugText, uuid } from '../../contract/common.ts';
import { dataFormats, dataSets, type DataFormat, type DataSet, type PublicLang } from '../../contract/public-paths.ts';
import { filterKeys } from '../../domain/clearance/filter.ts';
import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import { publishFigures } from '../../usecases/public/publish.ts';
import { openDataFile, readFileFacts } from '../../usecases/public/data.ts';
import { asOfText, openPublicView, type PublicView } from '../../usecases/public/view.ts';
import type { Services } from '../../usecases/services.ts';
import { checkKeys } from '../server/address.ts';
import { PublicAnswer } from '../server/page.ts';
import { addRoute, type RouteInfo } from '../server/route.ts';
import { htmlAnswer, isKnown, keep, policy, refusalAnswer } from './answer.ts';
import type { PageContext } from './kit/context.ts';
import type { Html } from './kit/html.ts';
import { bulletinPage, bulletinsPage } from './pages/bulletins.ts';
import { campaignsPage } from './pages/campaigns.ts';
import { casesPage } from './pages/cases.ts';
import { citiesPage, cityPage } from './pages/cities.ts';
import { correctionsPage } from './pages/corrections.ts';
import { dataPage } from './pages/data.ts';
import { figurePage } from './pages/figure.ts';
import { figuresPage } from './pages/figures.ts';
import { homePage } from './pages/home.ts';
import { methodPage } from './pages/method.ts';
import { recordsPage } from './pages/records.ts';
import { proofRoutes } from './proof-routes.ts';
import { wordsOf } from './words/words.ts';

/** Addresses come from anywhere: what is not one short text per key is answered like a wrong address, not like a broken one. */
const anything = z.record(z.string(), z.unknown());
const isSlug = (text: string) => /^[a-z0-9][a-z0-9-]{0,62}$/.test(text);
const often = { max: 300, timeWindow: '1 minute' };
const seldom = { max: 60, timeWindow: '1 minute' };

type Make = (c: PageContext, params: Readonly<Record<string, string>>) => Promise<Html | Refusal> | Html;

interface PageRoute {
  readonly url: string;
  readonly summary: string;
  /** Query keys the page reads beside asOf; others are refused. */
  readonly keys?: readonly string[];
  readonly make: Make;
}

const pages: readonly PageRoute[] = [
  { url: '', summary: 'Public home of a campaign', make: homePage },
  { url: '/cities', summary: 'Public progress by city', make: citiesPage },
  {
    url: '/cities/:code',
    summary: 'Public progress of a city by county',
    make: (c, p) => (/^\d{6}$/.test(p.code ?? '') ? cityPage(c, Number(p.code)) : refuse('place.unknown', {})) as Promise<Html | Refusal>,
  },
  { url: '/figures', summary: 'Published figures and the dictionary', make: figuresPage },
  { url: '/figures/:id', summary: 'A figure with its proof', keys: filterKeys, make: (c, p) => figurePage(c, p.id ?? '') },
  {
    url: '/figures/:id/records',
    summary: 'Public records of a figure',
    keys: [...filterKeys, 'part', 'after', 'per'],
    make: (c, p) => recordsPage(c, p.id ?? ''),
  },
  { url: '/cases', summary: 'Published cases', make: casesPage },
  { url: '/bulletins', summary: 'Released bulletins and published instants', make: bulletinsPage },
  { url: '/corrections', summary: 'What was published and taken back', make: correctionsPage },
  { url: '/method', summary: 'How figures are counted', make: methodPage },
  { url: '/data', summary: 'Open data', make: dataPage },
];

/** Public pages: anybody's, without a session, as of published instants. */
export function publicRoutes(app: FastifyInstance, s: Services, list: RouteInfo[]): void {
  for (const lang of ['zh', 'en'] as const) {
    const root = lang === 'en' ? '/public/en' : '/public';
    page(app, list, root, 'Campaigns with public figures', (request) =>
      safely(request, lang, async () => {
        const asked = readAsk(request, []);
        return isRefusal(asked) ? asked : campaignsPage(s, lang);
      }),
    );
    for (const p of pages) {
      page(app, list, `${root}/:campaign${p.url}`, p.summary, (request) =>
        safely(request, lang, async () => {
          const asked = readAsk(request, p.keys ?? []);
          if (isRefusal(asked)) return asked;
          const view = await openView(s, asked.params.campaign ?? '', asked.asOf);
          return isRefusal(view) ? view : { view, html: await p.make(contextOf(s, lang, view, asked.query), asked.params) };
        }),
      );
    }
    page(app, list, `${root}/:campaign/bulletins/:no`, 'A released bulletin', (request) =>
      safely(request, lang, async () => {
        const asked = readAsk(request, []);
        if (isRefusal(asked)) return asked;
        const { campaign = '', no = '' } = asked.params;
        // A bulletin is of no one instant: what it quotes says its own.
        const view = await openView(s, campaign, undefined);
        if (isRefusal(view)) return view;
        return /^\d{1,4}$/.test(no)
          ? { view, html: await bulletinPage(contextOf(s, lang, view, {}), Number(no)) }
          : refuse('bulletin.unknown', {});
      }),
    );
  }
  addRoute(app, list, {
    method: 'GET',
    url: '/public/:campaign/data/:file',
    permission: 'none',
    summary: 'An open-data file with a trailer of row count and hash',
    params: z.object({ campaign: z.string(), file: z.string() }),
    query: anything,
    response: 'csv, xlsx or json',
    place: 'public',
    rateLimit: seldom,
    handle: ({ request, params }) => fileAnswer(s, request, params.campaign, params.file),
  });
  proofRoutes(app, s, list, (campaign) => openView(s, campaign, undefined));
  addRoute(app, list, {
    method: 'POST',
    url: '/api/campaigns/:campaign/releases',
    permission: 'figure.publish',
    summary: 'Release figures to the public as of an instant',
    params: z.object({ campaign: slugText }),
    body: z.object({ id: uuid.optional(), asOf: instantText, figures: z.array(z.string().max(100)).min(1).max(500).optional() }).strict(),
    response: z.object({ asOf: z.string(), repeated: z.boolean() }),
    status: 201,
    handle: async ({ params, body, actor }) => {
      const done = await publishFigures(s, actor, { campaign: params.campaign, ...body });
      return isRefusal(done) ? done : { asOf: body.asOf, repeated: done.repeated };
    },
  });
}

function page(
  app: FastifyInstance,
  list: RouteInfo[],
  url: string,
  summary: string,
  handle: (r: FastifyRequest) => Promise<PublicAnswer>,
): void {
  addRoute(app, list, {
    method: 'GET',
    url,
    permission: 'none',
    summary,
    params: anything,
    query: anything,
    response: 'text/html',
    rateLimit: often,
    handle: ({ request }) => handle(request),
  });
}

type Made = Html | Refusal | { view: PublicView; html: Html | Refusal };

async function safely(request: FastifyRequest, lang: PublicLang, make: () => Promise<Made>): Promise<PublicAnswer> {
  const made = await make();
  if (isRefusal(made)) return refusalAnswer(request, lang, made);
  if (typeof made === 'object' && 'view' in made) {
    if (isRefusal(made.html)) return refusalAnswer(request, lang, made.html);
    return htmlAnswer(request, made.html, 200, keep(!made.view.newest && made.view.instead === null));
  }
  return htmlAnswer(request, made, 200, keep(false));
}

function openView(s: Services, campaign: string, asOf: string | undefined): Promise<PublicView | Refusal> {
  return isSlug(campaign) ? openPublicView(s, campaign, asOf) : Promise.resolve(refuse('campaign.unknown', { campaign }));
}

interface Ask {
  readonly params: Readonly<Record<string, string>>;
  readonly asOf: string | undefined;
  readonly query: Readonly<Record<string, string>>;
}

/** The address in parts; keys that are not known, given twice or very long are refused. */
function readAsk(request: FastifyRequest, keys: readonly string[]): Ask | Refusal {
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

function contextOf(s: Services, lang: PublicLang, view: PublicView, query: Readonly<Record<string, string>>): PageContext {
  const where = { lang, slug: view.row.slug, asOf: view.newest ? null : asOfText(view) };
  return { s, view, lang, w: wordsOf(lang), where, query };
}

const fileTypes: Record<DataFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

async function fileAnswer(s: Services, request: FastifyRequest, campaign: string, file: string): Promise<PublicAnswer> {
  const [set, format, ...rest] = file.split('.');
  const known =
    rest.length === 0 && (dataSets as readonly string[]).includes(set ?? '') && (dataFormats as readonly string[]).includes(format ?? '');
  const asked = readAsk(request, []);
  if (isRefusal(asked)) return refusalAnswer(request, 'zh', asked);
  const view = known ? await openView(s, campaign, asked.asOf) : refuse('route.unknown', {});
  if (isRefusal(view)) return refusalAnswer(request, 'zh', view);
  // A file says which instant it stands for in its name and its trailer: an instant that was not published is not answered.
  if (view.instead !== null) return refusalAnswer(request, 'zh', refuse('publication.not-published', { asOf: view.instead }));
  const [s1, f1] = [set as DataSet, format as DataFormat];
  const facts = await readFileFacts(s, view, s1, f1);
  const etag = `"${facts.sha256.slice(0, 32)}-${f1}"`;
  const stamp = asOfText(view).slice(0, 10).replaceAll('-', '');
  const headers = {
    ...policy,
    'cache-control': keep(!view.newest),
    etag,
    'content-disposition': `attachment; filename="${view.row.slug}-${s1}-${stamp}.${f1}"`,
  };
  if (isKnown(request, etag)) return new PublicAnswer(304, fileTypes[f1], '', headers);
  if (request.method === 'HEAD') return new PublicAnswer(200, fileTypes[f1], '', headers);
  return new PublicAnswer(200, fileTypes[f1], (await openDataFile(s, view, s1, f1)).stream, headers);
}

import type { FastifyRequest } from 'fastify';
import { publicPages, publicRoot, type PublicLang } from '../../contract/paths/public.ts';
import { filterKeys } from '../../domain/clearance/filter.ts';
import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import type { PublicView } from '../../usecases/public/view.ts';
import type { Services } from '../../usecases/services.ts';
import type { PublicAnswer } from '../server/page.ts';
import type { Feature } from '../server/feature.ts';
import type { AddRoute } from '../server/route.ts';
import { htmlAnswer, keep, refusalAnswer } from './answer.ts';
import { anything, often, openView, readAsk } from './ask.ts';
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
import { asOfText } from './present.ts';
import { wordsOf } from './words/words.ts';

type Make = (c: PageContext, params: Readonly<Record<string, string>>) => Promise<Html | Refusal> | Html;

interface PageRoute {
  readonly url: string;
  readonly summary: string;
  /** Query keys the page reads beside asOf; others are refused. */
  readonly keys?: readonly string[];
  readonly make: Make;
}

const pages: readonly PageRoute[] = [
  { url: publicPages.home, summary: 'Public home of a campaign', make: homePage },
  { url: publicPages.cities, summary: 'Public progress by city', make: citiesPage },
  {
    url: publicPages.city,
    summary: 'Public progress of a city by county',
    make: (c, p) => (/^\d{6}$/.test(p.code ?? '') ? cityPage(c, Number(p.code)) : refuse('place.unknown', {})) as Promise<Html | Refusal>,
  },
  { url: publicPages.figures, summary: 'Published figures and the dictionary', make: figuresPage },
  { url: publicPages.figure, summary: 'A figure with its proof', keys: filterKeys, make: (c, p) => figurePage(c, p.id ?? '') },
  {
    url: publicPages.records,
    summary: 'Public records of a figure',
    keys: [...filterKeys, 'part', 'after', 'per'],
    make: (c, p) => recordsPage(c, p.id ?? ''),
  },
  { url: publicPages.cases, summary: 'Published cases', make: casesPage },
  { url: publicPages.bulletins, summary: 'Released bulletins and published instants', make: bulletinsPage },
  { url: publicPages.corrections, summary: 'What was published and taken back', make: correctionsPage },
  { url: publicPages.method, summary: 'How figures are counted', make: methodPage },
  { url: publicPages.data, summary: 'Open data', make: dataPage },
];

/** Public pages: anybody's, without a session, as of published instants. */
export const publicSite: Feature = { name: 'public-pages', routes };

function routes(add: AddRoute, s: Services): void {
  for (const lang of ['zh', 'en'] as const) {
    const root = publicRoot(lang);
    page(add, root, 'Campaigns with public figures', (request) =>
      safely(request, lang, async () => {
        const asked = readAsk(request, []);
        return isRefusal(asked) ? asked : campaignsPage(s, lang);
      }),
    );
    for (const p of pages) {
      page(add, root + p.url, p.summary, (request) =>
        safely(request, lang, async () => {
          const asked = readAsk(request, p.keys ?? []);
          if (isRefusal(asked)) return asked;
          const view = await openView(s, asked.params.campaign ?? '', asked.asOf);
          return isRefusal(view) ? view : { view, html: await p.make(contextOf(s, lang, view, asked.query), asked.params) };
        }),
      );
    }
    page(add, root + publicPages.bulletin, 'A released bulletin', (request) =>
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
}

function page(add: AddRoute, url: string, summary: string, handle: (r: FastifyRequest) => Promise<PublicAnswer>): void {
  add({
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

function contextOf(s: Services, lang: PublicLang, view: PublicView, query: Readonly<Record<string, string>>): PageContext {
  const where = { lang, slug: view.row.slug, asOf: view.newest ? null : asOfText(view) };
  return { s, view, lang, w: wordsOf(lang), where, query };
}

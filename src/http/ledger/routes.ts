import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { ledgerFacets, ledgerPage, ledgerQuery, ledgerTotal, newSavedView, savedView } from '../../contract/ledger.ts';
import { isRefusal, type Refusal } from '../../domain/kernel/refusal.ts';
import { ledgerLines, readLedger, readLedgerFacets, readLedgerTotal } from '../../usecases/ledger/read.ts';
import { addView, dropView, readViews } from '../../usecases/ledger/views.ts';
import type { Services } from '../../usecases/services.ts';
import { addRoute, type RouteInfo } from '../server/route.ts';
import { download } from './download.ts';

export function ledgerRoutes(app: FastifyInstance, s: Services, list: RouteInfo[]): void {
  const query = ledgerQuery.strict();
  addRoute(app, list, {
    method: 'GET',
    url: '/api/ledger',
    permission: 'ledger.read',
    summary: 'A page of the ledger as of an instant',
    query,
    response: ledgerPage,
    handle: ({ query: q, actor }) => readLedger(s, actor, q),
  });
  addRoute(app, list, {
    method: 'GET',
    url: '/api/ledger/total',
    permission: 'ledger.read',
    summary: 'How many lines a question has',
    query,
    response: ledgerTotal,
    handle: ({ query: q, actor }) => readLedgerTotal(s, actor, q),
  });
  addRoute(app, list, {
    method: 'GET',
    url: '/api/ledger/facets',
    permission: 'ledger.read',
    summary: 'Counts by facet and by built-in view',
    query,
    response: ledgerFacets,
    handle: ({ query: q, actor }) => readLedgerFacets(s, actor, q),
  });
  for (const format of ['csv', 'xlsx'] as const) {
    addRoute(app, list, {
      method: 'GET',
      url: `/api/ledger.${format}`,
      permission: 'ledger.export',
      summary: `Every line of a question as ${format}, with row keys and versions`,
      query,
      response: format,
      handle: async ({ query: q, actor }) => {
        const pages = ledgerLines(s, actor, q);
        const first = await pages.next();
        if (first.done === true) throw new Error('the ledger gave no first page');
        if (isRefusal(first.value)) return first.value;
        let page: typeof first.value | Refusal = first.value;
        async function* rows() {
          for (;;) {
            if (isRefusal(page)) throw new Error(page.code);
            for (const { amounts, ...row } of page.rows) yield { ...row, amounts: amounts === null ? null : JSON.stringify(amounts) };
            const next = await pages.next();
            if (next.done === true) return;
            page = next.value;
          }
        }
        return download(format, `${q.campaign}-ledger`, rows());
      },
    });
  }
  addRoute(app, list, {
    method: 'GET',
    url: '/api/views',
    permission: 'view.own',
    summary: 'Saved views of the signed-in person',
    query: z.object({ campaign: z.string().max(63) }).strict(),
    response: z.array(savedView),
    handle: ({ query: q, actor }) => readViews(s, actor, q.campaign),
  });
  addRoute(app, list, {
    method: 'POST',
    url: '/api/views',
    permission: 'view.own',
    summary: 'Save a view',
    query: z.object({ campaign: z.string().max(63) }).strict(),
    body: newSavedView,
    response: savedView,
    status: 201,
    handle: ({ query: q, body, actor }) => addView(s, actor, { campaign: q.campaign, ...body }),
  });
  addRoute(app, list, {
    method: 'DELETE',
    url: '/api/views/:id',
    permission: 'view.own',
    summary: 'Drop a saved view',
    params: z.object({ id: z.string().max(40) }),
    response: z.object({ dropped: z.boolean() }),
    handle: ({ params, actor }) => dropView(s, actor, params.id),
  });
}

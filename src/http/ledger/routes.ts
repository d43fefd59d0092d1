import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { slug, tableLanguage, uuid } from '../../contract/common.ts';
import { ledgerFacets, ledgerPage, ledgerQuery, ledgerTotal, newSavedView, savedView } from '../../contract/ledger.ts';
import { api } from '../../contract/paths/api.ts';
import { isRefusal } from '../../domain/kernel/refusal.ts';
import { exportLedger } from '../../usecases/export/ledger.ts';
import { readLedger, readLedgerFacets, readLedgerTotal } from '../../usecases/ledger/read.ts';
import { addView, dropView, readViews } from '../../usecases/ledger/views.ts';
import type { Services } from '../../usecases/services.ts';
import { addRoute, type RouteInfo } from '../server/route.ts';
import { download, tableLang } from './download.ts';

export function ledgerRoutes(app: FastifyInstance, s: Services, list: RouteInfo[]): void {
  const query = ledgerQuery.strict();
  const exportQuery = ledgerQuery.omit({ after: true, limit: true }).extend({ lang: tableLanguage }).strict();
  addRoute(app, list, {
    method: 'GET',
    url: api.ledger,
    permission: 'ledger.read',
    summary: 'A page of the ledger as of an instant',
    query,
    response: ledgerPage,
    handle: ({ query: q, actor }) => readLedger(s, actor, q),
  });
  addRoute(app, list, {
    method: 'GET',
    url: api.ledgerTotal,
    permission: 'ledger.read',
    summary: 'How many lines a question has',
    query,
    response: ledgerTotal,
    handle: ({ query: q, actor }) => readLedgerTotal(s, actor, q),
  });
  addRoute(app, list, {
    method: 'GET',
    url: api.ledgerFacets,
    permission: 'ledger.read',
    summary: 'Counts by facet and by built-in view',
    query,
    response: ledgerFacets,
    handle: ({ query: q, actor }) => readLedgerFacets(s, actor, q),
  });
  for (const format of ['csv', 'xlsx'] as const) {
    addRoute(app, list, {
      method: 'GET',
      url: api.ledgerFile[format],
      permission: 'ledger.export',
      summary: `Every line of a question as ${format}, with row keys and versions`,
      query: exportQuery,
      response: format,
      place: 'office',
      handle: async ({ query: { lang, ...q }, actor, request }) => {
        const table = await exportLedger(s, actor, q, tableLang(lang, request));
        return isRefusal(table) ? table : download(format, table);
      },
    });
  }
  addRoute(app, list, {
    method: 'GET',
    url: api.views,
    permission: 'view.own',
    summary: 'Saved views of the signed-in person',
    query: z.object({ campaign: slug }).strict(),
    response: z.array(savedView),
    handle: ({ query: q, actor }) => readViews(s, actor, q.campaign),
  });
  addRoute(app, list, {
    method: 'POST',
    url: api.views,
    permission: 'view.own',
    summary: 'Save a view',
    query: z.object({ campaign: slug }).strict(),
    body: newSavedView,
    response: savedView,
    status: 201,
    handle: ({ query: q, body, actor }) => addView(s, actor, { campaign: q.campaign, ...body }),
  });
  addRoute(app, list, {
    method: 'DELETE',
    url: api.view,
    permission: 'view.own',
    summary: 'Drop a saved view',
    params: z.object({ id: uuid }),
    response: z.object({ dropped: z.boolean() }),
    handle: ({ params, actor }) => dropView(s, actor, params.id),
  });
}

import { z } from 'zod';
import { idOrNumber, slug, tableLanguage, uuid } from '../../contract/common.ts';
import {
  ledgerFacets,
  ledgerPage,
  ledgerPosition,
  ledgerQuery,
  ledgerRow,
  ledgerTotal,
  newSavedView,
  renamedView,
  savedView,
} from '../../contract/ledger.ts';
import { api } from '../../contract/paths/api.ts';
import { isRefusal } from '../../domain/kernel/refusal.ts';
import { exportLedger } from '../../usecases/export/ledger.ts';
import { readLedger, readLedgerFacets, readLedgerTotal } from '../../usecases/ledger/read.ts';
import { readPosition } from '../../usecases/ledger/position.ts';
import { addView, dropView, readViews, renameView } from '../../usecases/ledger/views.ts';
import type { Services } from '../../usecases/services.ts';
import type { Feature } from '../server/feature.ts';
import { presented } from '../server/presented.ts';
import type { AddRoute } from '../server/route.ts';
import { noSuchId } from '../server/sample.ts';
import { download, tableLang } from '../export/table.ts';
import { presentLedger, presentStanding } from './present.ts';

export const ledger: Feature = {
  name: 'ledger',
  routes,
  schemas: {
    LedgerRow: ledgerRow,
    LedgerPage: ledgerPage,
    LedgerTotal: ledgerTotal,
    LedgerFacets: ledgerFacets,
    LedgerPosition: ledgerPosition,
    SavedView: savedView,
  },
};

function routes(add: AddRoute, s: Services): void {
  const query = ledgerQuery.strict();
  const exportQuery = ledgerQuery.omit({ after: true, limit: true }).extend({ lang: tableLanguage }).strict();
  add({
    method: 'GET',
    url: api.ledger,
    permission: 'ledger.read',
    summary: 'A page of the ledger as of an instant',
    query,
    response: ledgerPage,
    sample: (e) => ({ query: { campaign: e.campaign }, place: null }),
    handle: ({ query: q, actor }) => presented(readLedger(s, actor, q), presentLedger),
  });
  add({
    method: 'GET',
    url: api.ledgerTotal,
    permission: 'ledger.read',
    summary: 'How many lines a question has',
    query,
    response: ledgerTotal,
    sample: (e) => ({ query: { campaign: e.campaign }, place: null }),
    handle: ({ query: q, actor }) => presented(readLedgerTotal(s, actor, q), presentStanding),
  });
  add({
    method: 'GET',
    url: api.ledgerFacets,
    permission: 'ledger.read',
    summary: 'Counts by facet and by built-in view',
    query,
    response: ledgerFacets,
    sample: (e) => ({ query: { campaign: e.campaign }, place: null }),
    handle: ({ query: q, actor }) => presented(readLedgerFacets(s, actor, q), presentStanding),
  });
  add({
    method: 'GET',
    url: api.ledgerPosition,
    permission: 'ledger.read',
    summary: 'Where a record stands in a list, with its neighbours there',
    query: ledgerQuery.omit({ after: true, limit: true }).extend({ no: idOrNumber }).strict(),
    response: ledgerPosition,
    sample: (e) => ({ query: { campaign: e.campaign, no: e.of('problem') }, place: e.county }),
    handle: ({ query: q, actor }) => presented(readPosition(s, actor, q), presentStanding),
  });
  for (const format of ['csv', 'xlsx'] as const) {
    add({
      method: 'GET',
      url: api.ledgerFile[format],
      permission: 'ledger.export',
      summary: `Every line of a question as ${format}, with row keys and versions`,
      query: exportQuery,
      response: format,
      place: 'office',
      sample: (e) => ({ query: { campaign: e.campaign }, place: null }),
      handle: async ({ query: { lang, ...q }, actor, request }) => {
        const table = await exportLedger(s, actor, q, tableLang(lang, request));
        return isRefusal(table) ? table : download(format, table);
      },
    });
  }
  add({
    method: 'GET',
    url: api.views,
    permission: 'view.own',
    summary: 'Saved views of the signed-in person',
    query: z.object({ campaign: slug }).strict(),
    response: z.array(savedView),
    sample: (e) => ({ query: { campaign: e.campaign }, place: null }),
    handle: ({ query: q, actor }) => readViews(s, actor, q.campaign),
  });
  add({
    method: 'POST',
    url: api.views,
    permission: 'view.own',
    summary: 'Save a view',
    query: z.object({ campaign: slug }).strict(),
    body: newSavedView,
    response: savedView,
    status: 201,
    sample: (e) => ({ query: { campaign: e.campaign }, body: { name: 'v', query: 'view=open' }, place: null }),
    handle: ({ query: q, body, actor }) => addView(s, actor, { campaign: q.campaign, ...body }),
  });
  add({
    method: 'POST',
    url: api.view,
    permission: 'view.own',
    summary: 'Give a saved view another name',
    params: z.object({ id: uuid }),
    body: renamedView,
    response: z.object({ id: z.string(), name: z.string() }),
    sample: () => ({ params: { id: noSuchId }, body: { name: 'v' }, place: null, everybody: 404 }),
    handle: ({ params, body, actor }) => renameView(s, actor, params.id, body.name),
  });
  add({
    method: 'DELETE',
    url: api.view,
    permission: 'view.own',
    summary: 'Drop a saved view',
    params: z.object({ id: uuid }),
    response: z.object({ dropped: z.boolean() }),
    sample: () => ({ params: { id: noSuchId }, place: null, everybody: 404 }),
    handle: ({ params, actor }) => dropView(s, actor, params.id),
  });
}

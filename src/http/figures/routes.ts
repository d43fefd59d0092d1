import { z } from 'zod';
import { asOfQuery, figureFilterQuery, pageKey, plainText, tableLanguage } from '../../contract/common.ts';
import {
  figureAnswer,
  figureHistory,
  figureRecord,
  figureRecords,
  figureSet,
  figureValue,
  figureWaterfall,
} from '../../contract/figures.ts';
import { api } from '../../contract/paths/api.ts';
import { readsReleasedOnly } from '../../domain/access/masks.ts';
import type { Actor } from '../../domain/access/policy.ts';
import { isRefusal } from '../../domain/kernel/refusal.ts';
import { exportRecords, exportReleased } from '../../usecases/export/records.ts';
import { readFigure, readFigureSet, readHistory } from '../../usecases/figures/read.ts';
import { readRecords } from '../../usecases/figures/records.ts';
import { readWaterfall } from '../../usecases/figures/waterfall.ts';
import { releasedFigure, releasedHistory, releasedRecords, releasedSet } from '../../usecases/public/released.ts';
import type { Services } from '../../usecases/services.ts';
import { download, tableLang } from '../export/table.ts';
import type { Feature } from '../server/feature.ts';
import { presented } from '../server/presented.ts';
import type { AddRoute } from '../server/route.ts';
import {
  presentFigure,
  presentFigureSet,
  presentHistory,
  presentRecords,
  presentReleasedFigure,
  presentReleasedRecords,
  presentWaterfall,
} from './present.ts';

const id = z.object({ id: plainText.max(100) });
const part = z.enum(['numerator', 'denominator', 'difference']);
const one = asOfQuery.extend(figureFilterQuery.shape).strict();
const filterOf = (q: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(Object.keys(figureFilterQuery.shape).flatMap((key) => (typeof q[key] === 'string' ? [[key, q[key] as string]] : [])));

/** The press reads what was released, from the same addresses. */
const released = (actor: Actor, query: { readonly campaign: string }) => readsReleasedOnly(actor, query.campaign);

export const figures: Feature = {
  name: 'figures',
  routes,
  schemas: {
    FigureValue: figureValue,
    FigureSet: figureSet,
    FigureAnswer: figureAnswer,
    FigureRecord: figureRecord,
    FigureRecords: figureRecords,
    FigureHistory: figureHistory,
    FigureWaterfall: figureWaterfall,
  },
};

function routes(add: AddRoute, s: Services): void {
  add({
    method: 'GET',
    url: api.figures,
    permission: 'figure.read',
    summary: 'A set of figures as of one instant',
    query: one.extend({ set: z.string().max(40).default('press') }),
    response: figureSet,
    sample: (e) => ({ query: { campaign: e.campaign }, place: null }),
    handle: ({ query, actor }) => {
      const q = { campaign: query.campaign, asOf: query.asOf, set: query.set, filter: filterOf(query) };
      return presented((released(actor, query) ? releasedSet : readFigureSet)(s, actor, q), presentFigureSet);
    },
  });
  add({
    method: 'GET',
    url: api.figure,
    permission: 'figure.read',
    summary: 'One figure with its definition',
    params: id,
    query: one,
    response: figureAnswer,
    sample: (e) => ({ params: { id: 'problems.found' }, query: { campaign: e.campaign }, place: null }),
    handle: ({ query, params, actor }) => {
      const q = { campaign: query.campaign, asOf: query.asOf, id: params.id, filter: filterOf(query) };
      return released(actor, query)
        ? presented(releasedFigure(s, actor, q), presentReleasedFigure)
        : presented(readFigure(s, actor, q), presentFigure);
    },
  });
  const recordsQuery = one.extend({
    part: part.default('numerator'),
    after: pageKey.optional(),
    limit: z.coerce.number().int().min(1).max(1000).default(100),
  });
  add({
    method: 'GET',
    url: api.figureRecords,
    permission: 'figure.read',
    summary: 'The records a figure counts, page by page',
    params: id,
    query: recordsQuery,
    response: figureRecords,
    sample: (e) => ({ params: { id: 'problems.found' }, query: { campaign: e.campaign }, place: null }),
    handle: ({ query, params, actor }) => {
      const { campaign, asOf, part, after, limit } = query;
      const q = { campaign, asOf, id: params.id, filter: filterOf(query), part, after, limit };
      return released(actor, query)
        ? presented(releasedRecords(s, actor, q), presentReleasedRecords)
        : presented(readRecords(s, actor, q), presentRecords);
    },
  });
  for (const format of ['csv', 'xlsx'] as const) {
    add({
      method: 'GET',
      url: api.figureRecordsFile[format],
      permission: 'figure.read',
      summary: `The records a figure counts, as ${format}`,
      params: id,
      query: one.extend({ part: part.default('numerator'), lang: tableLanguage }),
      response: format,
      place: 'office',
      sample: (e) => ({ params: { id: 'problems.found' }, query: { campaign: e.campaign }, place: null }),
      handle: async ({ query, params, actor, request }) => {
        const q = { campaign: query.campaign, asOf: query.asOf, id: params.id, filter: filterOf(query), part: query.part };
        const make = released(actor, query) ? exportReleased : exportRecords;
        const table = await make(s, actor, q, tableLang(query.lang, request));
        return isRefusal(table) ? table : download(format, table);
      },
    });
  }
  add({
    method: 'GET',
    url: api.figureHistory,
    permission: 'figure.read',
    summary: 'Values of a figure over time',
    params: id,
    query: one.extend({
      from: z.string().max(40).optional(),
      to: z.string().max(40).optional(),
      points: z.coerce.number().int().min(2).max(400).default(100),
    }),
    response: figureHistory,
    sample: (e) => ({ params: { id: 'problems.found' }, query: { campaign: e.campaign, points: 3 }, place: null }),
    handle: ({ query, params, actor }) => {
      const { campaign, asOf, from, to, points } = query;
      const q = { campaign, asOf, id: params.id, filter: filterOf(query), from, to, points };
      return presented((released(actor, query) ? releasedHistory : readHistory)(s, actor, q), presentHistory);
    },
  });
  add({
    method: 'GET',
    url: api.figureWaterfall,
    permission: 'figure.read',
    summary: 'Why a figure changed between two instants',
    params: id,
    query: one.omit({ asOf: true }).extend({ from: z.string().max(40), to: z.string().max(40).optional() }),
    response: figureWaterfall,
    sample: (e) => ({
      params: { id: 'problems.found' },
      query: { campaign: e.campaign, from: '2019-08-05T18:00:00+08:00' },
      place: null,
      // The parts of a change between two instants are more than what was released.
      notForPress: true,
    }),
    handle: ({ query, params, actor }) =>
      presented(
        readWaterfall(s, actor, { campaign: query.campaign, id: params.id, filter: filterOf(query), from: query.from, to: query.to }),
        presentWaterfall,
      ),
  });
}

import { z } from 'zod';
import { asOfQuery, idOrNumber } from '../../contract/common.ts';
import { itemPage } from '../../contract/items.ts';
import { api } from '../../contract/paths/api.ts';
import { actView } from '../../contract/acts.ts';
import { readItem } from '../../usecases/items/read.ts';
import type { Services } from '../../usecases/services.ts';
import type { Feature } from '../server/feature.ts';
import { presented } from '../server/presented.ts';
import type { AddRoute } from '../server/route.ts';
import { presentItem } from './present.ts';

export const items: Feature = { name: 'items', routes, schemas: { Act: actView, ItemPage: itemPage } };

function routes(add: AddRoute, s: Services): void {
  add({
    method: 'GET',
    url: api.item,
    permission: 'item.read',
    summary: 'A problem, a case or an outside record as of an instant',
    params: z.object({ id: idOrNumber }),
    query: asOfQuery.strict(),
    response: itemPage,
    sample: (e) => ({ params: { id: e.of('problem') }, query: { campaign: e.campaign }, place: e.county }),
    handle: ({ params, query, actor }) => presented(readItem(s, actor, { ...query, id: params.id }), presentItem),
  });
}

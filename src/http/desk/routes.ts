import { deskQuery, deskView } from '../../contract/desk.ts';
import { api } from '../../contract/paths/api.ts';
import { readDesk } from '../../usecases/desk/read.ts';
import type { Services } from '../../usecases/services.ts';
import type { Feature } from '../server/feature.ts';
import { presented } from '../server/presented.ts';
import type { AddRoute } from '../server/route.ts';
import { presentDesk } from './present.ts';

export const desk: Feature = { name: 'desk', routes, schemas: { Desk: deskView } };

function routes(add: AddRoute, s: Services): void {
  add({
    method: 'GET',
    url: api.desk,
    permission: 'ledger.read',
    summary: 'What waits for the signed-in person, what they sent away and what came back',
    query: deskQuery.strict(),
    response: deskView,
    sample: (e) => ({ query: { campaign: e.campaign }, place: null }),
    handle: ({ query, actor }) => presented(readDesk(s, actor, query), presentDesk),
  });
}

import { written } from '../../contract/commands.ts';
import { newInspection } from '../../contract/inspection.ts';
import { api } from '../../contract/paths/api.ts';
import { isRefusal } from '../../domain/kernel/refusal.ts';
import type { Services } from '../../usecases/services.ts';
import { recordInspection } from '../../usecases/inspection/record-inspection.ts';
import type { Feature } from '../server/feature.ts';
import type { AddRoute } from '../server/route.ts';

export const inspection: Feature = { name: 'inspection', routes };

function routes(add: AddRoute, s: Services): void {
  add({
    method: 'POST',
    url: api.inspections,
    permission: 'inspection.record',
    summary: 'Record a completed inspection',
    body: newInspection,
    response: written,
    status: 201,
    sample: (e) => ({
      body: {
        campaign: e.campaign,
        sourceId: e.of('source'),
        aspect: 'nope',
        officers: ['a', 'b'],
        legalBody: 'l',
        result: 'clean',
        text: 't',
      },
      place: e.county,
    }),
    handle: async ({ body, actor }) => {
      const done = await recordInspection(s, actor, body);
      return isRefusal(done) ? done : { id: body.sourceId, acts: done.acts.length, repeated: done.repeated };
    },
  });
}

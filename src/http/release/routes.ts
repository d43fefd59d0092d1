import { z } from 'zod';
import { instantText, slug, uuid } from '../../contract/common.ts';
import { api } from '../../contract/paths/api.ts';
import { isRefusal } from '../../domain/kernel/refusal.ts';
import { publishFigures } from '../../usecases/public/publish.ts';
import type { Services } from '../../usecases/services.ts';
import type { Feature } from '../server/feature.ts';
import type { AddRoute } from '../server/route.ts';

export const release: Feature = { name: 'release', routes };

function routes(add: AddRoute, s: Services): void {
  add({
    method: 'POST',
    url: api.releases,
    permission: 'figure.publish',
    summary: 'Release figures to the public as of an instant',
    params: z.object({ campaign: slug }),
    body: z.object({ id: uuid.optional(), asOf: instantText, figures: z.array(z.string().max(100)).min(1).max(500).optional() }).strict(),
    response: z.object({ asOf: z.string(), repeated: z.boolean() }),
    status: 201,
    sample: (e) => ({ params: { campaign: e.campaign }, body: { asOf: '2019-08-05T18:00:00+08:00' }, place: null }),
    handle: async ({ params, body, actor }) => {
      const done = await publishFigures(s, actor, { campaign: params.campaign, ...body });
      return isRefusal(done) ? done : { asOf: body.asOf, repeated: done.repeated };
    },
  });
}

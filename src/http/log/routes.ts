import { Readable } from 'node:stream';
import { z } from 'zod';
import { slug, uuid } from '../../contract/common.ts';
import { api } from '../../contract/paths/api.ts';
import { isRefusal } from '../../domain/kernel/refusal.ts';
import { readCheckpoint, readConsistency, readLogTile, readProof } from '../../usecases/log/read.ts';
import type { Services } from '../../usecases/services.ts';
import { Download } from '../server/download.ts';
import type { Feature } from '../server/feature.ts';
import type { AddRoute } from '../server/route.ts';

const ofCampaign = z.object({ campaign: slug });

/** The signed log of a campaign, as static-looking addresses below `/api/log/<campaign>/` (C2SP tlog-tiles). */
export const log: Feature = { name: 'log', routes };

function routes(add: AddRoute, s: Services): void {
  add({
    method: 'GET',
    url: api.logCheckpoint,
    permission: 'log.read',
    summary: 'The newest signed checkpoint of the log, with the public key it is signed by',
    params: ofCampaign,
    response: z.object({ note: z.string(), key: z.string(), size: z.number().int() }),
    sample: (e) => ({ params: { campaign: e.campaign }, place: null }),
    handle: ({ params, actor }) => readCheckpoint(s, actor, params.campaign),
  });
  add({
    method: 'GET',
    url: api.logTile,
    permission: 'log.read',
    summary: 'A tile of hashes, or (entries/...) a bundle of entries, for which log.entries is asked',
    params: ofCampaign.extend({ '*': z.string().max(80) }),
    response: 'application/octet-stream',
    sample: (e) => ({ params: { campaign: e.campaign, '*': '0/000' }, place: null }),
    handle: async ({ params, actor }) => {
      const bytes = await readLogTile(s, actor, params.campaign, params['*']);
      return isRefusal(bytes) ? bytes : new Download(Readable.from([bytes]), 'application/octet-stream', 'tile.bin');
    },
  });
  add({
    method: 'GET',
    url: api.logProof,
    permission: 'log.read',
    summary: 'The proof that an act stands in the log (C2SP tlog-proof)',
    params: ofCampaign.extend({ act: uuid }),
    response: z.object({ proof: z.string(), key: z.string() }),
    sample: (e) => ({ params: { campaign: e.campaign, act: e.of('act') }, place: e.county }),
    handle: ({ params, actor }) => readProof(s, actor, params.campaign, params.act),
  });
  add({
    method: 'GET',
    url: api.logConsistency,
    permission: 'log.read',
    summary: 'Hashes that show the log of an older size to be a beginning of the newest',
    params: ofCampaign,
    query: z
      .object({
        from: z.coerce
          .number()
          .int()
          .min(0)
          .max(2 ** 48),
      })
      .strict(),
    response: z.object({ size: z.number().int(), proof: z.array(z.string()) }),
    sample: (e) => ({ params: { campaign: e.campaign }, query: { from: 1 }, place: null }),
    handle: ({ params, query, actor }) => readConsistency(s, actor, params.campaign, query.from),
  });
}

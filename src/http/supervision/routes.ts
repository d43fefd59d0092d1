import { Readable } from 'node:stream';
import { z } from 'zod';
import { asOfQuery, slug, uuid } from '../../contract/common.ts';
import { api } from '../../contract/paths/api.ts';
import { batchList, batchPage, letterReceived, newBatch, receiveLetterBody } from '../../contract/supervision.ts';
import { formatInstant } from '../../domain/kernel/instant.ts';
import { isRefusal } from '../../domain/kernel/refusal.ts';
import { readBatch, readBatches } from '../../usecases/supervision/batches.ts';
import type { Services } from '../../usecases/services.ts';
import { issueBatch } from '../../usecases/supervision/issue-batch.ts';
import { receiveLetter } from '../../usecases/supervision/receive-letter.ts';
import { letterFile } from '../../usecases/supervision/letter.ts';
import { Download, fileTypes } from '../server/download.ts';
import type { Feature } from '../server/feature.ts';
import { documentRate } from '../server/limits.ts';
import { presented } from '../server/presented.ts';
import type { AddRoute } from '../server/route.ts';
import { findLetter } from './example.ts';
import { presentBatch, presentBatches } from './present.ts';

export const supervision: Feature = {
  name: 'supervision',
  routes,
  examples: findLetter,
  schemas: { BatchPage: batchPage, BatchList: batchList },
};

function routes(add: AddRoute, s: Services): void {
  add({
    method: 'GET',
    url: api.batch,
    permission: 'batch.read',
    summary: 'A batch of supervision letters by city',
    params: z.object({ no: z.coerce.number().int().min(1).max(32_000) }),
    query: asOfQuery.strict(),
    response: batchPage,
    sample: (e) => ({ params: { no: 1 }, query: { campaign: e.campaign }, place: null }),
    handle: ({ params, query, actor }) => presented(readBatch(s, actor, { ...query, no: params.no }), presentBatch),
  });
  add({
    method: 'GET',
    url: api.batches,
    permission: 'batch.read',
    summary: 'All batches of supervision letters',
    query: asOfQuery.strict(),
    response: batchList,
    sample: (e) => ({ query: { campaign: e.campaign }, place: null }),
    handle: ({ query, actor }) => presented(readBatches(s, actor, query), presentBatches),
  });
  add({
    method: 'POST',
    url: api.letterReceive,
    permission: 'letter.receive',
    summary: 'Sign for a supervision letter',
    params: z.object({ id: uuid }),
    query: z.object({ campaign: slug }).strict(),
    body: receiveLetterBody,
    response: letterReceived,
    // The letters of the first batch have been signed for.
    sample: (e) => ({ params: { id: e.of('letter') }, query: { campaign: e.campaign }, body: {}, place: e.city, allowed: 409 }),
    handle: ({ params, query, body, actor }) =>
      presented(receiveLetter(s, actor, { ...body, campaign: query.campaign, letter: params.id }), ({ receivedAt }) => ({
        receivedAt: formatInstant(receivedAt),
      })),
  });
  add({
    method: 'POST',
    url: api.batches,
    permission: 'batch.issue',
    summary: 'Issue the next batch of supervision letters',
    body: newBatch,
    response: z.object({ no: z.number().int(), acts: z.number().int(), repeated: z.boolean() }),
    status: 201,
    sample: (e) => ({ body: { campaign: e.campaign, name: 'n', deadline: '2000-01-01', problems: [e.of('problem')] }, place: null }),
    handle: async ({ body, actor }) => {
      const done = await issueBatch(s, actor, body);
      return isRefusal(done) ? done : { no: done.no, acts: done.acts.length, repeated: done.repeated };
    },
  });
  add({
    method: 'GET',
    url: api.letterFile,
    permission: 'batch.read',
    summary: 'A supervision letter with its problems as Word or PDF',
    params: z.object({ id: uuid }),
    query: z.object({ campaign: slug, format: z.enum(['docx', 'pdf']) }).strict(),
    response: 'application/octet-stream',
    rateLimit: documentRate,
    sample: (e) => ({ params: { id: e.of('letter') }, query: { campaign: e.campaign, format: 'docx' }, place: e.city }),
    handle: async ({ params, query, actor }) => {
      const file = await letterFile(s, actor, { ...query, id: params.id });
      if (isRefusal(file)) return file;
      const name = `${query.campaign}-letter-${file.batch}-${file.place}.${query.format}`;
      return new Download(Readable.from([Buffer.from(file.bytes)]), fileTypes[query.format], name);
    },
  });
}

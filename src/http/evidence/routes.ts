import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { evidence as evidenceClaim, custody, evidenceList, exportRequest, sha256Text } from '../../contract/evidence.ts';
import { idOrNumber, slug, uuid } from '../../contract/common.ts';
import { api } from '../../contract/paths/api.ts';
import { to } from '../../contract/paths/pattern.ts';
import { isRefusal } from '../../domain/kernel/refusal.ts';
import { exportEvidence, readCustody, readEvidence, readThumbnail, viewEvidence } from '../../usecases/evidence/custody.ts';
import { dropUpload, openUpload, readUpload, takePart } from '../../usecases/evidence/upload.ts';
import type { Services } from '../../usecases/services.ts';
import { Empty } from '../server/empty.ts';
import type { Feature } from '../server/feature.ts';
import { presented } from '../server/presented.ts';
import type { AddRoute } from '../server/route.ts';
import { evidenceDownload } from './download.ts';
import { exampleUpload, makeObject, nobodysUpload } from './example.ts';
import { capabilities, offsetOf, partType, readNewUpload, readPart, standing, wrongVersion } from './tus.ts';
import { presentCustody, presentEvidence } from './present.ts';

const inCampaign = z.object({ campaign: slug }).strict();
const upload = z.object({ id: uuid });
const object = z.object({ sha256: sha256Text });
const nothing = 'no body; see the headers';

export const evidence: Feature = {
  name: 'evidence',
  routes,
  examples: makeObject,
  schemas: { Evidence: evidenceClaim, EvidenceList: evidenceList, Custody: custody },
};

function routes(add: AddRoute, s: Services, app: FastifyInstance): void {
  // Parts go to the disk as they come and are never gathered in memory.
  app.addContentTypeParser(partType, (_request, _payload, done) => done(null));
  uploadRoutes(add, s);
  add({
    method: 'GET',
    url: api.itemEvidence,
    permission: 'evidence.read',
    summary: 'Evidence of a problem whose bytes are kept',
    params: z.object({ id: idOrNumber }),
    query: inCampaign,
    response: evidenceList,
    sample: (e) => ({ params: { id: e.of('problem') }, query: { campaign: e.campaign }, place: e.county }),
    handle: ({ params, query, actor }) => presented(readEvidence(s, actor, { campaign: query.campaign, item: params.id }), presentEvidence),
  });
  add({
    method: 'GET',
    url: api.custody,
    permission: 'evidence.read',
    summary: 'Custody of an object: received, sealed, viewed, exported',
    params: object,
    query: inCampaign,
    response: custody,
    sample: (e) => ({ params: { sha256: e.of('object') }, query: { campaign: e.campaign }, place: e.county }),
    handle: ({ params, query, actor }) => presented(readCustody(s, actor, { ...query, ...params }), presentCustody),
  });
  for (const [url, summary, read, allowed] of [
    [api.evidenceView, 'View an object: the copy without metadata where there is one; recorded', viewEvidence, undefined],
    // A table has no picture: whoever may ask is told that there is none.
    [api.evidenceThumbnail, 'A small picture for lists', readThumbnail, 404],
  ] as const) {
    add({
      method: 'GET',
      url,
      permission: 'evidence.read',
      summary,
      params: object,
      query: inCampaign,
      response: 'application/octet-stream',
      asIs: true,
      sample: (e) => ({
        params: { sha256: e.of('object') },
        query: { campaign: e.campaign },
        place: e.county,
        ...(allowed === undefined ? {} : { allowed }),
      }),
      handle: async ({ params, query, actor }) => {
        const h = await read(s, actor, { ...query, ...params });
        return isRefusal(h) ? h : evidenceDownload(h);
      },
    });
  }
  add({
    method: 'POST',
    url: api.evidenceExport,
    permission: 'evidence.export',
    summary: 'Export the sealed original for a purpose; recorded before the first byte leaves',
    params: object,
    query: inCampaign,
    body: exportRequest,
    response: 'application/octet-stream',
    asIs: true,
    sample: (e) => ({ params: { sha256: e.of('object') }, query: { campaign: e.campaign }, body: { purpose: '核查用' }, place: e.county }),
    handle: async ({ params, query, body, actor }) => {
      const h = await exportEvidence(s, actor, { ...query, ...params, ...body });
      return isRefusal(h) ? h : evidenceDownload(h);
    },
  });
}

function uploadRoutes(add: AddRoute, s: Services): void {
  add({
    method: 'OPTIONS',
    url: api.uploads,
    permission: 'session',
    summary: 'What the upload protocol (tus 1.0.0) can do here',
    response: nothing,
    status: 204,
    sample: () => ({ place: null }),
    handle: () => Promise.resolve(capabilities()),
  });
  add({
    method: 'POST',
    url: api.uploads,
    permission: 'evidence.upload',
    summary: 'Open an upload (tus creation); Upload-Metadata: campaign, item, sha256, name, kind, takenAt',
    response: nothing,
    status: 201,
    sample: (e) => ({ headers: exampleUpload(e, 'x', 'x.txt', 'document'), place: e.county }),
    handle: async ({ actor, request, reply }) => {
      const asked = wrongVersion(request, reply) ?? readNewUpload(request);
      if (isRefusal(asked)) return asked;
      const opened = await openUpload(s, actor, asked);
      if (isRefusal(opened)) return opened;
      const location = { location: to(api.upload, { id: opened.id }) };
      if (request.headers['content-type'] === undefined) return standing(201, opened, location);
      const part = readPart(request, 0);
      const state = isRefusal(part) ? part : await takePart(s, actor, opened.id, part);
      return isRefusal(state) ? state : standing(201, state, location);
    },
  });
  add({
    method: 'HEAD',
    url: api.upload,
    permission: 'evidence.upload',
    summary: 'How far an upload is: bytes that are on the disk',
    params: upload,
    response: nothing,
    sample: () => ({ ...nobodysUpload, headers: { 'tus-resumable': '1.0.0' } }),
    handle: async ({ params, actor, request, reply }) => {
      const state = wrongVersion(request, reply) ?? (await readUpload(s, actor, params.id));
      return isRefusal(state) ? state : standing(200, state, { 'upload-length': String(state.length) });
    },
  });
  add({
    method: 'PATCH',
    url: api.upload,
    permission: 'evidence.upload',
    summary: 'Go on with an upload; the last part is acknowledged when the whole file is kept',
    params: upload,
    response: nothing,
    status: 204,
    sample: () => ({ ...nobodysUpload, headers: { 'tus-resumable': '1.0.0', 'upload-offset': '0', 'content-type': partType } }),
    handle: async ({ params, actor, request, reply }) => {
      const part = wrongVersion(request, reply) ?? readPart(request, offsetOf(request));
      if (isRefusal(part)) return part;
      const state = await takePart(s, actor, params.id, part);
      return isRefusal(state) ? state : standing(204, state);
    },
  });
  add({
    method: 'DELETE',
    url: api.upload,
    permission: 'evidence.upload',
    summary: 'Give an upload up (tus termination)',
    params: upload,
    response: nothing,
    status: 204,
    sample: () => ({ ...nobodysUpload, headers: { 'tus-resumable': '1.0.0' } }),
    handle: async ({ params, actor, request, reply }) => {
      const done = wrongVersion(request, reply) ?? (await dropUpload(s, actor, params.id));
      return isRefusal(done) ? done : new Empty(204);
    },
  });
}

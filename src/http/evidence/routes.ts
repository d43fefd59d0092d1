import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { custody, evidenceList, exportRequest, sha256Text } from '../../contract/evidence.ts';
import { idOrNumber, slug, uuid } from '../../contract/common.ts';
import { api } from '../../contract/paths/api.ts';
import { to } from '../../contract/paths/pattern.ts';
import { isRefusal } from '../../domain/kernel/refusal.ts';
import { exportEvidence, readCustody, readEvidence, readThumbnail, viewEvidence } from '../../usecases/evidence/custody.ts';
import { dropUpload, openUpload, readUpload, takePart } from '../../usecases/evidence/upload.ts';
import type { Services } from '../../usecases/services.ts';
import { Empty } from '../server/empty.ts';
import { addRoute, type RouteInfo } from '../server/route.ts';
import { evidenceDownload } from './download.ts';
import { capabilities, offsetOf, partType, readNewUpload, readPart, standing, wrongVersion } from './tus.ts';

const inCampaign = z.object({ campaign: slug }).strict();
const upload = z.object({ id: uuid });
const object = z.object({ sha256: sha256Text });
const nothing = 'no body; see the headers';

export function evidenceRoutes(app: FastifyInstance, s: Services, list: RouteInfo[]): void {
  // Parts go to the disk as they come and are never gathered in memory.
  app.addContentTypeParser(partType, (_request, _payload, done) => done(null));
  uploadRoutes(app, s, list);
  addRoute(app, list, {
    method: 'GET',
    url: api.itemEvidence,
    permission: 'evidence.read',
    summary: 'Evidence of a problem whose bytes are kept',
    params: z.object({ id: idOrNumber }),
    query: inCampaign,
    response: evidenceList,
    handle: ({ params, query, actor }) => readEvidence(s, actor, { campaign: query.campaign, item: params.id }),
  });
  addRoute(app, list, {
    method: 'GET',
    url: api.custody,
    permission: 'evidence.read',
    summary: 'Custody of an object: received, sealed, viewed, exported',
    params: object,
    query: inCampaign,
    response: custody,
    handle: ({ params, query, actor }) => readCustody(s, actor, { ...query, ...params }),
  });
  for (const [url, summary, read] of [
    [api.evidenceView, 'View an object: the copy without metadata where there is one; recorded', viewEvidence],
    [api.evidenceThumbnail, 'A small picture for lists', readThumbnail],
  ] as const) {
    addRoute(app, list, {
      method: 'GET',
      url,
      permission: 'evidence.read',
      summary,
      params: object,
      query: inCampaign,
      response: 'application/octet-stream',
      asIs: true,
      handle: async ({ params, query, actor }) => {
        const h = await read(s, actor, { ...query, ...params });
        return isRefusal(h) ? h : evidenceDownload(h);
      },
    });
  }
  addRoute(app, list, {
    method: 'POST',
    url: api.evidenceExport,
    permission: 'evidence.export',
    summary: 'Export the sealed original for a purpose; recorded before the first byte leaves',
    params: object,
    query: inCampaign,
    body: exportRequest,
    response: 'application/octet-stream',
    asIs: true,
    handle: async ({ params, query, body, actor }) => {
      const h = await exportEvidence(s, actor, { ...query, ...params, ...body });
      return isRefusal(h) ? h : evidenceDownload(h);
    },
  });
}

function uploadRoutes(app: FastifyInstance, s: Services, list: RouteInfo[]): void {
  addRoute(app, list, {
    method: 'OPTIONS',
    url: api.uploads,
    permission: 'session',
    summary: 'What the upload protocol (tus 1.0.0) can do here',
    response: nothing,
    status: 204,
    handle: () => Promise.resolve(capabilities()),
  });
  addRoute(app, list, {
    method: 'POST',
    url: api.uploads,
    permission: 'evidence.upload',
    summary: 'Open an upload (tus creation); Upload-Metadata: campaign, item, sha256, name, kind, takenAt',
    response: nothing,
    status: 201,
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
  addRoute(app, list, {
    method: 'HEAD',
    url: api.upload,
    permission: 'evidence.upload',
    summary: 'How far an upload is: bytes that are on the disk',
    params: upload,
    response: nothing,
    handle: async ({ params, actor, request, reply }) => {
      const state = wrongVersion(request, reply) ?? (await readUpload(s, actor, params.id));
      return isRefusal(state) ? state : standing(200, state, { 'upload-length': String(state.length) });
    },
  });
  addRoute(app, list, {
    method: 'PATCH',
    url: api.upload,
    permission: 'evidence.upload',
    summary: 'Go on with an upload; the last part is acknowledged when the whole file is kept',
    params: upload,
    response: nothing,
    status: 204,
    handle: async ({ params, actor, request, reply }) => {
      const part = wrongVersion(request, reply) ?? readPart(request, offsetOf(request));
      if (isRefusal(part)) return part;
      const state = await takePart(s, actor, params.id, part);
      return isRefusal(state) ? state : standing(204, state);
    },
  });
  addRoute(app, list, {
    method: 'DELETE',
    url: api.upload,
    permission: 'evidence.upload',
    summary: 'Give an upload up (tus termination)',
    params: upload,
    response: nothing,
    status: 204,
    handle: async ({ params, actor, request, reply }) => {
      const done = wrongVersion(request, reply) ?? (await dropUpload(s, actor, params.id));
      return isRefusal(done) ? done : new Empty(204);
    },
  });
}

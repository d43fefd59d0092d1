import { z } from 'zod';
import {
  artefactFormat,
  bulletinCheck,
  bulletinDone,
  bulletinFinding,
  bulletinKind,
  bulletinLine,
  bulletinList,
  bulletinPage,
  bulletinText,
  checkedBulletin,
  newBulletin,
  rebuildReport,
  releaseBody,
  releasePreview,
  returnBody,
  reviseBody,
  submitBody,
  textLang,
} from '../../contract/bulletins.ts';
import { instantText, slug, uuid } from '../../contract/common.ts';
import { api } from '../../contract/paths/api.ts';
import { isRefusal } from '../../domain/kernel/refusal.ts';
import { checkBulletin } from '../../usecases/publication/check.ts';
import { proposeText } from '../../usecases/publication/propose.ts';
import { listBulletins, openArtefact, readBulletin } from '../../usecases/publication/read.ts';
import { previewRelease, rebuildBulletin, releaseBulletin } from '../../usecases/publication/release.ts';
import { draftBulletin, returnBulletin, reviseBulletin, submitBulletin } from '../../usecases/publication/write.ts';
import type { Services } from '../../usecases/services.ts';
import { Download, fileTypes } from '../server/download.ts';
import type { Feature } from '../server/feature.ts';
import { documentRate } from '../server/limits.ts';
import { presented } from '../server/presented.ts';
import type { AddRoute } from '../server/route.ts';
import { exampleBulletin, exampleText, makeBulletin } from './example.ts';
import { presentBulletin, presentBulletins, presentCheck, presentPreview } from './present.ts';

const byId = z.object({ id: uuid });
const inCampaign = z.object({ campaign: slug }).strict();

export const publication: Feature = {
  name: 'publication',
  routes,
  examples: makeBulletin,
  schemas: { BulletinLine: bulletinLine, BulletinPage: bulletinPage, BulletinFinding: bulletinFinding },
};

function routes(add: AddRoute, s: Services): void {
  reading(add, s);
  writing(add, s);
}

function reading(add: AddRoute, s: Services): void {
  add({
    method: 'GET',
    url: api.bulletins,
    permission: 'bulletin.read',
    summary: 'Bulletins of a campaign',
    query: inCampaign,
    response: bulletinList,
    sample: (e) => ({ query: { campaign: e.campaign }, place: null }),
    handle: ({ query, actor }) => presented(listBulletins(s, actor, query), presentBulletins),
  });
  add({
    method: 'GET',
    url: api.bulletinProposal,
    permission: 'bulletin.write',
    summary: 'A text to begin with: questions and answers, or the summary of an ended phase',
    query: inCampaign.extend({ kind: bulletinKind, lang: textLang, asOf: instantText.optional(), phase: z.string().max(60).optional() }),
    response: bulletinText,
    sample: (e) => ({ query: { campaign: e.campaign, kind: 'phase-summary', lang: 'zh' }, place: null }),
    handle: ({ query, actor }) => proposeText(s, actor, query),
  });
  add({
    method: 'GET',
    url: api.bulletin,
    permission: 'bulletin.read',
    summary: 'A bulletin with what its figures say, what was frozen and what corrects it',
    params: byId,
    query: inCampaign,
    response: bulletinPage,
    sample: (e) => ({ params: { id: e.of('bulletin') }, query: { campaign: e.campaign }, place: null }),
    handle: ({ params, query, actor }) => presented(readBulletin(s, actor, { ...query, id: params.id }), presentBulletin),
  });
  add({
    method: 'GET',
    url: api.bulletinFile,
    permission: 'bulletin.read',
    summary: 'A frozen file of a released bulletin',
    params: byId,
    query: inCampaign.extend({ format: artefactFormat }),
    response: 'application/octet-stream',
    sample: (e) => ({ params: { id: e.of('bulletin') }, query: { campaign: e.campaign, format: 'pdf' }, place: null }),
    handle: async ({ params, query, actor }) => {
      const file = await openArtefact(s, actor, { ...query, id: params.id });
      if (isRefusal(file)) return file;
      const { stream, no, format } = file;
      return new Download(stream, fileTypes[format], `${query.campaign}-${no}.${format}`);
    },
  });
  add({
    method: 'GET',
    url: api.bulletinRebuild,
    permission: 'bulletin.read',
    summary: 'Make a released bulletin again from the records and compare it with what was frozen',
    params: byId,
    query: inCampaign,
    response: rebuildReport,
    rateLimit: documentRate,
    sample: (e) => ({ params: { id: e.of('bulletin') }, query: { campaign: e.campaign }, place: null }),
    handle: ({ params, query, actor }) => rebuildBulletin(s, actor, { ...query, id: params.id }),
  });
  add({
    method: 'GET',
    url: api.bulletinPreview,
    permission: 'bulletin.draft',
    summary: 'What would be frozen if the bulletin were released now',
    params: byId,
    query: inCampaign,
    response: releasePreview,
    rateLimit: documentRate,
    sample: (e) => ({ params: { id: e.of('bulletin') }, query: { campaign: e.campaign }, place: null }),
    handle: ({ params, query, actor }) => presented(previewRelease(s, actor, { ...query, id: params.id }), presentPreview),
  });
}

function writing(add: AddRoute, s: Services): void {
  add({
    method: 'POST',
    url: api.bulletinCheck,
    permission: 'bulletin.write',
    summary: 'What a text says now, and what is wrong with its numbers; nothing is stored',
    body: checkedBulletin,
    response: bulletinCheck,
    sample: (e) => ({ body: { campaign: e.campaign, ...exampleText }, place: null }),
    handle: ({ body, actor }) => presented(checkBulletin(s, actor, body), presentCheck),
  });
  add({
    method: 'POST',
    url: api.bulletins,
    permission: 'bulletin.write',
    summary: 'Begin a bulletin, or the correction of a released one',
    body: newBulletin,
    response: bulletinDone,
    status: 201,
    sample: (e) => ({ body: exampleBulletin(e), place: null }),
    handle: ({ body, actor }) => draftBulletin(s, actor, body),
  });
  add({
    method: 'POST',
    url: api.bulletinRevise,
    permission: 'bulletin.write',
    summary: 'Change the text of a bulletin that is not released',
    params: byId,
    query: inCampaign,
    body: reviseBody,
    response: bulletinDone,
    sample: (e) => ({
      params: { id: e.of('bulletin') },
      query: { campaign: e.campaign },
      body: { version: 3, ...exampleText },
      place: null,
    }),
    handle: ({ params, query, body, actor }) => reviseBulletin(s, actor, { ...body, ...query, id: params.id }),
  });
  add({
    method: 'POST',
    url: api.bulletinSubmit,
    permission: 'bulletin.write',
    summary: 'Put a bulletin forward for release',
    params: byId,
    query: inCampaign,
    body: submitBody,
    response: bulletinDone,
    sample: (e) => ({ params: { id: e.of('bulletin') }, query: { campaign: e.campaign }, body: { version: 3 }, place: null }),
    handle: ({ params, query, body, actor }) => submitBulletin(s, actor, { ...body, ...query, id: params.id }),
  });
  add({
    method: 'POST',
    url: api.bulletinReturn,
    permission: 'bulletin.release',
    summary: 'Send a submitted bulletin back to its authors',
    params: byId,
    query: inCampaign,
    body: returnBody,
    response: bulletinDone,
    sample: (e) => ({ params: { id: e.of('bulletin') }, query: { campaign: e.campaign }, body: { version: 3, reason: 'r' }, place: null }),
    handle: ({ params, query, body, actor }) => returnBulletin(s, actor, { ...body, ...query, id: params.id }),
  });
  add({
    method: 'POST',
    url: api.bulletinRelease,
    permission: 'bulletin.release',
    summary: 'Release a bulletin: it freezes to HTML, Word, PDF and a proof bundle',
    params: byId,
    query: inCampaign,
    body: releaseBody,
    response: bulletinDone,
    rateLimit: documentRate,
    sample: (e) => ({ params: { id: e.of('bulletin') }, query: { campaign: e.campaign }, body: { version: 3, confirm: '1' }, place: null }),
    handle: ({ params, query, body, actor }) => releaseBulletin(s, actor, { ...body, ...query, id: params.id }),
  });
}

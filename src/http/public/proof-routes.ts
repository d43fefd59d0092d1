import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { publicFiles } from '../../contract/paths/public.ts';
import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import { artefactFormats } from '../../domain/publication/acts.ts';
import { openPublicArtefact, proveBulletin, readPublicBulletin } from '../../usecases/publication/public.ts';
import { readPublicCheckpoint, readPublicConsistency } from '../../usecases/public/log.ts';
import type { PublicView } from '../../usecases/public/view.ts';
import type { Services } from '../../usecases/services.ts';
import { fileTypes } from '../server/download.ts';
import { PublicAnswer } from '../server/page.ts';
import type { Feature } from '../server/feature.ts';
import type { AddRoute } from '../server/route.ts';
import { isKnown, keep, policy, refusalAnswer, textAnswer } from './answer.ts';
import { often, openView, seldom } from './ask.ts';
import { loaderHash, loaderText, verifierText } from './kit/files.ts';
import { styleHash, styleText } from './kit/style.ts';

const noKeys = z.object({});

/** What anybody checks the pages with: the log's checkpoints, proofs, frozen files, and the programs that do it. */
export const publicProof: Feature = { name: 'public-proof', routes };

function routes(add: AddRoute, s: Services): void {
  const open = (campaign: string) => openView(s, campaign, undefined);
  add({
    method: 'GET',
    url: publicFiles.log,
    permission: 'none',
    summary: "The public key of a campaign's log, an empty line, and its signed checkpoint (C2SP tlog-checkpoint), as text",
    params: z.object({ campaign: z.string() }),
    query: noKeys,
    response: 'text/plain',
    rateLimit: often,
    handle: async ({ params }) => logText(s, await open(params.campaign), (key, note) => `${key}\n\n${note}`),
  });
  add({
    method: 'GET',
    url: publicFiles.logPart,
    permission: 'none',
    summary: 'Of the log alone: its key, its checkpoint as it was signed, or (consistency?from=N) the proof that it continues an older one',
    params: z.object({ campaign: z.string(), what: z.string() }),
    query: z.object({ from: z.unknown().optional() }),
    response: 'text/plain or application/json',
    rateLimit: often,
    handle: async ({ params, query }) => {
      const view = await open(params.campaign);
      if (params.what === 'key') return logText(s, view, (key) => `${key}\n`);
      if (params.what === 'checkpoint') return logText(s, view, (_, note) => note);
      if (params.what !== 'consistency') return textAnswer(404, 'Not found.\n', 'public, max-age=10');
      const from = numberIn(query.from);
      if (isRefusal(view) || from === undefined) return problem(isRefusal(view) ? view : refuse('log.no-such-size', { size: -1 }));
      const found = await readPublicConsistency(s, view.row, from);
      return found === undefined ? problem(refuse('log.no-such-size', { size: from })) : json({ from, ...found });
    },
  });
  add({
    method: 'GET',
    url: publicFiles.proof,
    permission: 'none',
    summary: 'The release act of a bulletin (?bulletin=N) as it stands in the log, with its proofs up to the newest checkpoint',
    params: z.object({ campaign: z.string() }),
    query: z.object({ bulletin: z.unknown().optional() }),
    response: 'application/json',
    rateLimit: often,
    handle: async ({ params, query }) => {
      const view = await open(params.campaign);
      if (isRefusal(view)) return problem(view);
      const no = numberIn(query.bulletin);
      const proof = no === undefined ? refuse('bulletin.unknown', {}) : await proveBulletin(s, view.row.slug, no);
      return isRefusal(proof) ? problem(proof) : json(proof);
    },
  });
  add({
    method: 'GET',
    url: publicFiles.bulletin,
    permission: 'none',
    summary: 'A frozen file of a released bulletin: bulletin.html, .docx, .pdf or .zip',
    params: z.object({ campaign: z.string(), no: z.string(), file: z.string() }),
    query: noKeys,
    response: 'the file',
    rateLimit: seldom,
    handle: async ({ request, params }) => frozenFile(s, request, await open(params.campaign), params.no, params.file),
  });
  add({
    method: 'GET',
    url: publicFiles.verifier,
    permission: 'none',
    summary: 'The stand-alone verifier: one file for Node, without our code',
    response: 'text/javascript',
    rateLimit: often,
    handle: () =>
      Promise.resolve(
        new PublicAnswer(200, 'text/javascript; charset=utf-8', verifierText, {
          ...policy,
          'cache-control': keep(false),
          'content-disposition': 'attachment; filename="clearzero-verify.mjs"',
        }),
      ),
  });
  add({
    method: 'GET',
    url: publicFiles.asset,
    permission: 'none',
    summary: 'The style sheet of the public pages, and the script that offers the check',
    params: z.object({ file: z.string() }),
    response: 'text/css or text/javascript',
    handle: ({ params }) => Promise.resolve(assetAnswer(params.file)),
  });
}

function assetAnswer(file: string): PublicAnswer {
  const forever = { 'cache-control': 'public, max-age=31536000, immutable' };
  if (file === `${styleHash}.css`) return new PublicAnswer(200, 'text/css; charset=utf-8', styleText, forever);
  if (file === `${loaderHash}.js`) return new PublicAnswer(200, 'text/javascript; charset=utf-8', loaderText, forever);
  return textAnswer(404, 'Not found.\n', 'public, max-age=10');
}

async function logText(s: Services, view: PublicView | Refusal, make: (key: string, note: string) => string): Promise<PublicAnswer> {
  const note = isRefusal(view) ? undefined : await readPublicCheckpoint(s, view.row);
  if (isRefusal(view) || note === undefined) return textAnswer(404, 'There is no signed checkpoint.\n', 'public, max-age=10');
  return textAnswer(200, make(s.log.verifier(view.row.slug), note), keep(false));
}

/** A whole number in a query; undefined for anything else. */
function numberIn(value: unknown): number | undefined {
  return typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : undefined;
}

/** A proof is of the log as it is now, so nobody keeps it. */
function json(body: object): PublicAnswer {
  return new PublicAnswer(200, 'application/json; charset=utf-8', JSON.stringify(body), { ...policy, 'cache-control': 'no-store' });
}

function problem(refusal: Refusal): PublicAnswer {
  const headers = { ...policy, 'cache-control': 'public, max-age=1' };
  const body = JSON.stringify({ code: refusal.code === 'log.not-numbered' ? refusal.code : 'route.unknown' });
  return new PublicAnswer(refusal.code === 'log.not-numbered' ? 503 : 404, 'application/json; charset=utf-8', body, headers);
}

async function frozenFile(
  s: Services,
  request: FastifyRequest,
  view: PublicView | Refusal,
  noText: string,
  file: string,
): Promise<PublicAnswer> {
  if (isRefusal(view)) return refusalAnswer(request, 'zh', view);
  const format = artefactFormats.find((f) => file === `bulletin.${f}`);
  const no = /^\d{1,4}$/.test(noText) ? Number(noText) : 0;
  const { slug } = view.row;
  if (format === undefined) return refusalAnswer(request, 'zh', refuse('route.unknown', {}));
  const page = await readPublicBulletin(s, slug, no);
  if (isRefusal(page)) return refusalAnswer(request, 'zh', page);
  const sha256 = page.artefacts.find((a) => a.format === format)?.sha256 ?? '';
  const headers = {
    ...policy,
    'cache-control': keep(true),
    etag: `"${sha256}"`,
    'content-disposition': `attachment; filename="${slug}-${no}.${format}"`,
  };
  const type = fileTypes[format];
  if (isKnown(request, headers.etag)) return new PublicAnswer(304, type, '', headers);
  if (request.method === 'HEAD') return new PublicAnswer(200, type, '', headers);
  const opened = await openPublicArtefact(s, slug, no, format);
  return isRefusal(opened) ? refusalAnswer(request, 'zh', opened) : new PublicAnswer(200, type, opened.stream, headers);
}

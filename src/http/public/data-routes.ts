import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { dataFormats, dataSets, publicFiles, type DataFormat, type DataSet } from '../../contract/paths/public.ts';
import { isRefusal, refuse } from '../../domain/kernel/refusal.ts';
import { openDataFile, readFileFacts } from '../../usecases/public/data.ts';
import type { Services } from '../../usecases/services.ts';
import { fileTypes } from '../server/download.ts';
import type { Feature } from '../server/feature.ts';
import { PublicAnswer } from '../server/page.ts';
import type { AddRoute } from '../server/route.ts';
import { isKnown, keep, policy, refusalAnswer } from './answer.ts';
import { anything, openView, readAsk, seldom } from './ask.ts';
import { asOfText } from './present.ts';

/** Open data (开放数据) as files. */
export const publicData: Feature = { name: 'public-data', routes };

function routes(add: AddRoute, s: Services): void {
  add({
    method: 'GET',
    url: publicFiles.data,
    permission: 'none',
    summary: 'An open-data file with a trailer of row count and hash',
    params: z.object({ campaign: z.string(), file: z.string() }),
    query: anything,
    response: 'csv, xlsx or json',
    place: 'public',
    rateLimit: seldom,
    handle: ({ request, params }) => fileAnswer(s, request, params.campaign, params.file),
  });
}

async function fileAnswer(s: Services, request: FastifyRequest, campaign: string, file: string): Promise<PublicAnswer> {
  const [set, format, ...rest] = file.split('.');
  const known =
    rest.length === 0 && (dataSets as readonly string[]).includes(set ?? '') && (dataFormats as readonly string[]).includes(format ?? '');
  const asked = readAsk(request, []);
  if (isRefusal(asked)) return refusalAnswer(request, 'zh', asked);
  const view = known ? await openView(s, campaign, asked.asOf) : refuse('route.unknown', {});
  if (isRefusal(view)) return refusalAnswer(request, 'zh', view);
  // A file says which instant it stands for in its name and its trailer: an instant that was not published is not answered.
  if (view.instead !== null) return refusalAnswer(request, 'zh', refuse('publication.not-published', { asOf: view.instead }));
  const [s1, f1] = [set as DataSet, format as DataFormat];
  const facts = await readFileFacts(s, view, s1, f1);
  const etag = `"${facts.sha256.slice(0, 32)}-${f1}"`;
  const stamp = asOfText(view).slice(0, 10).replaceAll('-', '');
  const headers = {
    ...policy,
    'cache-control': keep(!view.newest),
    etag,
    'content-disposition': `attachment; filename="${view.row.slug}-${s1}-${stamp}.${f1}"`,
  };
  if (isKnown(request, etag)) return new PublicAnswer(304, fileTypes[f1], '', headers);
  if (request.method === 'HEAD') return new PublicAnswer(200, fileTypes[f1], '', headers);
  return new PublicAnswer(200, fileTypes[f1], (await openDataFile(s, view, s1, f1)).stream, headers);
}

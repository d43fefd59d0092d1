import { z } from 'zod';
import { asOfQuery, tableLanguage, uuid } from '../../contract/common.ts';
import { written } from '../../contract/commands.ts';
import { api } from '../../contract/paths/api.ts';
import { newSource, sourcePage, sourcesPage, sourcesQuery } from '../../contract/sources.ts';
import { isRefusal } from '../../domain/kernel/refusal.ts';
import { exportSources } from '../../usecases/export/sources.ts';
import type { Services } from '../../usecases/services.ts';
import { readSources } from '../../usecases/sources/list.ts';
import { readSource } from '../../usecases/sources/read.ts';
import { registerSource } from '../../usecases/sources/register-source.ts';
import { download, tableLang } from '../export/table.ts';
import type { Feature } from '../server/feature.ts';
import { presented } from '../server/presented.ts';
import type { AddRoute } from '../server/route.ts';
import { exampleSource, makeSource } from './example.ts';
import { presentSource, presentSources } from './present.ts';

export const sources: Feature = {
  name: 'sources',
  routes,
  examples: makeSource,
  schemas: { SourcePage: sourcePage, SourcesPage: sourcesPage },
};

function routes(add: AddRoute, s: Services): void {
  add({
    method: 'GET',
    url: api.sources,
    permission: 'source.read',
    summary: 'A page of the list of pollution sources as of an instant',
    query: sourcesQuery.strict(),
    response: sourcesPage,
    sample: (e) => ({ query: { campaign: e.campaign }, place: null }),
    handle: ({ query, actor }) => presented(readSources(s, actor, query), presentSources),
  });
  for (const format of ['csv', 'xlsx'] as const) {
    add({
      method: 'GET',
      url: api.sourcesFile[format],
      permission: 'ledger.export',
      summary: `Every source of a question as ${format}`,
      query: sourcesQuery.omit({ after: true, limit: true }).extend({ lang: tableLanguage }).strict(),
      response: format,
      place: 'office',
      sample: (e) => ({ query: { campaign: e.campaign }, place: null }),
      handle: async ({ query: { lang, ...q }, actor, request }) => {
        const table = await exportSources(s, actor, q, tableLang(lang, request));
        return isRefusal(table) ? table : download(format, table);
      },
    });
  }
  add({
    method: 'GET',
    url: api.source,
    permission: 'source.read',
    summary: 'A pollution source as of an instant',
    params: z.object({ id: uuid }),
    query: asOfQuery.strict(),
    response: sourcePage,
    sample: (e) => ({ params: { id: e.of('source') }, query: { campaign: e.campaign }, place: e.county }),
    handle: ({ params, query, actor }) => presented(readSource(s, actor, { ...query, id: params.id }), presentSource),
  });
  add({
    method: 'POST',
    url: api.sources,
    permission: 'source.register',
    summary: 'Register a pollution source',
    body: newSource,
    response: written,
    status: 201,
    sample: (e) => ({ body: exampleSource(e), place: e.county }),
    handle: async ({ body, actor }) => {
      const done = await registerSource(s, actor, body);
      return isRefusal(done) ? done : { id: done.sourceId, acts: done.acts.length, repeated: done.repeated };
    },
  });
}

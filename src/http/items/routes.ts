import { z } from 'zod';
import { asOfQuery, idOrNumber, slug, uuid } from '../../contract/common.ts';
import { explain } from '../../contract/refusals.ts';
import { newInspection } from '../../contract/inspections.ts';
import { itemPage } from '../../contract/items.ts';
import { bulkAnswer, bulkCommand, commandAnswer, newProblem, problemCommandBodies } from '../../contract/problems.ts';
import { newSource, sourcePage } from '../../contract/sources.ts';
import { batchPage, newBatch } from '../../contract/supervision.ts';
import { api } from '../../contract/paths/api.ts';
import { scopeOf, seesCampaign } from '../../domain/access/policy.ts';
import { isRefusal, refuse } from '../../domain/kernel/refusal.ts';
import { problemVerbs, type ProblemCommand, type ProblemVerb } from '../../domain/problems/commands.ts';
import { readBatch } from '../../usecases/batches/read.ts';
import { presentCommand } from '../../usecases/items/command-answer.ts';
import { readItem } from '../../usecases/items/read.ts';
import { commandMany } from '../../usecases/problems/bulk.ts';
import { commandProblem } from '../../usecases/problems/command.ts';
import { recordProblem } from '../../usecases/problems/found.ts';
import { readSource } from '../../usecases/sources/read.ts';
import { recordInspection, registerSource } from '../../usecases/sources/write.ts';
import { issueBatch } from '../../usecases/supervision/issue-batch.ts';
import type { Services } from '../../usecases/services.ts';
import type { Feature } from '../server/feature.ts';
import type { AddRoute } from '../server/route.ts';
import { exampleProblem, exampleSource, makeItems, sampleBodies } from './example.ts';

const inCampaign = z.object({ campaign: slug }).strict();
const byId = z.object({ id: idOrNumber });
const written = z.object({ id: z.string(), acts: z.number().int(), repeated: z.boolean() });

export const items: Feature = { name: 'items', routes, examples: makeItems };

function routes(add: AddRoute, s: Services): void {
  add({
    method: 'GET',
    url: api.item,
    permission: 'item.read',
    summary: 'A problem, a case or an outside record as of an instant',
    params: byId,
    query: asOfQuery.strict(),
    response: itemPage,
    sample: (e) => ({ params: { id: e.of('problem') }, query: { campaign: e.campaign }, place: e.county }),
    handle: ({ params, query, actor }) => readItem(s, actor, { ...query, id: params.id }),
  });
  add({
    method: 'GET',
    url: api.source,
    permission: 'source.read',
    summary: 'A pollution source as of an instant',
    params: z.object({ id: uuid }),
    query: asOfQuery.strict(),
    response: sourcePage,
    sample: (e) => ({ params: { id: e.of('source') }, query: { campaign: e.campaign }, place: e.county }),
    handle: ({ params, query, actor }) => readSource(s, actor, { ...query, id: params.id }),
  });
  add({
    method: 'GET',
    url: api.batch,
    permission: 'batch.read',
    summary: 'A batch of supervision letters by city',
    params: z.object({ no: z.coerce.number().int().min(1).max(32_000) }),
    query: asOfQuery.strict(),
    response: batchPage,
    sample: (e) => ({ params: { no: 1 }, query: { campaign: e.campaign }, place: null }),
    handle: ({ params, query, actor }) => readBatch(s, actor, { ...query, no: params.no }),
  });
  for (const verb of problemVerbs) commandRoute(add, s, verb);
  add({
    method: 'POST',
    url: api.problemsBulk,
    permission: 'item.read',
    summary: 'One command for many problems, each decided by itself',
    body: bulkCommand,
    response: bulkAnswer,
    sample: (e) => ({
      body: { campaign: e.campaign, verb: 'confirm', ids: [e.of('problem')], body: {}, preview: true },
      place: null,
    }),
    handle: async ({ body, actor }) => {
      if (!seesCampaign(actor, body.campaign)) return refuse('campaign.unknown', { campaign: body.campaign });
      if (scopeOf(actor, 'item.read', body.campaign) === undefined) return refuse('access.forbidden', { verb: 'item.read' });
      const parsed = problemCommandBodies[body.verb].safeParse(body.body);
      if (!parsed.success) return refuse('input.invalid', { fields: parsed.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`) });
      const { id: _id, happenedAt: _h, version: _v, ...rest } = parsed.data as Record<string, unknown>;
      const command = { do: body.verb, ...rest } as ProblemCommand;
      const result = await commandMany(s, actor, {
        campaign: body.campaign,
        id: body.id,
        ids: body.ids,
        command,
        preview: body.preview ?? false,
      });
      return {
        done: result.done,
        refused: result.refused.map((r) => {
          const words = explain(r.refusal);
          return { id: r.id, no: r.no, code: r.refusal.code, messages: { zh: words.zh, en: words.en } };
        }),
      };
    },
  });
  add({
    method: 'POST',
    url: api.problems,
    permission: 'problem.found',
    summary: 'Record a problem that was found',
    body: newProblem,
    response: commandAnswer,
    status: 201,
    sample: (e) => ({ body: exampleProblem(e), place: e.county }),
    handle: async ({ body, actor }) => {
      const done = await recordProblem(s, actor, body);
      return isRefusal(done) ? done : presentCommand(s, actor, body.campaign, done);
    },
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

function commandRoute(add: AddRoute, s: Services, verb: ProblemVerb): void {
  add({
    method: 'POST',
    url: api.problemCommand(verb),
    permission: `problem.${verb}`,
    summary: `Command on a problem: ${verb}`,
    params: byId,
    query: inCampaign,
    body: problemCommandBodies[verb],
    response: commandAnswer,
    sample: (e) => ({ params: { id: e.of('problem') }, query: { campaign: e.campaign }, body: sampleBodies[verb], place: e.county }),
    handle: async ({ params, query, body, actor }) => {
      const { id, happenedAt, version, ...rest } = body as { id?: string; happenedAt?: string; version?: number } & Record<string, unknown>;
      const done = await commandProblem(s, actor, {
        campaign: query.campaign,
        problem: params.id,
        id,
        happenedAt,
        version,
        command: { do: verb, ...rest } as never,
      });
      return isRefusal(done) ? done : presentCommand(s, actor, query.campaign, done);
    },
  });
}

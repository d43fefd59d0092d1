import { z } from 'zod';
import { idOrNumber, slug } from '../../contract/common.ts';
import { explain } from '../../contract/refusals.ts';
import {
  alikeAnswer,
  alikeQuery,
  bulkAnswer,
  bulkCommand,
  commandAnswer,
  newProblem,
  problemCommandBodies,
} from '../../contract/problems.ts';
import { api } from '../../contract/paths/api.ts';
import { scopeOf, seesCampaign } from '../../domain/access/policy.ts';
import { isRefusal, refuse } from '../../domain/kernel/refusal.ts';
import { problemVerbs, type ProblemCommand, type ProblemVerb } from '../../domain/problems/commands.ts';
import { commandSeen } from '../../usecases/problems/answer.ts';
import { commandMany } from '../../usecases/problems/bulk.ts';
import { readDuplicates } from '../../usecases/problems/duplicates.ts';
import { commandProblem } from '../../usecases/problems/command.ts';
import { recordProblem } from '../../usecases/problems/found.ts';
import type { Services } from '../../usecases/services.ts';
import type { Feature } from '../server/feature.ts';
import { presented } from '../server/presented.ts';
import type { AddRoute } from '../server/route.ts';
import { exampleProblem, makeProblem, sampleBodies } from './example.ts';
import { presentCommand, presentDuplicates } from './present.ts';

const inCampaign = z.object({ campaign: slug }).strict();
const byId = z.object({ id: idOrNumber });

export const problems: Feature = { name: 'problems', routes, examples: makeProblem, schemas: { CommandAnswer: commandAnswer } };

function routes(add: AddRoute, s: Services): void {
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
    method: 'GET',
    url: api.problemsAlike,
    permission: 'problem.found',
    summary: 'Problems that one about to be recorded may be the same as',
    query: alikeQuery,
    response: alikeAnswer,
    sample: (e) => ({ query: { campaign: e.campaign, place: e.county, text: '外排水超标' }, place: e.county }),
    handle: ({ query, actor }) => presented(readDuplicates(s, actor, query), presentDuplicates),
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
      return isRefusal(done) ? done : presented(commandSeen(s, actor, body.campaign, done), presentCommand);
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
      return isRefusal(done) ? done : presented(commandSeen(s, actor, query.campaign, done), presentCommand);
    },
  });
}

import type { Actor, Role } from '../../src/domain/access/policy.ts';
import { addDays } from '../../src/domain/kernel/instant.ts';
import { isRefusal, type Refusal } from '../../src/domain/kernel/refusal.ts';
import { problemVerbs, type ProblemCommand } from '../../src/domain/problems/commands.ts';
import { mayDo } from '../../src/domain/problems/decide.ts';
import { foldProblem, type Problem } from '../../src/domain/problems/state.ts';
import { below, hexDigits, pick, seeded, type Random } from '../../src/demo/random.ts';
import { listActsOfStreams } from '../../src/storage/acts/read.ts';
import type { CommandDone } from '../../src/usecases/command/take.ts';
import { commandProblem } from '../../src/usecases/problems/command.ts';
import { issueBatch } from '../../src/usecases/supervision/issue-batch.ts';
import type { SmallCampaign } from '../support/campaign.ts';
import { keepFor } from '../support/kept.ts';

const someone = (id: string, org: string, ...held: Role[]): Actor => ({
  id,
  org,
  name: id,
  grants: held.map((role) => ({ role, place: 140_000, campaign: null })),
});

export const live = {
  clerk: someone('clerk.a', 'sx-office', 'clerk', 'director'),
  clerk2: someone('clerk.b', 'sx-office', 'clerk', 'director'),
  government: someone('gov.a', 'gov-somewhere', 'county-officer', 'city-officer'),
  inspector: someone('team.a', 'team-a', 'inspector'),
  acceptance: someone('acc.a', 'sx-acceptance', 'acceptance'),
} as const;

const actorFor: Partial<Record<ProblemCommand['do'], readonly Actor[]>> = {
  plan: [live.government],
  start: [live.government],
  stage: [live.government],
  claim: [live.government],
  check: [live.inspector],
  return: [live.inspector],
  accept: [live.acceptance],
  clear: [live.acceptance],
};

/** One who may give a command; always the same for the same verb, so that it can be sent again. */
export function actorOf(verb: ProblemCommand['do']): Actor {
  return actorFor[verb]?.[0] ?? live.clerk;
}

/** A command that the state chart allows, with all it needs; undefined when nothing is left to do. */
export function nextCommand(p: Problem, others: readonly Problem[], r: Random): ProblemCommand | undefined {
  // The way on more often than the ways off.
  const off = ['notFounded', 'withdraw', 'merge', 'split', 'return', 'changeBody'];
  const allowed = problemVerbs.filter((verb) => mayDo(p.state, verb) && (!off.includes(verb) || r.next() < 0.15));
  if (allowed.length === 0) return undefined;
  const verb = pick(r, allowed);
  const reason = '随机试验';
  const evidence = () => [
    {
      sha256: hexDigits(r, 64),
      kind: 'photo' as const,
      name: '照片.jpg',
      takenAt: new Date(Math.max(p.foundAt + 1000, Date.now() - 60_000)).toISOString(),
    },
  ];
  switch (verb) {
    case 'confirm':
    case 'start':
    case 'settle':
      return { do: verb };
    case 'notFounded':
    case 'return':
    case 'withdraw':
      return { do: verb, reason };
    case 'assign':
      return { do: verb, government: `gov-${p.found.place}`, department: '分局', person: '某某' };
    case 'plan':
      return {
        do: verb,
        implementer: p.found.unit,
        goal: '达标',
        deadline: p.deadline ?? '2019-12-31',
        measures: '整改',
        acceptanceBody: 'sx-acceptance',
      };
    case 'changeBody':
      return { do: verb, body: 'sx-acceptance', reason };
    case 'stage':
      return { do: verb, progress: reason };
    case 'claim':
      return { do: verb, text: reason, evidence: evidence() };
    case 'check':
      return { do: verb, text: reason };
    case 'accept':
      return { do: verb, criteria: '五项', penaltyCase: null, noPenaltyReason: reason };
    case 'clear':
      return { do: verb, decisionNo: `销${below(r, 1e9)}` };
    case 'watch':
      return { do: verb, until: addDays('2099-01-01', below(r, 90)) };
    case 'extend':
      return { do: verb, rule: pick(r, ['SX-YAN-01', 'SX-YAN-02']), days: 1 + below(r, 14), reason };
    case 'merge':
      return { do: verb, into: pick(r, others).id, reason };
    case 'split':
      return { do: verb, parts: ['一部分', '另一部分'] as never, reason };
    case 'rebound':
      return { do: verb, reason, evidence: evidence() };
  }
}

export interface Done {
  readonly problem: string;
  readonly result: CommandDone | Refusal;
}

/** Gives random commands on random problems of a campaign, and now and then issues a batch of what is confirmed. */
export async function randomCommands(c: SmallCampaign, count: number, seed: number, each?: (n: number) => Promise<void>): Promise<Done[]> {
  const r = seeded(seed, 77);
  const done: Done[] = [];
  const db = c.services.database.db;
  const ids = (
    await c.services.database.pool.query<{ id: string }>('select id from items where campaign_id = $1 and kind = $2 order by id', [
      c.row.id,
      'problem',
    ])
  ).rows.map((x) => x.id);
  for (let n = 0; n < count; n++) {
    const some = [...new Set([pick(r, ids), pick(r, ids)])];
    const problems = [...(await listActsOfStreams(db, c.row, some)).values()]
      .map((acts) => foldProblem(acts))
      .filter((p): p is Problem => p !== undefined);
    const p = problems[0] as Problem;
    if (p.state === 'confirmed' && r.next() < 0.7) {
      const result = await issueBatch(c.services, live.clerk, {
        campaign: c.slug,
        name: `补充第${n}批`,
        deadline: addDays('2099-01-01', below(r, 9)),
        problems: problems.filter((x) => x.state === 'confirmed').map((x) => x.id),
      });
      done.push({ problem: p.id, result });
    } else {
      const command = nextCommand(p, problems, r);
      if (command === undefined) continue;
      const actor = pick(r, actorFor[command.do] ?? [live.clerk, live.clerk2]);
      if (command.do === 'claim' || command.do === 'rebound') {
        for (const e of command.evidence)
          await keepFor(c.services, c.row, live.inspector, { id: p.id, no: p.found.no, place: p.found.place }, e.sha256);
      }
      const result = await commandProblem(c.services, actor, { campaign: c.slug, problem: p.id, command });
      done.push({ problem: p.id, result });
      if (!isRefusal(result))
        for (const act of result.acts) if (act.stream === 'problem' && !ids.includes(act.streamId)) ids.push(act.streamId);
    }
    await each?.(n);
  }
  return done;
}

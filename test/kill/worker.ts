// The process that is killed: gives commands through the use-cases, says on stdout what it sends and what was acknowledged.
import { v7 } from 'uuid';
import { readConfig } from '../../src/app/config.ts';
import { open } from '../../src/app/running.ts';
import { sequenceLog } from '../../src/jobs/log/sequence.ts';
import { startJobs } from '../../src/jobs/runner/runner.ts';
import { isRefusal } from '../../src/domain/kernel/refusal.ts';
import { foldProblem, type Problem } from '../../src/domain/problems/state.ts';
import { pick, seeded } from '../../src/demo/random.ts';
import { findCampaign, listActsOfStreams } from '../../src/storage/acts/read.ts';
import { commandProblem } from '../../src/usecases/problems/command.ts';
import { actorOf, nextCommand } from '../generators/live-commands.ts';

const [slug = '', seed = '1'] = process.argv.slice(2);
const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);
const { services } = await open(readConfig(process.env));
const row = await findCampaign(services.database.db, slug);
if (row === undefined) throw new Error(`no campaign ${slug}`);
const ids = (
  await services.database.pool.query<{ id: string }>("select id from items where campaign_id = $1 and kind = 'problem' order by id", [
    row.id,
  ])
).rows.map((r) => r.id);

// Numbers and signs meanwhile, as the product does.
startJobs(services, [sequenceLog], { log: () => undefined });
await Promise.all(
  [1, 2, 3, 4].map(async (lane) => {
    const r = seeded(Number(seed), lane);
    for (;;) {
      const streams = await listActsOfStreams(services.database.db, row, [pick(r, ids), pick(r, ids)]);
      const problems = [...streams.values()].map((acts) => foldProblem(acts)).filter((p): p is Problem => p !== undefined);
      const p = problems[0] as Problem;
      const command = nextCommand(p, problems, r);
      if (command === undefined) continue;
      const id = v7();
      say({ sent: { id, problem: p.id, command } });
      const sent = { campaign: slug, problem: p.id, id, command };
      const done = await commandProblem(services, actorOf(command.do), sent);
      say(isRefusal(done) ? { refused: id } : { taken: id, acts: done.acts.map((a) => a.id) });
    }
  }),
);

import type { Command } from 'commander';
import { scaledPlan, simulate } from '../../app/simulate.ts';
import { orRefuse, usage } from '../problem.ts';
import { progressLine, withServices } from '../running.ts';

export function simulateCommand(program: Command): void {
  program
    .command('simulate')
    .description('Generate a synthetic campaign of any size / 生成任意规模的合成专项行动')
    .requiredOption('--problems <n>', 'how many supervised problems')
    .option('--campaign <slug>', 'its name; sim-<n> when left out')
    .option('--seed <n>', 'another seed gives another campaign', '1')
    .option('--json', 'print one JSON object')
    .action(async (o: { problems: string; campaign?: string; seed: string; json?: boolean }) => {
      const n = Number(o.problems);
      if (!Number.isInteger(n) || n < 50 || n > 20_000_000) throw usage('--problems is a whole number from 50 to 20000000');
      const seed = Number(o.seed);
      if (!Number.isInteger(seed)) throw usage('--seed is a whole number');
      const slug = o.campaign ?? `sim-${n}`;
      if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(slug)) throw usage('--campaign: lower-case letters, digits and hyphens');
      await withServices(async ({ services }) => {
        const line = progressLine();
        const started = performance.now();
        const { plan, keyTasks } = await scaledPlan(slug, n, seed);
        const loaded = orRefuse(
          await simulate(services, plan, keyTasks, (done) => line.show(`${done.acts} acts, ${done.streams} streams`)),
        );
        line.done();
        const seconds = (performance.now() - started) / 1000;
        const answer = { campaign: slug, problems: n, streams: loaded.streams, acts: loaded.acts, seconds: Math.round(seconds * 10) / 10 };
        process.stdout.write(
          o.json === true ? `${JSON.stringify(answer)}\n` : `${slug}: ${n} problems, ${answer.acts} acts in ${answer.seconds} s\n`,
        );
      });
    });
}

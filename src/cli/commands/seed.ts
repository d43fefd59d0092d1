import type { Command } from 'commander';
import { seedDemo } from '../../app/serve.ts';
import { progressLine, withServices } from '../running.ts';

export function seedCommand(program: Command): void {
  program
    .command('seed')
    .description('Bring the demo campaign in without starting the server / 载入演示专项行动')
    .option('--json', 'print one JSON object')
    .action(async (o: { json?: boolean }) => {
      await withServices(async ({ services }) => {
        const line = progressLine();
        await seedDemo(services, { log: (text) => process.stderr.write(`${text}\n`), progress: ({ acts }) => line.show(`${acts} acts`) });
        line.done();
        process.stdout.write(o.json === true ? `${JSON.stringify({ campaign: 'shanxi-2019' })}\n` : 'shanxi-2019 is there.\n');
      });
    });
}

import { existsSync, readdirSync } from 'node:fs';
import type { Command } from 'commander';
import { exportBundle } from '../../app/operations.ts';
import { orRefuse, usage } from '../problem.ts';
import { progressLine, withServices } from '../running.ts';

export function exportCommand(program: Command): void {
  program
    .command('export')
    .description('Write what can be checked without us: log, entries, definitions, figures / 导出核验包')
    .requiredOption('--campaign <slug>', 'the campaign')
    .requiredOption('--out <folder>', 'an empty or new folder')
    .option('--personal', 'with the names of persons and their salts')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      '\nThe bundle holds every act of the campaign: give it to whoever may read all of it. Check it with: node FOLDER/clearzero-verify.mjs FOLDER',
    )
    .action(async (o: { campaign: string; out: string; personal?: boolean; json?: boolean }) => {
      if (existsSync(o.out) && readdirSync(o.out).length > 0) throw usage(`${o.out} is not empty`);
      await withServices(async ({ services }) => {
        const line = progressLine();
        const done = orRefuse(
          await exportBundle(services, o.campaign, o.out, { personal: o.personal === true }, (files) => line.show(`${files} files`)),
        );
        line.done();
        process.stdout.write(
          o.json === true
            ? `${JSON.stringify({ campaign: o.campaign, ...done })}\n`
            : `${o.campaign}: ${done.size} entries in ${done.files} files under ${o.out}\n`,
        );
      });
    });
}

import type { Command } from 'commander';
import { readConfig } from '../../app/config.ts';
import { demoPassword } from '../../app/demo-accounts.ts';
import { demoAccounts, serve } from '../../app/serve.ts';
import { progressLine } from '../running.ts';

/** Acts of the demo campaign, for the progress bar only. */
const expectedActs = 106_000;

export function serveCommand(program: Command): void {
  program
    .command('serve')
    .description('Run the server / 启动服务')
    .option('--open-campaign <name>', 'seed a campaign on the first start: demo')
    .option('--json', 'print one JSON object when it listens')
    .action(async (o: { openCampaign?: string; json?: boolean }) => {
      const say = (text: string) => process.stderr.write(`${text}\n`);
      const line = progressLine();
      const demo = o.openCampaign === 'demo';
      let quarter = 0;
      const started = await serve({
        config: readConfig(process.env),
        demo,
        log: say,
        progress: ({ acts }) => {
          const share = Math.min(1, acts / expectedActs);
          line.show(`Seeding shanxi-2019 [${'#'.repeat(Math.round(share * 30)).padEnd(30, '.')}] ${Math.round(share * 100)} %`);
          if (!process.stderr.isTTY && Math.floor(share * 4) > quarter) {
            quarter = Math.floor(share * 4);
            say(`Seeding shanxi-2019: ${quarter * 25} %`);
          }
        },
      });
      line.done();
      if (o.json === true) process.stdout.write(`${JSON.stringify({ address: started.address })}\n`);
      else {
        process.stdout.write(`\n清零 Clearzero: ${started.address}\n`);
        if (demo) {
          process.stdout.write(`\nDemo accounts, password ${demoPassword}:\n`);
          for (const a of demoAccounts) process.stdout.write(`  ${a.username.padEnd(12)} ${a.role} (${a.name})\n`);
          process.stdout.write('\nThe demo campaign shanxi-2019 is synthetic: only the published figures are real. Ctrl-C stops.\n');
        }
      }
      let stopping = false;
      const stop = () => {
        if (stopping) return;
        stopping = true;
        // A connection that never ends must not keep the server up.
        setTimeout(() => process.exit(1), 10_000).unref();
        void started.close().then(
          () => process.exit(0),
          () => process.exit(1),
        );
      };
      process.on('SIGINT', stop);
      process.on('SIGTERM', stop);
    });
}

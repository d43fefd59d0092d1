import type { Command } from 'commander';
import { campaignSlugs, rebuildCampaign, type RebuildReport } from '../../app/operations.ts';
import { exit, orRefuse } from '../problem.ts';
import { progressLine, withServices } from '../running.ts';

export function rebuildCommand(program: Command): void {
  program
    .command('rebuild')
    .description('Make the projections again from the acts and prove that nothing changed / 由记录重建并核对投影')
    .option('--campaign <slug>', 'one campaign; all when left out')
    .option('--json', 'print one JSON object a campaign')
    .addHelpText(
      'after',
      '\nEvery act is checked against its hash on the way. Commands wait until the rebuild is done. Exit code 1: a table was not as the acts say (it is now), or an act is not as its hash says.',
    )
    .action(async (o: { campaign?: string; json?: boolean }) => {
      await withServices(async ({ services }) => {
        const line = progressLine();
        for (const slug of o.campaign === undefined ? await campaignSlugs(services) : [o.campaign]) {
          const report = orRefuse(
            await rebuildCampaign(services, slug, (done) => line.show(`${slug}: ${done.acts} acts, ${done.streams} streams`)),
          );
          line.done();
          process.stdout.write(o.json === true ? `${JSON.stringify(report)}\n` : inWords(report));
          if (!report.same) process.exitCode = exit.no;
        }
      });
    });
}

function inWords(r: RebuildReport): string {
  const lines = [`${r.campaign}: ${r.acts} acts in ${r.streams} streams, rebuilt`];
  for (const t of r.tables) {
    const rows = t.before.rows === t.after.rows ? String(t.after.rows) : `${t.before.rows} -> ${t.after.rows}`;
    const hash = t.before.hash === t.after.hash ? t.after.hash : `${t.before.hash} -> ${t.after.hash}`;
    lines.push(`  ${t.same ? 'same   ' : 'DIFFERS'} ${t.table.padEnd(14)} ${rows} rows, digest ${hash}`);
  }
  if (r.firstBad !== null) {
    const { id, stream, streamId, seq, what } = r.firstBad;
    lines.push(`  BAD ACT ${id}: number ${seq} of ${stream} ${streamId} (${what}); ${r.badActs} in all`);
  }
  return `${lines.join('\n')}\n`;
}

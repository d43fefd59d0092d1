import type { Command } from 'commander';
import { readConfig } from '../../app/config.ts';
import { examineInstallation } from '../../app/doctor.ts';
import { exit } from '../problem.ts';

export function doctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('Examine the installation: versions, durability, schema, room / 检查安装：版本、持久性、结构、空间')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExit code 1: something fails. A warning alone is 0.')
    .action(async (o: { json?: boolean }) => {
      const findings = await examineInstallation(readConfig(process.env));
      const failed = findings.some((f) => f.state === 'fail');
      if (o.json === true) process.stdout.write(`${JSON.stringify({ ok: !failed, findings })}\n`);
      else {
        for (const f of findings) {
          process.stdout.write(
            `${f.state.padEnd(4)}  ${f.name.padEnd(22)} ${f.value}${f.advice === undefined ? '' : `  -> ${f.advice}`}\n`,
          );
        }
      }
      if (failed) process.exitCode = exit.no;
    });
}

import { Command, CommanderError } from 'commander';
import { backupCommand } from './commands/backup.ts';
import { doctorCommand } from './commands/doctor.ts';
import { exportCommand } from './commands/export.ts';
import { figuresCommand } from './commands/figures.ts';
import { seedCommand } from './commands/seed.ts';
import { serveCommand } from './commands/serve.ts';
import { importCommand } from './commands/import.ts';
import { rebuildCommand } from './commands/rebuild.ts';
import { restoreCommand } from './commands/restore.ts';
import { simulateCommand } from './commands/simulate.ts';
import { userCommand } from './commands/user.ts';
import { verifyCommand } from './commands/verify.ts';
import { exit, report, usage } from './problem.ts';

const program = new Command('clearzero')
  .description('Clearzero (清零): campaigns whose figures can be proved as of any moment')
  .showHelpAfterError(false)
  .exitOverride()
  .configureOutput({ writeErr: () => undefined });

serveCommand(program);
figuresCommand(program);
userCommand(program);
importCommand(program);
simulateCommand(program);
rebuildCommand(program);
seedCommand(program);
exportCommand(program);
backupCommand(program);
restoreCommand(program);
verifyCommand(program);
doctorCommand(program);

for (const command of program.commands) command.exitOverride().configureOutput({ writeErr: () => undefined });

const json = process.argv.includes('--json');
// A command ends in words, also when something breaks that nobody waited for. The server's own log keeps the trace.
if (process.argv[2] !== 'serve') {
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => process.exit(report(error, json)));
  }
}
// Whoever reads our output may have read enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? exit.ok : report(error, json)));
try {
  await program.parseAsync(process.argv);
} catch (error) {
  if (error instanceof CommanderError && error.code === 'commander.help' && error.exitCode !== 0) {
    process.stderr.write(program.helpInformation());
    process.exitCode = exit.usage;
  } else if (error instanceof CommanderError) {
    // Help and version end here too, with code 0.
    process.exitCode = error.exitCode === 0 ? exit.ok : report(usage(error.message.replace(/^error: /, '')), json);
  } else process.exitCode = report(error, json);
}

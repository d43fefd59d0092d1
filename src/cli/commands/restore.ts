import { statSync } from 'node:fs';
import type { Command } from 'commander';
import { drill, readIdentities, restoreInto } from '../../app/operations.ts';
import { readConfig } from '../../app/config.ts';
import { exit, orRefuse, usage } from '../problem.ts';
import { progressLine } from '../running.ts';
import { passphraseFromInput, size } from './backup.ts';

export function restoreCommand(program: Command): void {
  program
    .command('restore')
    .description('Restore a backup into an empty place, or try it out / 恢复备份或演练')
    .argument('<file>', 'the backup')
    .option('--identity <file>', 'file with the age keys that open it; else a passphrase is read from standard input')
    .option('--drill', 'restore into a place of its own, verify everything, compare the roots, remove it again')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      '\nThe place is CLEARZERO_DATA (and DATABASE_URL); it must be empty. Exit code 1: the drill did not end on the roots the backup was made at. A damaged backup is refused, and where it is damaged is named.\nDo not let a restored installation and the original both go on signing: their logs would fork, and witnesses would say so.',
    )
    .action(async (file: string, o: { identity?: string; drill?: boolean; json?: boolean }) => {
      if (!statSync(file, { throwIfNoEntry: false })?.isFile()) throw usage(`${file} is not a file`);
      const opening = o.identity === undefined ? { passphrase: passphraseFromInput() } : { identities: identities(o.identity) };
      const line = progressLine();
      const show = (bytes: number, what: string) => line.show(`${size(bytes)} ${what}`);
      const config = readConfig(process.env);
      if (o.drill === true) {
        const done = orRefuse(await drill(config, file, opening, () => undefined, show));
        line.done();
        const words = done.logs.map(
          (l) =>
            `  ${l.first === null && l.same ? 'ok ' : 'BAD'} ${l.campaign}: ${l.size} acts, root ${l.root}${l.first === null ? '' : `; ${l.first}`}\n`,
        );
        process.stdout.write(
          o.json === true
            ? `${JSON.stringify(done)}\n`
            : `${done.rows} rows, ${done.evidence} evidence files restored and verified\n${words.join('')}`,
        );
        if (!done.ok) process.exitCode = exit.no;
        return;
      }
      const done = orRefuse(await restoreInto(config, file, opening, () => undefined, show));
      line.done();
      process.stdout.write(
        o.json === true
          ? `${JSON.stringify({ madeAt: done.header.madeAt, rows: done.rows, evidence: done.evidence, logs: done.header.logs })}\n`
          : `${done.rows} rows and ${done.evidence} evidence files of ${done.header.madeAt} restored; check them with: clearzero verify\n`,
      );
    });
}

function identities(path: string): string[] {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) throw usage(`${path} is not a file`);
  const list = readIdentities(path);
  if (list.length === 0) throw usage(`${path} holds no age key`);
  return list;
}

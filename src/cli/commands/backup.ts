import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { makeBackup } from '../../app/operations.ts';
import { usage } from '../problem.ts';
import { progressLine, withServices } from '../running.ts';

/** The passphrase from standard input, so that it stands in no process list and no shell history. */
export function passphraseFromInput(): string {
  const text = readFileSync(0, 'utf8').split('\n')[0] ?? '';
  if (text.length < 12) throw usage('give a passphrase of at least 12 characters on standard input, or keys');
  return text;
}

export const size = (bytes: number) => `${(bytes / 1024 ** 2).toFixed(1)} MiB`;

export function backupCommand(program: Command): void {
  program
    .command('backup')
    .description('Write an encrypted backup: database, signing key, evidence / 加密备份')
    .requiredOption('--out <file>', 'where to write it')
    .option('--recipient <age1...>', 'public age key that can open it (repeatable)', (v: string, all: string[]) => [...all, v], [])
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      '\nWithout --recipient a passphrase is read from standard input. It may run while the product runs. Whoever can open a backup can sign as this installation. Try it out: clearzero restore FILE --drill',
    )
    .action(async (o: { out: string; recipient: string[]; json?: boolean }) => {
      const bad = o.recipient.find((r) => !/^age1[02-9ac-hj-np-z]+$/.test(r));
      if (bad !== undefined) throw usage(`${bad.slice(0, 40)} is not a public age key (age1...)`);
      const secret = o.recipient.length > 0 ? { recipients: o.recipient } : { passphrase: passphraseFromInput() };
      await withServices(async ({ services }) => {
        const line = progressLine();
        const done = await makeBackup(services, o.out, secret, (bytes, what) => line.show(`${size(bytes)} ${what}`));
        line.done();
        process.stdout.write(
          o.json === true
            ? `${JSON.stringify({ file: o.out, ...done })}\n`
            : `${o.out}: ${size(done.bytes)}, ${done.evidence} evidence files\n${done.logs.map((l) => `  ${l.campaign}: ${l.size} acts, root ${l.root}\n`).join('')}`,
        );
      });
    });
}

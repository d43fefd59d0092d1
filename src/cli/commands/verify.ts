import { readFileSync, statSync } from 'node:fs';
import type { Command } from 'commander';
import { campaignSlugs, loadVerifier, verifyFolder, verifyLive, type LiveCheck } from '../../app/operations.ts';
import { exit, orRefuse, usage } from '../problem.ts';
import { progressLine, withServices } from '../running.ts';

export function verifyCommand(program: Command): void {
  program
    .command('verify')
    .description('Check the signed log, every act, every published figure and the evidence / 核验日志、记录、已公布的指标与证据')
    .argument('[bundle]', 'folder of an exported bundle; the running installation when left out')
    .option('--campaign <slug>', 'one campaign of the installation; all when left out')
    .option('--key <name+hash+key>', 'public key that the checkpoint must be signed by; else the one in the bundle')
    .option('--witness <name+hash+key>', 'a witness that must have signed too (repeatable)', (v: string, all: string[]) => [...all, v], [])
    .option(
      '--seen <file>',
      'a checkpoint or a receipt that somebody kept, which the bundle must hold (repeatable)',
      (v: string, all: string[]) => [...all, v],
      [],
    )
    .option('--json', 'print one JSON object a campaign')
    .addHelpText(
      'after',
      '\nA bundle is checked without database and server, by verifier/clearzero-verify.mjs, which also runs alone. Exit code 1: something does not hold; the first bad entry is named.',
    )
    .action(
      async (bundle: string | undefined, o: { campaign?: string; key?: string; witness: string[]; seen: string[]; json?: boolean }) => {
        const line = progressLine();
        const show = (done: number, of: number) => line.show(`${done} of ${of} entries`);
        if (bundle !== undefined) {
          if (o.campaign !== undefined) throw usage('give either a bundle or --campaign');
          if (!statSync(bundle, { throwIfNoEntry: false })?.isDirectory()) throw usage(`${bundle} is not a folder`);
          const seen = o.seen.map((name) => ({ name, text: keptText(name) }));
          const result = await verifyFolder(bundle, { key: o.key, witnesses: o.witness, seen }, show);
          line.done();
          const { inWords } = await loadVerifier();
          process.stdout.write(o.json === true ? `${JSON.stringify(result)}\n` : inWords(result));
          if (!result.ok) process.exitCode = exit.no;
          return;
        }
        if (o.key !== undefined || o.witness.length + o.seen.length > 0) throw usage('--key, --witness and --seen are for bundles');
        await withServices(async ({ services }) => {
          for (const slug of o.campaign === undefined ? await campaignSlugs(services) : [o.campaign]) {
            const check = orRefuse(await verifyLive(services, slug, show));
            line.done();
            process.stdout.write(o.json === true ? `${JSON.stringify(check)}\n` : liveWords(check));
            if (!check.ok) process.exitCode = exit.no;
          }
        });
      },
    );
}

function keptText(name: string): string {
  try {
    return readFileSync(name, 'utf8');
  } catch {
    throw usage(`${name} cannot be read`);
  }
}

/** The verdict first: whoever reads one line knows. */
export function liveWords(check: LiveCheck): string {
  const { log, faults } = check;
  const lines = [
    check.ok ? `OK  ${check.campaign}: everything holds` : `BAD ${check.campaign}: ${faults.length} fault${faults.length === 1 ? '' : 's'}`,
    ...faults.slice(0, 20).map((fault, i) => `${i === 0 ? '  1.' : '    '} ${fault}`),
    ...(log === null
      ? []
      : [`    ${log.entries} entries replayed of ${log.size ?? '?'}; root ${log.root ?? '?'}; ${log.checkpoints} checkpoints`]),
    ...(log === null
      ? []
      : [`    ${log.figures} figures recomputed, ${log.evidence} evidence files; ${log.erased} personal values erased`]),
    `    key ${check.key}`,
  ];
  return `${lines.join('\n')}\n`;
}

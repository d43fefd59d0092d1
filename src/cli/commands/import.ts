import { createWriteStream, existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import { stringify } from 'csv-stringify';
import { importSnapshot, readMapping, type ImportReport } from '../../app/operations.ts';
import { seedsFolder } from '../../app/seeds.ts';
import { parseInstant } from '../../domain/kernel/instant.ts';
import { refuse } from '../../domain/kernel/refusal.ts';
import { CommandRefused, exit, orRefuse, usage } from '../problem.ts';
import { progressLine, withServices } from '../running.ts';

interface Options {
  mapping: string;
  recordedAt: string;
  rejects?: string;
  check?: boolean;
  json?: boolean;
}

/** How many listed rows the answer itself carries; all of them go into --rejects. */
const shownRows = 1000;
const printedRows = 20;

export function importCommand(program: Command): void {
  program
    .command('import')
    .description('Bring a dated register of another regulator in as a historic campaign / 导入其他主管部门的登记册')
    .argument('<file...>', 'one snapshot: .csv or .csv.gz files')
    .requiredOption('--mapping <file>', 'how to read them: a JSON file, or the name of one that comes along (us-phmsa, tw-epa)')
    .requiredOption('--recorded-at <instant>', 'when the snapshot was taken, ISO 8601 with an offset')
    .option('--rejects <file>', 'write every rejected, repeated and implausible row to this CSV file')
    .option('--check', 'only read the files; exit code 1 if a row would be rejected')
    .option('--json', 'print one JSON object')
    .action(async (files: string[], o: Options) => {
      const recordedAt = parseInstant(o.recordedAt);
      if (recordedAt === undefined) throw new CommandRefused(refuse('asof.malformed', { value: o.recordedAt.slice(0, 60) }));
      const twice = files.find((f, i) => files.findIndex((other) => resolve(other) === resolve(f)) !== i);
      if (twice !== undefined) throw usage(`the file ${twice} is given twice`);
      const mapping = orRefuse(readMapping(await mappingText(o.mapping)));
      // A list that cannot be written should be known before anything is loaded.
      if (o.rejects !== undefined) await writeFile(o.rejects, '');
      const line = progressLine();
      const answer = await withServices(async ({ services }) => {
        const done = await importSnapshot(services, {
          mapping,
          recordedAt,
          files,
          checkOnly: o.check === true,
          progress: (stage, n) => line.show(stage === 'reading' ? `${n} rows read` : `${n} acts written`),
        });
        line.done();
        return orRefuse(done);
      });
      if (o.rejects !== undefined) await writeListed(o.rejects, answer);
      const { listed, ...rest } = answer;
      if (o.json === true)
        process.stdout.write(`${JSON.stringify({ ...rest, listedInAll: listed.length, listed: listed.slice(0, shownRows) })}\n`);
      else print(answer, o.rejects);
      if (o.check === true && answer.files.some((f) => f.rejected > 0)) process.exitCode = exit.no;
    });
}

async function mappingText(name: string): Promise<string> {
  const own = new URL(`registers/${name}.json`, seedsFolder);
  const path = !existsSync(name) && /^[a-z0-9-]+$/.test(name) && existsSync(own) ? own : name;
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw usage(`--mapping ${name}: there is no such file`);
    throw error;
  }
}

/** A spreadsheet program runs no cell of this file: texts that look like formulas are quoted with an apostrophe. */
async function writeListed(path: string, answer: ImportReport): Promise<void> {
  const columns = ['kind', 'file', 'row', 'key', 'reason', 'column', 'value'];
  await pipeline(answer.listed, stringify({ header: true, columns, escape_formulas: true, bom: true }), createWriteStream(path));
}

function print(a: ImportReport, rejects: string | undefined): void {
  const out = (text: string) => process.stdout.write(`${text}\n`);
  const outcome = {
    opened: 'opened',
    loaded: 'loaded',
    'nothing-changed': 'nothing changed, nothing was written',
    checked: 'only checked, nothing was written',
  }[a.outcome];
  out(`${a.campaign}  recorded at ${a.recordedAt}: ${outcome} (${a.acts} acts)`);
  for (const f of a.files) {
    out(
      `  ${f.file} [${f.register}]: ${f.rows} rows = ${f.accepted} accepted + ${f.duplicates} duplicates + ${f.rejected} rejected; ${f.implausible} implausible values`,
    );
  }
  const { late, ...changes } = a.changes;
  out(
    `  ${Object.entries(changes)
      .map(([name, n]) => `${name} ${n}`)
      .join(', ')}${late > 0 ? ` (${late} of those that appeared were opened before the snapshot before)` : ''}`,
  );
  for (const [kind, reasons] of Object.entries(a.reasons))
    for (const [reason, n] of Object.entries(reasons)) out(`  ${kind}: ${reason} ${n}`);
  for (const text of a.warnings) out(`  warning: ${text}`);
  for (const u of a.unlisted.slice(0, printedRows)) out(`  not in list ${u.list}: "${u.value}" (${u.count})`);
  for (const b of a.bridges) {
    out(`  ${b.name.en} (${a.currency.code})`);
    for (const l of b.lines)
      out(
        `    ${l.kind === 'minus' ? '-' : '='} ${money(l.amount, a.currency.digits).padStart(20)}  ${String(l.count).padStart(7)}  ${l.name.en}`,
      );
    out(b.exact ? '    adds up exactly' : '    DOES NOT ADD UP');
  }
  const rejected = a.listed.filter((l) => l.kind === 'rejected');
  for (const l of rejected.slice(0, printedRows)) out(`  rejected: ${l.file} row ${l.row} ${l.key} ${l.reason} ${l.column} ${l.value}`);
  if (rejected.length > printedRows) out(`  ... and ${rejected.length - printedRows} more`);
  if (a.listed.length > 0)
    out(`  ${a.listed.length} listed${rejects === undefined ? '; give --rejects FILE for all of them' : ` in ${rejects}`}`);
}

/** Whole units with the digits that the currency keeps; no digits when they are all zero. */
function money(minor: number, digits: number): string {
  const unit = 10 ** digits;
  const whole = Math.trunc(Math.abs(minor) / unit).toLocaleString('en-US');
  const rest = Math.abs(minor) % unit;
  return `${minor < 0 ? '-' : ''}${whole}${rest === 0 ? '' : `.${String(rest).padStart(digits, '0')}`}`;
}

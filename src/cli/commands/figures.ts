import type { Command } from 'commander';
import { installation, presentFigureSet, presentRecords, readFigure, readFigureSet, readRecords } from '../../app/operations.ts';
import { orRefuse, usage } from '../problem.ts';
import { withServices } from '../running.ts';

interface Options {
  campaign: string;
  asOf?: string;
  set?: string;
  figure?: string;
  filter: string[];
  records?: boolean;
  part: string;
  json?: boolean;
}

export function figuresCommand(program: Command): void {
  program
    .command('figures')
    .description('Print figures of a campaign as of an instant / 打印某一时刻的指标')
    .requiredOption('--campaign <slug>', 'the campaign, such as shanxi-2019')
    .option('--as-of <instant>', 'ISO 8601 with an offset, inclusive; the newest instant when left out')
    .option('--set <name>', 'a set of figures: press')
    .option('--figure <id>', 'one figure of the dictionary')
    .option('--filter <key=value>', 'restrict the figure: batches, city, county, aspect, type, measure (repeatable)', collect, [])
    .option('--records', 'print the records it counts, one JSON object a line')
    .option('--part <part>', 'numerator, denominator or difference', 'numerator')
    .option('--json', 'print one JSON object')
    .action(async (o: Options) => {
      if ((o.set === undefined) === (o.figure === undefined)) throw usage('give either --set or --figure');
      if (o.records === true && o.figure === undefined) throw usage('--records needs --figure');
      if (!['numerator', 'denominator', 'difference'].includes(o.part)) throw usage(`unknown part ${o.part}`);
      await withServices(async ({ services }) => {
        const base = { campaign: o.campaign, asOf: o.asOf };
        if (o.set !== undefined) {
          if (o.filter.length > 0) throw usage('--filter needs --figure');
          print(presentFigureSet(orRefuse(await readFigureSet(services, installation, { ...base, set: o.set }))), o.json === true);
          return;
        }
        const query = { ...base, id: o.figure as string, filter: filterOf(o.filter) };
        if (o.records === true) {
          let after: string | undefined;
          do {
            const page = orRefuse(await readRecords(services, installation, { ...query, part: o.part as 'numerator', after, limit: 1000 }));
            for (const record of presentRecords(page).records) process.stdout.write(`${JSON.stringify(record)}\n`);
            after = page.next ?? undefined;
          } while (after !== undefined);
          return;
        }
        const { standing, figure } = orRefuse(await readFigure(services, installation, query));
        print(presentFigureSet({ standing, figures: figure === null ? [] : [figure] }), o.json === true);
      });
    });
}

function collect(value: string, all: string[]): string[] {
  return [...all, value];
}

function filterOf(list: readonly string[]): Record<string, string> {
  const out: Record<string, string> = {};
  for (const text of list) {
    const i = text.indexOf('=');
    if (i <= 0) throw usage(`--filter ${text}: write key=value`);
    const key = text.slice(0, i);
    // `batches=1 --filter batches=2` adds up; any other key stands once.
    out[key] = key === 'batches' && out[key] !== undefined ? `${out[key]},${text.slice(i + 1)}` : text.slice(i + 1);
  }
  return out;
}

interface Answer {
  campaign: string;
  asOf: string;
  watermark: string;
  logSize: number;
  figures: readonly { id: string; filter: object; numerator: number; denominator: number | null; value: number | null; unit: string }[];
}

function print(answer: Answer, json: boolean): void {
  if (json) {
    process.stdout.write(`${JSON.stringify(answer)}\n`);
    return;
  }
  process.stdout.write(`${answer.campaign}  as of ${answer.asOf}  (watermark ${answer.watermark}, ${answer.logSize} acts)\n`);
  for (const f of answer.figures) {
    const filter = Object.keys(f.filter).length === 0 ? '' : ` ${JSON.stringify(f.filter)}`;
    const value =
      f.denominator === null
        ? String(f.numerator)
        : `${f.numerator} / ${f.denominator}${f.value === null ? '' : ` = ${(f.value * 100).toFixed(2)} %`}`;
    process.stdout.write(`${`${f.id}${filter}`.padEnd(52)} ${value} ${f.unit === 'ratio' ? '' : f.unit}\n`);
  }
}

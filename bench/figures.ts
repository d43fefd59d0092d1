import { readFigureSet } from '../src/usecases/figures/read.ts';
import { readRecords } from '../src/usecases/figures/records.ts';
import { add, ms, percentile, timed } from './report.ts';
import { columnOf, foldSql } from './fold.ts';
import { iso, must, office, pastInstants, type Setting } from './setting.ts';

/** The published set as of now and as of past instants, beside a query that folds the acts. */
export async function pressSet(x: Setting): Promise<void> {
  const { services } = x.running;
  const read = (asOf?: string) => timed(async () => must(await readFigureSet(services, office, { campaign: x.slug, asOf, set: 'press' })));
  for (let i = 0; i < 5; i++) await read();
  const now: number[] = [];
  for (let i = 0; i < 60; i++) now.push((await read()).took);
  const past: number[] = [];
  const instants = pastInstants(60);
  for (const at of instants) past.push((await read(iso(at))).took);
  const fold: number[] = [];
  for (const at of instants.slice(0, 5)) {
    const folded = await timed(() => services.database.pool.query<Record<string, number>>(foldSql, [x.campaignId, iso(at)]));
    fold.push(folded.took);
    const answer = (await read(iso(at))).value;
    for (const f of answer.figures) {
      const other = Number(folded.value.rows[0]?.[columnOf(f.id, f.filter as Record<string, unknown>)]);
      if (other !== f.numerator) throw new Error(`${f.id} ${JSON.stringify(f.filter)} at ${iso(at)}: ${f.numerator}, folded ${other}`);
    }
  }
  const nowP95 = percentile(now, 95);
  const pastP95 = percentile(past, 95);
  const foldP50 = percentile(fold, 50);
  const goal = x.problems >= 1_000_000 ? 'p95 <= 100 ms' : '';
  const within = x.problems >= 1_000_000 ? (n: number) => n <= 100 : () => null;
  add({
    section: 'press',
    what: 'press set as of now',
    measured: `p50 ${ms(percentile(now, 50))}, p95 ${ms(nowP95)}`,
    limit: '',
    ratio: '',
    goal,
    ok: within(nowP95),
  });
  add({
    section: 'press',
    what: 'press set as of 60 random past instants',
    measured: `p50 ${ms(percentile(past, 50))}, p95 ${ms(pastP95)}`,
    limit: '',
    ratio: '',
    goal,
    ok: within(pastP95),
  });
  const ratio = percentile(past, 50) / percentile(now, 50);
  add({
    section: 'press',
    what: 'past against now, at p50',
    measured: ms(percentile(past, 50)),
    limit: `now ${ms(percentile(now, 50))}`,
    ratio: ratio.toFixed(2),
    goal: '<= 2',
    ok: ratio <= 2,
  });
  const faster = foldP50 / percentile(past, 50);
  add({
    section: 'press',
    what: 'past against a scan that folds the acts, at p50',
    measured: ms(percentile(past, 50)),
    limit: `fold ${ms(foldP50)}`,
    ratio: `${faster.toFixed(0)}x`,
    goal: '>= 20x',
    ok: faster >= 20,
  });
}

const asked: readonly { id: string; filter: Record<string, string>; part?: 'denominator' | 'difference' }[] = [
  { id: 'problems.supervised', filter: {} },
  { id: 'problems.rectified', filter: { batches: '1,2,3' } },
  { id: 'problems.overdue', filter: {} },
  { id: 'problems.open', filter: { city: '141000' } },
  { id: 'problems.claimed', filter: { aspect: 'boilers' } },
  { id: 'clearance.net', filter: {} },
  { id: 'clearance.rate', filter: { batches: '1,2,3' }, part: 'difference' },
  { id: 'sources.inspected', filter: {} },
  { id: 'fines.total', filter: { city: '140100' } },
];

/** Pages of 100 records that figures count: the first, and one further on, now and in the past. */
export async function recordPages(x: Setting): Promise<void> {
  const { services } = x.running;
  const all: number[] = [];
  for (const asOf of [undefined, ...pastInstants(4).map(iso)]) {
    for (const { id, filter, part } of asked) {
      const ask = (after?: string) =>
        timed(async () =>
          must(await readRecords(services, office, { campaign: x.slug, asOf, id, filter, part: part ?? 'numerator', after, limit: 100 })),
        );
      await ask();
      const took: number[] = [];
      for (let i = 0; i < 3; i++) {
        const first = await ask();
        took.push(first.took);
        if (first.value.next !== null) took.push((await ask(first.value.next)).took);
      }
      all.push(...took);
      if (percentile(took, 95) > 50)
        process.stdout.write(
          `     slow: ${id} ${JSON.stringify(filter)} ${part ?? ''} as of ${asOf ?? 'now'}: ${took.map(ms).join(', ')}\n`,
        );
    }
  }
  const p95 = percentile(all, 95);
  add({
    section: 'pages',
    what: `page of 100 records of a figure (${asked.length} figures, now and past)`,
    measured: `p50 ${ms(percentile(all, 50))}, p95 ${ms(p95)}, max ${ms(Math.max(...all))}`,
    limit: '',
    ratio: '',
    goal: 'p95 <= 50 ms',
    ok: p95 <= 50,
  });
}

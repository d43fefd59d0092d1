import { readLedger, readLedgerTotal, type LedgerAsk } from '../src/usecases/ledger/read.ts';
import { add, ms, percentile, timed } from './report.ts';
import { iso, must, office, pastInstants, type Setting } from './setting.ts';

type Question = Omit<LedgerAsk, 'campaign'>;

/** Questions whose filters the roll-ups know. */
const known: readonly Question[] = [
  {},
  { city: '141000' },
  { county: '140105' },
  { state: 'cleared' },
  { state: 'rectifying,staged,returned', batches: '4,5' },
  { batches: '1,2,3' },
  { aspect: 'boilers' },
  { type: 'construction-dust', state: 'cleared' },
  { view: 'open' },
  { view: 'claimed' },
];

/** Questions they do not know: text, clue, deadlines, kinds within a place. */
const unknown: readonly Question[] = [
  { q: '污水' },
  { q: '洗煤 直排' },
  { q: 'SX2019-4711' },
  { clue: 'hotline' },
  { view: 'overdue' },
  { view: 'due7' },
  { view: 'mine' },
  { aspect: 'boilers', city: '140100' },
];
const sorts = ['deadline', '-deadline', 'no', '-no', 'found', '-found', 'place', 'state', 'updated', '-updated'];

/** Pages of 100 lines, every filter under every order, now and as of past instants. */
export async function ledgerPages(x: Setting): Promise<void> {
  const { services } = x.running;
  for (const [name, instants] of [
    ['now', [undefined]],
    ['past', pastInstants(2).map(iso)],
  ] as const) {
    const all: number[] = [];
    const slow: string[] = [];
    for (const asOf of instants) {
      for (const q of [...known, ...unknown]) {
        for (const sort of sorts) {
          const ask = (after?: string) =>
            timed(async () => must(await readLedger(services, office, { campaign: x.slug, asOf, ...q, sort, limit: 100, after })));
          await ask();
          const first = await ask();
          const took = [first.took];
          if (first.value.next !== null) took.push((await ask(first.value.next)).took);
          all.push(...took);
          if (Math.max(...took) > 50) slow.push(`${JSON.stringify(q)} by ${sort}: ${took.map(ms).join(', ')}`);
        }
      }
    }
    for (const s of slow) process.stdout.write(`     slow (${name}): ${s}\n`);
    const p95 = percentile(all, 95);
    add({
      section: 'pages',
      what: `page of 100 ledger rows, ${name} (${known.length + unknown.length} filters x ${sorts.length} orders)`,
      measured: `p50 ${ms(percentile(all, 50))}, p95 ${ms(p95)}, max ${ms(Math.max(...all))}`,
      limit: '',
      ratio: '',
      goal: 'p95 <= 50 ms',
      ok: p95 <= 50,
    });
  }
}

/** The exact total that stands beside a page. */
export async function totals(x: Setting): Promise<void> {
  const { services } = x.running;
  for (const [name, list, goal] of [
    ['filters that the roll-ups know', known, 50],
    ['any other filter', unknown, 500],
  ] as const) {
    const all: number[] = [];
    for (const asOf of [undefined, ...pastInstants(3).map(iso)]) {
      for (const q of list) {
        const ask = () => timed(async () => must(await readLedgerTotal(services, office, { campaign: x.slug, asOf, ...q })));
        await ask();
        const took = [(await ask()).took, (await ask()).took];
        all.push(...took);
        if (Math.max(...took) > goal)
          process.stdout.write(`     slow: total of ${JSON.stringify(q)} as of ${asOf ?? 'now'}: ${took.map(ms).join(', ')}\n`);
      }
    }
    const p95 = percentile(all, 95);
    add({
      section: 'totals',
      what: `exact total, ${name}`,
      measured: `p50 ${ms(percentile(all, 50))}, p95 ${ms(p95)}, max ${ms(Math.max(...all))}`,
      limit: '',
      ratio: '',
      goal: `<= ${goal} ms`,
      ok: Math.max(...all) <= goal,
    });
  }
}

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { campaign, people, testApp, type TestApp } from '../../../test/support/app.ts';
import type { DashboardView } from '../../contract/dashboard.ts';

let app: TestApp;
let instants: string[];
beforeAll(async () => {
  app = await testApp(150);
  const { rows } = await app.services.database.pool.query<{ from: number; to: number }>(
    "select min(recorded_at) as from, max(recorded_at) as to from acts where campaign_id = 1 and kind <> 'CampaignOpened'",
  );
  const { from, to } = rows[0] as { from: number; to: number };
  // Not at even steps: an answer that is right at midnight only would be found.
  instants = Array.from({ length: 20 }, (_, i) => new Date(from + ((to - from) * (i + 1) ** 1.1) / 20 ** 1.1).toISOString());
}, 120_000);
afterAll(() => app?.close());

/** Everybody who may open the dashboard, one of each jurisdiction. */
const readers = ['director', 'linfen', 'taiyuan', 'hongtong', 'auditor'];

interface Claim {
  readonly widget: string;
  readonly id: string;
  readonly filter: Readonly<Record<string, unknown>>;
  readonly asOf: string;
  readonly numerator: number;
  readonly denominator?: number | null;
}

/** Every number of a dashboard with the figure that it claims to be. */
function claims(d: DashboardView): Claim[] {
  const of = (widget: string) => (f: DashboardView['headline'][number]) => ({
    ...{ widget, id: f.id, filter: f.filter, asOf: d.watermark, numerator: f.numerator, denominator: f.denominator },
  });
  const out: Claim[] = [
    ...d.headline.map(of('headline')),
    ...d.pressSet.map(of('press set')),
    ...d.cities.flatMap((c) => c.figures.map(of(`city ${c.place}`))),
    ...d.counties.map((c) => of(`map ${c.place}`)(c.figure)),
    ...d.batches.flatMap((b) => b.figures.map(of(`batch ${b.no}`))),
  ];
  for (const line of d.curve.lines) {
    for (const i of [0, Math.floor(d.curve.days.length / 2), d.curve.days.length - 1]) {
      const [asOf, numerator] = [d.curve.days[i], line.values[i]];
      if (asOf !== undefined && numerator !== undefined) out.push({ widget: 'curve', id: line.id, filter: {}, asOf, numerator });
    }
  }
  for (const t of d.today) out.push({ widget: 'today', id: t.id, filter: {}, asOf: d.watermark, numerator: t.now });
  for (const city of d.cities) {
    for (const [n, values] of city.curve.entries()) {
      const [id, asOf, numerator] = [d.curve.lines[n]?.id, d.curve.days.at(-1), values.at(-1)];
      if (id !== undefined && asOf !== undefined && numerator !== undefined)
        out.push({ widget: `curve of ${city.place}`, id, filter: { city: String(city.place) }, asOf, numerator });
    }
  }
  return out;
}

describe('every number of the dashboard is the figure that it claims to be', () => {
  const asked = new Map<string, Promise<{ numerator: number; denominator: number | null } | undefined>>();

  const figure = (who: string, c: Claim) => {
    const filter = Object.entries(c.filter).map(([k, v]) => `&${k}=${Array.isArray(v) ? v.join(',') : String(v)}`);
    const url = `/api/figures/${c.id}?campaign=${campaign}&asOf=${encodeURIComponent(c.asOf)}${filter.join('')}`;
    const key = `${who} ${url}`;
    const known = asked.get(key) ?? app.call(who, 'GET', url).then((r) => r.body.figure as DashboardView['headline'][number] | undefined);
    asked.set(key, known);
    return known;
  };

  test.each(readers)(
    '%s, at twenty instants',
    async (who) => {
      expect(people[who]).toBeDefined();
      let compared = 0;
      const wrong: object[] = [];
      // Neighbours and auditors are walked less often: theirs are the same questions.
      const walked = ['taiyuan', 'auditor'].includes(who) ? instants.slice(-5) : instants;
      for (const asOf of walked) {
        const r = await app.call(who, 'GET', `/api/dashboard?campaign=${campaign}&asOf=${encodeURIComponent(asOf)}`);
        expect(r.status, r.text.slice(0, 200)).toBe(200);
        const all = claims(r.body as unknown as DashboardView);
        // Of the many places, other ones each time.
        const some = all.filter((c, i) => !/^(city|map|curve of)/.test(c.widget) || (i + compared) % 7 === 0);
        for (const c of some) {
          const f = await figure(who, c);
          if (f?.numerator !== c.numerator || (c.denominator !== undefined && f.denominator !== c.denominator)) wrong.push({ ...c, is: f });
          compared++;
        }
      }
      expect(wrong).toEqual([]);
      expect(compared).toBeGreaterThan(100);
    },
    120_000,
  );

  test.each(readers)('%s: what is overdue and what rebounded are as many as their figures say', async (who) => {
    let some = 0;
    for (const asOf of instants.slice(8)) {
      const at = encodeURIComponent(asOf);
      const d = (await app.call(who, 'GET', `/api/dashboard?campaign=${campaign}&asOf=${at}`)).body as unknown as DashboardView;
      const of = async (id: string) =>
        ((await app.call(who, 'GET', `/api/figures/${id}?campaign=${campaign}&asOf=${at}`)).body.figure as { numerator: number }).numerator;
      expect([asOf, d.overdue.total]).toEqual([asOf, await of('problems.overdue')]);
      expect(d.overdue.buckets.reduce((n, b) => n + b.count, 0)).toBe(d.overdue.total);
      expect([asOf, d.rebounds.total]).toEqual([asOf, await of('problems.rebounded')]);
      some += d.overdue.total;
    }
    if (who === 'director') expect(some).toBeGreaterThan(0);
  });

  test('a county’s chart has lines that are not all zero, and the day’s change is the difference of its ends', async () => {
    const last = instants.at(-1) as string;
    const d = (await app.call('hongtong', 'GET', `/api/dashboard?campaign=${campaign}&asOf=${encodeURIComponent(last)}`))
      .body as unknown as DashboardView;
    expect(Math.max(...d.curve.lines.flatMap((l) => l.values))).toBeGreaterThan(0);
    for (const line of d.curve.lines) {
      const change = d.today.find((t) => t.id === line.id)?.change;
      expect(change).toBe((line.values.at(-1) ?? 0) - (line.values.at(-2) ?? 0));
    }
    expect(d.today.map((t) => t.id)).toEqual([...d.curve.lines.map((l) => l.id), 'problems.rebounded', 'problems.overdue']);
  });
});

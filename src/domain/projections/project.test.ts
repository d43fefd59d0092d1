import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { filterFor } from '../../../test/generators/filters.ts';
import { histories, play } from '../../../test/generators/problem-histories.ts';
import { fewPlaces } from '../../../test/generators/settings.ts';
import type { Act } from '../acts/act.ts';
import type { CampaignSettings, FactTerm, FigureDefinition } from '../campaign/settings.ts';
import { dictionary } from '../clearance/dictionary.ts';
import type { FigureFilter } from '../clearance/filter.ts';
import { referenceFigure } from '../clearance/reference.ts';
import { addDays, instant, type Instant } from '../kernel/instant.ts';
import { covers, rangeOf } from '../kernel/place.ts';
import { generate } from '../../demo/generate.ts';
import { scalePlan, shanxiPlan } from '../../demo/shanxi-2019.ts';
import { factContext } from './context.ts';
import { projectStream } from './project.ts';
import type { Span } from './spans.ts';

const figures = dictionary.filter((d) => d.estimate === undefined);

type Counted = Span & { readonly id: string };

function project(acts: readonly Act[], settings: CampaignSettings): Counted[] {
  const ctx = factContext(settings);
  const streams = Map.groupBy(acts, (a) => a.streamId);
  return [...streams].flatMap(([id, stream]) => projectStream(stream, ctx).facts.map((s) => ({ ...s, id })));
}

/** A figure from the intervals, in the plainest words. */
function fromSpans(spans: readonly Counted[], d: FigureDefinition, f: FigureFilter, settings: CampaignSettings, at: Instant) {
  const no = (list: readonly { code: string; no: number }[], code: string) => list.find((x) => x.code === code)?.no;
  const under = (fact: string) =>
    spans.filter(
      (s) =>
        s.fact === fact &&
        s.from <= at &&
        (s.to === null || s.to > at) &&
        (f.batches === undefined || f.batches.includes(s.dims.batch)) &&
        (f.city === undefined || covers(rangeOf(Number(f.city)), s.dims.place)) &&
        (f.county === undefined || s.dims.place === Number(f.county)) &&
        (f.aspect === undefined || s.dims.aspect === no(settings.aspects, f.aspect)) &&
        (f.type === undefined || s.dims.type === no(settings.types, f.type)) &&
        (f.measure === undefined || s.dims.measure === no(settings.measures, f.measure)),
    );
  const sum = (terms: readonly FactTerm[]) => terms.reduce((n, t) => n + t.sign * under(t.fact).length, 0);
  if (d.ratio !== undefined) {
    const ids = under((d.ratio.numerator[0] as FactTerm).fact).map((s) => s.id);
    return { numerator: sum(d.ratio.numerator), denominator: sum(d.ratio.denominator), ids };
  }
  const special = Object.entries(d.count?.byFilter ?? {}).find(([key]) => (f as Record<string, unknown>)[key] !== undefined);
  const list = under(special?.[1] ?? (d.count?.fact as string));
  const numerator = d.count?.sum === 'amount' ? list.reduce((n, s) => n + s.amount, 0) : list.length;
  return { numerator, denominator: null, ids: list.map((s) => s.id) };
}

function expectSame(
  acts: readonly Act[],
  spans: readonly Counted[],
  d: FigureDefinition,
  f: FigureFilter,
  settings: CampaignSettings,
  at: Instant,
) {
  const reference = referenceFigure(acts, settings, d.id, f, at);
  const projected = fromSpans(spans, d, f, settings, at);
  const sorted = (x: { ids: readonly string[] } | undefined) => ({ ...x, ids: [...(x?.ids ?? [])].sort() });
  expect(sorted(projected), `${d.id} ${JSON.stringify(f)} at ${at}`).toEqual(sorted(reference));
}

describe('the intervals that a history counts in', () => {
  test('hold for every figure, at any instant and under any filter, just what the acts say', () => {
    const problemFigures = figures.filter((d) => d.id.startsWith('problems.') || d.id.startsWith('clearance.'));
    fc.assert(
      fc.property(histories, fc.infiniteStream(fc.nat()), fc.gen(), (list, numbers, g) => {
        const { office } = play(list);
        if (office.acts.length === 0) return;
        const spans = project(office.acts, office.settings);
        const times = office.acts.map((a) => a.recordedAt as number);
        const last = times.at(-1) as number;
        const next = () => numbers.next().value as number;
        for (const d of problemFigures) {
          const one = times[next() % times.length] as number;
          for (const at of [one, one - 1, one + (next() % 10) * 86_400_000, last + 100 * 86_400_000]) {
            expectSame(office.acts, spans, d, g(filterFor, d, office.settings), office.settings, instant(at));
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  test('hold the same in a generated campaign with its sources, cases, letters and publications', () => {
    const plan = scalePlan(shanxiPlan({ places: fewPlacesOfShanxi(), seats: new Map() }), 'small', 120, 5);
    const acts = [...generate(plan)].flat();
    const spans = project(acts, plan.settings);
    fc.assert(
      fc.property(
        fc.constantFrom(...figures),
        fc.integer({ min: plan.opensAt, max: plan.endsAt + 40 * 86_400_000 }),
        fc.gen(),
        (d, at, g) => {
          expectSame(acts, spans, d, g(filterFor, d, plan.settings), plan.settings, instant(at));
        },
      ),
      { numRuns: 200 },
    );
  });

  test('begin with the deadline for what falls overdue, though nothing is recorded then', () => {
    const { office } = play([
      { what: 'find', steered: false, actor: 2, target: 0, gap: 1, late: 0, variant: 3 },
      { what: 'confirm', steered: false, actor: 0, target: 0, gap: 1, late: 0, variant: 3 },
      { what: 'issue', steered: true, actor: 0, target: 0, gap: 1, late: 0, variant: 11 },
    ]);
    const overdue = project(office.acts, office.settings).find((s) => s.fact === 'problem.overdue');
    expect(office.problems()[0]?.deadline).toBe(addDays('2019-07-01', 10));
    expect(overdue?.from).toBe(Date.parse('2019-07-12T00:00:00+08:00'));
  });
});

/** The plan shares problems out over all eleven cities, so each needs a county. */
function fewPlacesOfShanxi() {
  const others = [140_300, 140_400, 140_500, 140_600, 140_700, 140_800, 140_900, 141_000, 141_100];
  return [
    ...fewPlaces,
    ...others.flatMap((code) => [
      { code, name: String(code) },
      { code: code + 21, name: String(code + 21) },
    ]),
  ];
}

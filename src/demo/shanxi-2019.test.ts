import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import published from '../../test/fixtures/figures.json' with { type: 'json' };
import { shanxiData } from '../app/seeds.ts';
import type { Act } from '../domain/acts/act.ts';
import { dictionary } from '../domain/clearance/dictionary.ts';
import type { FigureFilter } from '../domain/clearance/filter.ts';
import { referenceFigure } from '../domain/clearance/reference.ts';
import { parseInstant, type Instant } from '../domain/kernel/instant.ts';
import { generate, tellCampaign } from './generate.ts';
import type { SimulationPlan } from './plan.ts';
import { scalePlan, shanxiKeyTasks, shanxiPlan } from './shanxi-2019.ts';

const campaignStream = '00000000-0000-7000-8000-000000000001';
let plan: SimulationPlan;
let streams: Act[][];
let acts: Act[];

const all = (p: SimulationPlan) => [tellCampaign(p, campaignStream, shanxiKeyTasks([])), ...generate(p)];

beforeAll(async () => {
  plan = shanxiPlan(await shanxiData());
  streams = all(plan);
  acts = streams.flat();
});

describe('the dictionary', () => {
  test('is the published one: ids, versions, units, predicates and filters', () => {
    expect(
      dictionary.map(({ id, version, unit, predicate, filters }) => ({ id, version, unit, predicate: predicate.en, filters })),
    ).toMatchObject(published.figures.map((f) => ({ id: f.id, version: f.version, unit: f.unit, filters: f.filters })));
  });

  test('has the published set in the published order', () => {
    expect(plan.settings.pressSet).toEqual(published.pressSet);
    expect(plan.settings.types.map((t) => t.code)).toEqual(published.publishedTypes);
    expect(Object.fromEntries(plan.settings.measures.map((m) => [m.code, m.name.zh]))).toEqual(published.measures);
  });
});

describe('the demo campaign', () => {
  test.each(Object.entries(published.expected))('as of %s has every published value', (text, expected) => {
    const at = parseInstant(text) as Instant;
    const got = expected.map(({ id, filter }) => {
      const answer = referenceFigure(acts, plan.settings, id, filter as FigureFilter, at);
      return { id, filter, numerator: answer?.numerator, denominator: answer?.denominator };
    });
    expect(got).toEqual(expected);
  });

  test('is the same for the same seed, and another for another', () => {
    const small = (seed: number) => [...generate(scalePlan(plan, 'small', 60, seed))].flat();
    expect(small(1)).toEqual(small(1));
    expect(small(1)).not.toEqual(small(2));
  });

  test('records each stream in order, without gaps, and never before it happened', () => {
    const wrong = streams.flatMap((stream) =>
      stream.filter(
        (act, i) =>
          act.seq !== i + 1 ||
          act.streamId !== stream[0]?.streamId ||
          act.recordedAt < (stream[i - 1]?.recordedAt ?? 0) ||
          act.happenedAt > act.recordedAt,
      ),
    );
    expect(wrong).toEqual([]);
    expect(new Set(acts.map((a) => a.id)).size).toBe(acts.length);
    expect(new Set(streams.map((s) => s[0]?.streamId)).size).toBe(streams.length);
  });

  test('has no act before the campaign was opened, and no problem before it began', () => {
    expect(acts.filter((a) => a.recordedAt < plan.opensAt)).toEqual([]);
    expect(acts.filter((a) => a.stream === 'problem' && a.happenedAt < plan.startsAt)).toEqual([]);
  });

  test('is mostly recorded in working hours, with a few late entries', () => {
    const hour = (at: number) => new Date(at + 8 * 3_600_000).getUTCHours();
    const atWork = acts.filter((a) => hour(a.recordedAt) >= 8 && hour(a.recordedAt) < 19).length;
    expect(atWork / acts.length).toBeGreaterThan(0.95);
    const late = acts.filter((a) => a.recordedAt - a.happenedAt > 12 * 3_600_000).length;
    expect(late / acts.length).toBeGreaterThan(0.005);
    expect(late / acts.length).toBeLessThan(0.05);
  });

  test('shows no evidence twice, and no real name among its units', () => {
    const shown = acts.flatMap((a) =>
      a.kind === 'ProblemFound' || a.kind === 'RectificationClaimed' ? a.payload.evidence.map((e) => e.sha256) : [],
    );
    expect(shown.length).toBeGreaterThan(5363);
    expect(new Set(shown).size).toBe(shown.length);
    expect(acts.filter((a) => a.kind === 'ProblemFound' && !a.payload.unit.includes('演示'))).toEqual([]);
  });

  test('opens a linked new problem for every rebound', () => {
    const found = new Map(acts.filter((a) => a.kind === 'ProblemFound').map((a) => [a.streamId, a]));
    const rebounds = acts.filter((a) => a.kind === 'ProblemRebounded');
    expect(rebounds.length).toBeGreaterThan(50);
    for (const r of rebounds)
      expect(found.get(r.payload.newProblemId)?.payload).toMatchObject({ reboundOf: r.streamId, no: r.payload.newNo });
  });
});

describe('a scaled campaign', () => {
  test('has exactly as many supervised problems as asked for', () => {
    fc.assert(
      fc.property(fc.integer({ min: 50, max: 2500 }), fc.integer({ min: 1, max: 9 }), (problems, seed) => {
        const supervised = new Set<string>();
        for (const stream of generate(scalePlan(plan, 'scaled', problems, seed))) {
          for (const act of stream) if (act.kind === 'ProblemSupervised') supervised.add(act.streamId);
        }
        expect(supervised.size).toBe(problems);
      }),
      { numRuns: 12 },
    );
  });
});

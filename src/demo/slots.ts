import { instant, type Instant } from '../domain/kernel/instant.ts';
import { cityOf } from '../domain/kernel/place.ts';
import type { BatchPlan, SimulationPlan } from './plan.ts';
import { seeded, uuidAt, weighted, below } from './random.ts';
import type { ProblemSlot } from './problem.ts';

const dayMs = 86_400_000;

/** Letters of a batch: one per city, a few minutes apart, so that each has its own instant. */
export function letterOf(plan: SimulationPlan, batch: BatchPlan, city: number): { id: string; at: Instant; docNo: string } {
  const order = plan.cityWeights.findIndex(([code]) => code === city);
  const at = instant(batch.issuedAt + (order + 1) * 3 * 60_000);
  const r = seeded(plan.seed ^ 0x5eed, batch.no * 1000 + order);
  return { id: uuidAt(r, at), at, docNo: `晋百日函〔2019〕演${batch.no}-${order + 1}号` };
}

/** Where a problem was found: a source of a place and an aspect known before an instant. */
export type SourcePicker = (
  index: number,
  place: number,
  aspect: string,
  before: Instant,
) => { id: string; name: string; at: Instant } | null;

/** Share of a batch by place, type and fate; every slot is known before any story is told. */
export function* problemSlots(plan: SimulationPlan, sourceFor: SourcePicker): Generator<ProblemSlot> {
  let index = 0;
  const early: ProblemSlot[] = [];
  const late: ProblemSlot[] = [];
  const counties = countiesByCity(plan);
  const reboundTargets = reboundIndexes(plan);
  let nextEarly = 0;
  let nextLate = 0;
  for (const batch of plan.batches) {
    const r = seeded(plan.seed ^ 0xba7c4, batch.no);
    const types = typeList(plan, batch, r);
    const order = shuffled(batch.size, r);
    let children = batch.fromReboundEarly + batch.fromReboundLate;
    let earlyChildren = batch.fromReboundEarly;
    for (let i = 0; i < batch.size; i++) {
      index++;
      let parent: ProblemSlot | null = null;
      if (children > 0) {
        parent = (earlyChildren > 0 ? early.shift() : late.shift()) ?? null;
        if (parent === null) throw new Error('more children than rebounds');
        if (earlyChildren > 0) earlyChildren--;
        children--;
      }
      const city = weighted(r, plan.cityWeights);
      const place = parent?.place ?? ((counties.get(city) as number[])[below(r, (counties.get(city) as number[]).length)] as number);
      const type = parent?.type ?? (types[i] as string);
      const aspect = parent?.aspect ?? weighted(r, plan.aspectOfType[type] as readonly (readonly [string, number])[]);
      const letter = letterOf(plan, batch, cityOf(place));
      const source = sourceFor(index, place, aspect, instant(letter.at - dayMs));
      const fate = fateOf(
        batch,
        order[i] as number,
        () => reboundTargets.early[nextEarly++] as number,
        () => reboundTargets.late[nextLate++] as number,
        plan,
      );
      const slot: ProblemSlot = {
        index,
        batch,
        letterId: letter.id,
        letterAt: letter.at,
        place,
        type,
        aspect,
        sourceAt: source?.at ?? null,
        sourceId: parent === null ? (source?.id ?? null) : parent.sourceId,
        unit: parent === null ? (source?.name ?? null) : parent.unit,
        fate,
        reboundOf: parent,
        mergeInto: null,
      };
      if (fate.end === 'cleared' && fate.rebound !== null)
        (fate.rebound.until <= (plan.batches[4]?.issuedAt ?? 0) ? early : late).push(slot);
      yield slot;
    }
  }
  for (let i = 0; i < plan.unsupervised + plan.notFounded; i++) {
    index++;
    const r = seeded(plan.seed ^ 0xe77a, i);
    const parent = i < plan.unsupervised ? (late.shift() ?? null) : null;
    const city = weighted(r, plan.cityWeights);
    const place = parent?.place ?? ((counties.get(city) as number[])[below(r, (counties.get(city) as number[]).length)] as number);
    const type = parent?.type ?? weighted(r, plan.typeWeights);
    yield {
      index,
      batch: null,
      letterId: null,
      letterAt: null,
      place,
      type,
      aspect: parent?.aspect ?? weighted(r, plan.aspectOfType[type] as readonly (readonly [string, number])[]),
      sourceId: parent?.sourceId ?? null,
      unit: parent?.unit ?? null,
      fate: { end: i < plan.unsupervised ? 'unsupervised' : 'notFounded' },
      reboundOf: parent,
      mergeInto: null,
      sourceAt: null,
    };
  }
}

/** Numbers that the new problems of rebounds will have, in the order in which parents come. */
function reboundIndexes(plan: SimulationPlan): { early: number[]; late: number[] } {
  const early: number[] = [];
  const late: number[] = [];
  let index = 0;
  for (const batch of plan.batches) {
    for (let i = 0; i < batch.fromReboundEarly; i++) early.push(index + 1 + i);
    for (let i = 0; i < batch.fromReboundLate; i++) late.push(index + 1 + batch.fromReboundEarly + i);
    index += batch.size;
  }
  for (let i = 0; i < plan.unsupervised; i++) late.push(index + 1 + i);
  return { early, late };
}

function fateOf(batch: BatchPlan, position: number, early: () => number, late: () => number, plan: SimulationPlan): ProblemSlot['fate'] {
  let start = 0;
  let after = instant(batch.issuedAt);
  for (const [w, window] of batch.cleared.entries()) {
    if (position < start + window.count) {
      const rank = position - start;
      // The first ones of a window rebound: within the same window, or in the time after it.
      if (w === 0 && rank < batch.reboundEarly) {
        return { end: 'cleared', after, until: middle(after, window.until), rebound: { index: early(), after, until: window.until } };
      }
      if (w === 0 && rank < batch.reboundEarly + batch.reboundLate) {
        return { end: 'cleared', after, until: window.until, rebound: { index: late(), after: window.until, until: beforeLate(plan) } };
      }
      return { end: 'cleared', after, until: window.until, rebound: null };
    }
    start += window.count;
    after = window.until;
  }
  return { end: position < start + batch.withdrawn ? 'withdrawn' : 'open' };
}

function middle(a: Instant, b: Instant): Instant {
  return instant(Math.round(a + (b - a) * 0.6));
}

/** Late rebounds happen before the last batch goes out, so that their new problems can be in it. */
function beforeLate(plan: SimulationPlan): Instant {
  return instant((plan.batches.at(-1) as BatchPlan).issuedAt - 3 * 86_400_000);
}

function typeList(plan: SimulationPlan, batch: BatchPlan, r: { next(): number }): string[] {
  if (batch.types === undefined) return Array.from({ length: batch.size }, () => weighted(r, plan.typeWeights));
  const list = batch.types.flatMap(([type, count]) => Array.from({ length: count }, () => type));
  return shuffled(list.length, r).map((i) => list[i] as string);
}

function shuffled(n: number, r: { next(): number }): number[] {
  const list = Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = Math.floor(r.next() * (i + 1));
    [list[i], list[j]] = [list[j] as number, list[i] as number];
  }
  return list;
}

function countiesByCity(plan: SimulationPlan): Map<number, number[]> {
  const out = new Map<number, number[]>();
  for (const p of plan.settings.places) {
    if (p.code % 100 === 0 || p.statisticsOnly === true) continue;
    const city = cityOf(p.code);
    out.set(city, [...(out.get(city) ?? []), p.code]);
  }
  return out;
}

export { countiesByCity };

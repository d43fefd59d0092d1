import type { Act } from '../acts/act.ts';
import { endOfDate, type Instant } from '../kernel/instant.ts';
import { noOf, stateNo, type FactContext } from '../projections/context.ts';
import type { Feature, ShownEvidence } from '../projections/feature.ts';
import type { Item } from '../projections/lines.ts';
import type { Active, Dims, Step } from '../projections/spans.ts';
import { problemClocks } from './clocks.ts';
import { applyProblemAct, isOpen, type Problem } from './state.ts';

/** What the projections keep of a problem. */
export const problemFeature: Feature = {
  facts: problemSteps,
  lines: (acts, ctx) => {
    const first = acts[0];
    return first === undefined ? [] : states(acts).map(({ act, p }) => ({ at: act.recordedAt, item: problemItem(p, first, act, ctx) }));
  },
  clocks: (acts, ctx) => problemClocks(states(acts), ctx),
  evidence: evidenceOf,
};

/** A problem after each of its acts. */
function states(acts: readonly Act[]): { act: Act; p: Problem }[] {
  const out: { act: Act; p: Problem }[] = [];
  let p: Problem | undefined;
  for (const act of acts) {
    p = applyProblemAct(p, act);
    if (p !== undefined) out.push({ act, p });
  }
  return out;
}

function problemSteps(acts: readonly Act[], ctx: FactContext): Step[] {
  return states(acts).map(({ act, p }) => ({ at: act.recordedAt, active: problemFacts(p, act.recordedAt, ctx) }));
}

/** Facts that hold for a problem after an act recorded at `at`. */
export function problemFacts(p: Problem, at: Instant, ctx: FactContext): Active[] {
  const dims: Dims = {
    place: p.found.place,
    batch: p.supervised?.batch ?? 0,
    aspect: noOf(ctx.dims.aspect, p.found.aspect),
    type: noOf(ctx.dims.type, p.found.type),
    measure: 0,
  };
  const out: Active[] = [];
  const add = (fact: string, from: Instant = at) => out.push({ fact, from: from > at ? from : at, dims, amount: 0 });
  if (p.state !== 'notFounded' && p.state !== 'split') add('problem.found');
  if (p.supervised === null) return out;
  add('problem.supervised');
  const taken = p.state === 'withdrawn' || p.state === 'merged';
  if (taken) add('problem.withdrawn');
  if (p.claimStanding) add('problem.claimed');
  if (p.clearedRecordedAt !== null) add('problem.rectified');
  if (p.rebound !== null) add('problem.rebounded');
  if (isOpen(p)) add('problem.open');
  if (p.deadline !== null && !taken) {
    const passed = endOfDate(p.deadline, ctx.settings.utcOffsetMinutes);
    add('problem.due', passed);
    if (p.clearedHappenedAt === null) add('problem.overdue', passed);
    else if (p.clearedHappenedAt < passed) add('problem.ontime', passed);
  }
  return out;
}

function problemItem(p: Problem, first: Act, act: Act, ctx: FactContext): Item {
  return {
    id: p.id,
    kind: 'problem',
    no: p.found.no,
    sourceId: p.found.sourceId,
    unit: p.found.unit,
    place: p.found.place,
    aspect: noOf(ctx.dims.aspect, p.found.aspect),
    type: noOf(ctx.dims.type, p.found.type),
    text: p.found.text,
    clue: p.found.clue,
    lon: p.found.lon,
    lat: p.found.lat,
    batch: p.supervised?.batch ?? 0,
    state: stateNo(ctx, p.state),
    deadlineAt: p.deadline === null ? null : endOfDate(p.deadline, ctx.settings.utcOffsetMinutes),
    foundAt: p.foundAt,
    firstRecordedAt: first.recordedAt,
    updatedAt: act.recordedAt,
    version: p.version,
    ownerOrg: p.owner?.government ?? null,
    amounts: null,
  };
}

/**
 * Evidence of a stream. What a claim hands in must never have been seen; what a finding shows may have been. The parts of a split
 * problem repeat the whole's and show nothing of their own.
 */
function evidenceOf(acts: readonly Act[]): ShownEvidence[] {
  return acts.flatMap((act): ShownEvidence[] => {
    if (act.kind === 'RectificationClaimed') return act.payload.evidence.map((e) => ({ sha256: e.sha256, mustBeNew: true }));
    if (act.kind === 'ProblemFound' && act.payload.splitFrom === undefined) {
      return act.payload.evidence.map((e) => ({ sha256: e.sha256, mustBeNew: false }));
    }
    return [];
  });
}

import { inOrder, type Act } from '../acts/act.ts';
import type { CampaignSettings } from '../campaign/settings.ts';
import { endOfDate, type Instant } from '../kernel/instant.ts';
import { applyProblemAct, isOpen, type Problem } from '../problems/state.ts';
import { foldCase } from '../penalties/case.ts';
import { matches } from '../registers/facts.ts';
import { spansOf, type Active, type Dims, type Span, type Step } from './spans.ts';

/** Numbers of a campaign's classifications, for roll-ups; unknown codes are 0. */
export interface DimNumbers {
  readonly aspect: ReadonlyMap<string, number>;
  readonly type: ReadonlyMap<string, number>;
  readonly measure: ReadonlyMap<string, number>;
}

export function dimNumbers(settings: CampaignSettings): DimNumbers {
  return {
    aspect: new Map(settings.aspects.map((a) => [a.code, a.no])),
    type: new Map(settings.types.map((t) => [t.code, t.no])),
    measure: new Map(settings.measures.map((m) => [m.code, m.no])),
  };
}

export interface FactContext {
  readonly settings: CampaignSettings;
  readonly dims: DimNumbers;
}

export function factContext(settings: CampaignSettings): FactContext {
  return { settings, dims: dimNumbers(settings) };
}

const nowhere: Dims = { place: 0, batch: 0, aspect: 0, type: 0, measure: 0 };

/**
 * Counted intervals of one stream: under which facts it counts, from when to when, by time of recording.
 *
 * Every figure is a count or a sum over these; the reference functions in `clearance` do not use them.
 * @param acts  all acts of the stream, any order
 */
export function factSpans(acts: readonly Act[], ctx: FactContext): Span[] {
  const ordered = inOrder(acts);
  const first = ordered[0];
  if (first === undefined) return [];
  switch (first.stream) {
    case 'problem':
      return spansOf(problemSteps(ordered, ctx));
    case 'case':
      return spansOf(caseSteps(ordered, ctx));
    case 'record':
      return spansOf(recordSteps(ordered, ctx));
    case 'source':
      return spansOf(sourceSteps(ordered, ctx));
    case 'batch':
    case 'letter':
    case 'task':
    case 'measure':
    case 'project':
    case 'publication':
      return spansOf(simpleSteps(ordered));
    case 'campaign':
    case 'bulletin':
    case 'evidence':
    case 'lead':
      return [];
  }
}

function problemSteps(acts: readonly Act[], ctx: FactContext): Step[] {
  const steps: Step[] = [];
  let p: Problem | undefined;
  for (const act of acts) {
    p = applyProblemAct(p, act);
    if (p !== undefined) steps.push({ at: act.recordedAt, active: problemFacts(p, act.recordedAt, ctx) });
  }
  return steps;
}

/** Facts that hold for a problem after an act recorded at `at`. */
export function problemFacts(p: Problem, at: Instant, ctx: FactContext): Active[] {
  const dims: Dims = {
    place: p.found.place,
    batch: p.supervised?.batch ?? 0,
    aspect: ctx.dims.aspect.get(p.found.aspect) ?? 0,
    type: ctx.dims.type.get(p.found.type) ?? 0,
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
  const cleared = p.clearedRecordedAt !== null;
  if (cleared) add('problem.rectified');
  if (p.rebound !== null) add('problem.rebounded');
  if (isOpen(p)) add('problem.open');
  if (p.deadline !== null && !taken) {
    const passed = endOfDate(p.deadline, ctx.settings.utcOffsetMinutes);
    add('problem.due', passed);
    if (!cleared) add('problem.overdue', passed);
    else if ((p.clearedHappenedAt as Instant) < passed) add('problem.ontime', passed);
  }
  return out;
}

function caseSteps(acts: readonly Act[], ctx: FactContext): Step[] {
  return acts.map((act, i) => {
    const active: Active[] = [];
    const c = foldCase(acts.slice(0, i + 1));
    if (c !== undefined) {
      const dims = { ...nowhere, place: c.place };
      if (c.decided && !c.revoked) active.push({ fact: 'case.penalty', from: act.recordedAt, dims, amount: c.amountFen });
      const measure = c.measure === null ? undefined : ctx.dims.measure.get(c.measure);
      if (measure !== undefined) {
        active.push({ fact: 'case.typical', from: act.recordedAt, dims: { ...dims, measure }, amount: 0 });
      }
    }
    return { at: act.recordedAt, active };
  });
}

function sourceSteps(acts: readonly Act[], ctx: FactContext): Step[] {
  let place = 0;
  let closed = false;
  let scattered = false;
  const aspects = new Set<number>();
  return acts.map((act) => {
    const at = act.recordedAt;
    if (act.kind === 'SourceRegistered') {
      place = act.payload.place;
      scattered = act.payload.scattered;
    } else if (act.kind === 'InspectionCompleted') aspects.add(ctx.dims.aspect.get(act.payload.aspect) ?? 0);
    else if (act.kind === 'SourceClosureAccepted') closed = true;
    else if (act.kind === 'SourceRevived') closed = false;
    const dims = { ...nowhere, place };
    const active: Active[] = [{ fact: 'source.registered', from: at, dims, amount: 0 }];
    if (aspects.size > 0) active.push({ fact: 'source.inspected', from: at, dims, amount: 0 });
    for (const aspect of aspects) {
      const key = `source.inspectedUnder#${aspect}`;
      active.push({ fact: 'source.inspectedUnder', key, from: at, dims: { ...dims, aspect }, amount: 0 });
    }
    if (closed && scattered) active.push({ fact: 'scattered.closed', from: at, dims, amount: 0 });
    return { at, active };
  });
}

function recordSteps(acts: readonly Act[], ctx: FactContext): Step[] {
  return acts.map((act) => {
    if (act.kind !== 'RecordAppeared' && act.kind !== 'RecordChanged') return { at: act.recordedAt, active: [] };
    const item = act.payload.item;
    const dims: Dims = {
      place: item.place,
      batch: 0,
      aspect: (item.aspect === null ? undefined : ctx.dims.aspect.get(item.aspect)) ?? 0,
      type: (item.type === null ? undefined : ctx.dims.type.get(item.type)) ?? 0,
      measure: 0,
    };
    const active = ctx.settings.facts
      .filter((rule) => matches(rule, item))
      .map((rule) => ({
        fact: rule.fact,
        from: act.recordedAt,
        dims,
        amount: rule.amount === undefined ? 0 : (item.amounts[rule.amount] ?? 0),
      }));
    return { at: act.recordedAt, active };
  });
}

/** Streams whose things count from their first act until one that takes them back. */
function simpleSteps(acts: readonly Act[]): Step[] {
  let active: Active[] = [];
  return acts.map((act) => {
    const at = act.recordedAt;
    const one = (fact: string, dims: Partial<Dims>): Active => ({ fact, from: at, dims: { ...nowhere, ...dims }, amount: 0 });
    switch (act.kind) {
      case 'BatchIssued':
        active = [one('batch.issued', { batch: act.payload.no })];
        break;
      case 'LetterIssued':
        active = [one('letter.issued', { place: act.payload.place, batch: act.payload.batch })];
        break;
      case 'TaskRegistered':
        active = [one('central.task', { place: act.payload.place })];
        break;
      case 'MeasureRegistered':
        active = [one('central.measure', { place: act.payload.place })];
        break;
      case 'CentralItemAccepted': {
        const was = active[0];
        if (was !== undefined) active = [was, { ...was, fact: `${was.fact}.accepted`, from: at }];
        break;
      }
      case 'ProjectRegistered':
        active = [one('project.registered', { place: act.payload.place })];
        break;
      case 'ProjectCompleted':
        active = [...active, one('project.completed', { place: active[0]?.dims.place ?? 0 })];
        break;
      case 'CasePublished':
        active = [one('publication.case', {})];
        break;
      case 'FiguresPublished':
        active = [one('publication.figures', {})];
        break;
      case 'PublicationWithdrawn':
        active = [];
        break;
      default:
        break;
    }
    return { at, active: active.map((a) => ({ ...a, from: a.from > at ? a.from : at })) };
  });
}

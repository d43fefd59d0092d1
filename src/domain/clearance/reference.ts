import { inOrder, type Act } from '../acts/act.ts';
import type { CampaignSettings } from '../campaign/settings.ts';
import { endOfDate, type Instant } from '../kernel/instant.ts';
import { covers, rangeOf } from '../kernel/place.ts';
import { foldCase, type PenaltyCase } from '../penalties/case.ts';
import { foldProblem, isOpen, type Problem } from '../problems/state.ts';
import { isClosed } from '../sources/source.ts';
import type { FigureFilter } from './filter.ts';

/** Numerator and denominator with the ids behind each; a count has no denominator. */
export interface ReferenceAnswer {
  readonly numerator: number;
  readonly denominator: number | null;
  readonly ids: readonly string[];
}

/**
 * Value of a figure straight from the acts: the plain reference that the queries are compared with.
 *
 * Folds every stream to its state at `asOf` and asks the predicate of the dictionary of each; slow and simple on purpose,
 * and blind to projections and roll-ups.
 * @param acts  all acts of the campaign, any order
 * @returns     undefined for figures that are not counts of records (estimates)
 */
export function referenceFigure(
  acts: readonly Act[],
  settings: CampaignSettings,
  id: string,
  filter: FigureFilter,
  asOf: Instant,
): ReferenceAnswer | undefined {
  const streams = byStream(acts, asOf);
  const problems = (test: (p: Problem) => boolean): Problem[] =>
    streams.problem.map((s) => foldProblem(s, asOf)).filter((p): p is Problem => p !== undefined && problemMatches(p, filter) && test(p));
  const cases = (test: (c: PenaltyCase) => boolean): PenaltyCase[] =>
    streams.case.map((s) => foldCase(s, asOf)).filter((c): c is PenaltyCase => c !== undefined && inPlace(c.place, filter) && test(c));
  const deadlinePassed = (p: Problem) =>
    p.deadline !== null && p.state !== 'withdrawn' && p.state !== 'merged' && endOfDate(p.deadline, settings.utcOffsetMinutes) <= asOf;
  const rectified = (p: Problem) => p.clearedRecordedAt !== null;
  const supervised = (p: Problem) => p.supervised !== null;
  const rate = (numerator: Problem[], denominator: Problem[], less = 0): ReferenceAnswer => ({
    numerator: numerator.length - less,
    denominator: denominator.length,
    ids: numerator.map((p) => p.id),
  });
  const all = (list: readonly { id: string }[]): ReferenceAnswer => ({
    numerator: list.length,
    denominator: null,
    ids: list.map((x) => x.id),
  });

  switch (id) {
    case 'problems.found':
      return all(problems((p) => p.state !== 'notFounded' && p.state !== 'split'));
    case 'problems.supervised':
      return all(problems(supervised));
    case 'problems.withdrawn':
      return all(problems((p) => supervised(p) && (p.state === 'withdrawn' || p.state === 'merged')));
    case 'problems.claimed':
      return all(problems((p) => supervised(p) && p.claimStanding));
    case 'problems.rectified':
      return all(problems((p) => supervised(p) && rectified(p)));
    case 'problems.rebounded':
      return all(problems((p) => supervised(p) && p.rebound !== null));
    case 'problems.overdue':
      return all(problems((p) => supervised(p) && !rectified(p) && deadlinePassed(p)));
    case 'problems.open':
      return all(problems(isOpen));
    case 'clearance.rate':
      return rate(problems(rectified), problems(supervised));
    case 'clearance.claimed':
      return rate(
        problems((p) => supervised(p) && p.claimStanding),
        problems(supervised),
      );
    case 'clearance.net':
      return rate(problems(rectified), problems(supervised), problems((p) => p.rebound !== null).length);
    case 'clearance.ontime': {
      const due = problems((p) => supervised(p) && deadlinePassed(p));
      const inTime = (p: Problem) =>
        p.clearedHappenedAt !== null && p.clearedHappenedAt < endOfDate(p.deadline as string, settings.utcOffsetMinutes);
      return rate(due.filter(inTime), due);
    }
    case 'cases.penalty':
      return all(cases((c) => c.decided && !c.revoked));
    case 'fines.total': {
      const inForce = cases((c) => c.decided && !c.revoked);
      return { ...all(inForce), numerator: inForce.reduce((sum, c) => sum + c.amountFen, 0) };
    }
    case 'cases.typical':
      return all(cases((c) => c.measure !== null && (filter.measure === undefined || c.measure === filter.measure)));
    default:
      return referenceOfRest(streams, id, filter);
  }
}

function referenceOfRest(streams: Streams, id: string, filter: FigureFilter): ReferenceAnswer | undefined {
  const having = (list: readonly Act[][], test: (acts: readonly Act[]) => boolean): ReferenceAnswer => {
    const found = list.filter(test);
    return { numerator: found.length, denominator: null, ids: found.map((s) => (s[0] as Act).streamId) };
  };
  const count = (s: readonly Act[], kind: Act['kind']) => s.filter((a) => a.kind === kind).length;
  switch (id) {
    case 'sources.inspected':
      return having(
        streams.source,
        (s) =>
          sourceInPlace(s, filter) &&
          s.some((a) => a.kind === 'InspectionCompleted' && (filter.aspect === undefined || a.payload.aspect === filter.aspect)),
      );
    case 'scattered.closed':
      return having(
        streams.source,
        (s) => sourceInPlace(s, filter) && s.some((a) => a.kind === 'SourceRegistered' && a.payload.scattered) && isClosed(inOrder(s)),
      );
    case 'letters.batches':
      return having(streams.batch, (s) => count(s, 'BatchIssued') > 0);
    case 'letters.issued':
      return having(streams.letter, (s) =>
        s.some((a) => a.kind === 'LetterIssued' && inPlace(a.payload.place, filter) && inBatches(a.payload.batch, filter)),
      );
    case 'cases.published':
      return having(streams.publication, (s) => count(s, 'CasePublished') > 0 && count(s, 'PublicationWithdrawn') === 0);
    case 'central.tasks':
      return having(streams.task, (s) => count(s, 'TaskRegistered') > 0);
    case 'central.measures':
      return having(streams.measure, (s) => count(s, 'MeasureRegistered') > 0);
    default:
      return undefined;
  }
}

function sourceInPlace(acts: readonly Act[], filter: FigureFilter): boolean {
  return acts.some((a) => a.kind === 'SourceRegistered' && inPlace(a.payload.place, filter));
}

function problemMatches(p: Problem, f: FigureFilter): boolean {
  if (f.batches !== undefined && !inBatches(p.supervised?.batch ?? 0, f)) return false;
  if (f.aspect !== undefined && p.found.aspect !== f.aspect) return false;
  if (f.type !== undefined && p.found.type !== f.type) return false;
  return inPlace(p.found.place, f);
}

function inBatches(batch: number, f: FigureFilter): boolean {
  return f.batches === undefined || f.batches.includes(batch);
}

function inPlace(place: number, f: FigureFilter): boolean {
  if (f.city !== undefined && !covers(rangeOf(Number(f.city)), place)) return false;
  return f.county === undefined || place === Number(f.county);
}

type Streams = Record<Act['stream'], Act[][]>;

function byStream(acts: readonly Act[], asOf: Instant): Streams {
  const groups = new Map<string, Act[]>();
  const out: Streams = {
    campaign: [],
    source: [],
    problem: [],
    batch: [],
    letter: [],
    case: [],
    task: [],
    measure: [],
    project: [],
    publication: [],
    bulletin: [],
    record: [],
    evidence: [],
    lead: [],
  };
  for (const act of acts) {
    if (act.recordedAt > asOf) continue;
    let group = groups.get(act.streamId);
    if (group === undefined) {
      group = [];
      groups.set(act.streamId, group);
      out[act.stream].push(group);
    }
    if (!group.some((a) => a.id === act.id)) group.push(act);
  }
  return out;
}

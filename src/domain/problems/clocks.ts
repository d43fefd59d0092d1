import type { Act } from '../acts/act.ts';
import { addDays, dateOf, endOfDate, isPlainDate, type Instant } from '../kernel/instant.ts';
import { ClockSet, type Clock } from '../projections/clocks.ts';
import type { FactContext } from '../projections/context.ts';
import type { Problem } from './state.ts';

/**
 * Clocks of a problem, by the same rules as its decisions: the deadline of the letter with its extensions, the plan's, the notice of
 * each acceptance and the watch.
 * @param states  the problem after each of its acts, in order
 */
export function problemClocks(states: readonly { readonly act: Act; readonly p: Problem }[], ctx: FactContext): readonly Clock[] {
  const clocks = new ClockSet();
  for (const { act, p } of states) turn(clocks, act, p, ctx.settings.utcOffsetMinutes);
  return clocks.all();
}

/** Until when the public may object to an acceptance: from the day of its recording, before which nobody could know of it. */
export function noticeEnd(acceptedRecordedAt: Instant, noticeDays: number, utcOffsetMinutes: number): Instant {
  return endOfDate(addDays(dateOf(acceptedRecordedAt, utcOffsetMinutes), noticeDays), utcOffsetMinutes);
}

function turn(clocks: ClockSet, act: Act, p: Problem, offset: number): void {
  const at = act.happenedAt;
  switch (act.kind) {
    case 'ProblemSupervised':
      if (p.deadline !== null) clocks.start('rectify', at, endOfDate(p.deadline, offset));
      break;
    case 'DeadlineExtended':
      if (p.deadline !== null) clocks.move('rectify', endOfDate(p.deadline, offset));
      break;
    case 'ProblemPlanned':
      // Acts of an earlier version may hold a text that is no date.
      if (isPlainDate(act.payload.deadline)) clocks.start('plan', at, endOfDate(act.payload.deadline, offset));
      break;
    case 'RectificationClaimed':
      clocks.meet('plan', at);
      break;
    case 'ProblemReturned':
      clocks.reopen('plan');
      clocks.lift(at, 'notice');
      break;
    case 'ProblemAccepted':
      if (p.noticeDays > 0) clocks.start('notice', act.recordedAt, noticeEnd(act.recordedAt, p.noticeDays, offset));
      break;
    case 'ProblemCleared':
      clocks.meet('notice', at);
      clocks.meet('rectify', at);
      break;
    case 'ProblemWatched':
      if (isPlainDate(act.payload.until)) clocks.start('watch', at, endOfDate(act.payload.until, offset));
      break;
    case 'ProblemSettled':
      clocks.meet('watch', at);
      break;
    case 'ProblemRebounded':
    case 'ProblemWithdrawn':
    case 'ProblemMerged':
    case 'ProblemSplit':
      clocks.lift(at);
      break;
    default:
  }
}

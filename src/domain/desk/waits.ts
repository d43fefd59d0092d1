import type { ActorRef } from '../acts/act.ts';
import { endOfDate, isPlainDate, type Instant } from '../kernel/instant.ts';
import { noticeEnd } from '../problems/clocks.ts';
import { mayDo } from '../problems/decide.ts';
import { mayAccept, mayCheck, type Organisation } from '../problems/separation.ts';
import type { Problem } from '../problems/state.ts';
import { ruleOf, type DeskTask } from './tasks.ts';

/** How a task stands for a person: it waits, waits later (from an instant on), or is not theirs. */
export type Waits = { readonly how: 'now' } | { readonly how: 'later'; readonly from: Instant } | { readonly how: 'no' };

const now: Waits = { how: 'now' };
const no: Waits = { how: 'no' };

/**
 * Whether a problem waits for this person's doing, as its decision would say (待我办理): the rules of separation are the decision's own.
 *
 * What only the decision knows (evidence, texts, the penalty case) is not looked at.
 * @param at  what is not over by then waits later
 */
export function waitsFor(
  task: DeskTask,
  p: Problem,
  ctx: {
    readonly actor: ActorRef;
    readonly organisations: readonly Organisation[];
    readonly at: Instant;
    readonly utcOffsetMinutes: number;
  },
): Waits {
  const rule = ruleOf(task);
  if (!rule.states.includes(p.state)) return no;
  switch (task) {
    case 'check':
      return mayCheck(p, ctx.actor) === undefined ? now : no;
    case 'accept':
      return mayAccept(p, ctx) === undefined ? now : no;
    case 'clear': {
      if (mayAccept(p, ctx) !== undefined) return no;
      if (p.noticeDays === 0 || p.acceptedRecordedAt === null) return now;
      return from(noticeEnd(p.acceptedRecordedAt, p.noticeDays, ctx.utcOffsetMinutes), ctx.at);
    }
    case 'settle':
      if (p.watchedUntil === null || !isPlainDate(p.watchedUntil)) return now;
      return from(endOfDate(p.watchedUntil, ctx.utcOffsetMinutes), ctx.at);
    case 'withdraw':
    case 'merge':
      return mayDo(p.state, task) && p.proposal?.kind === task && p.proposal.by.id !== ctx.actor.id ? now : no;
    default:
      return now;
  }
}

function from(end: Instant, at: Instant): Waits {
  return at < end ? { how: 'later', from: end } : now;
}

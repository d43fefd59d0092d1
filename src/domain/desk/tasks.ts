import type { Verb } from '../access/policy.ts';
import type { ActorRef } from '../acts/act.ts';
import { endOfDate, isPlainDate, type Instant } from '../kernel/instant.ts';
import { noticeEnd } from '../problems/clocks.ts';
import { mayDo } from '../problems/decide.ts';
import { mayAccept, mayCheck, type Organisation } from '../problems/separation.ts';
import type { Problem, ProblemState } from '../problems/state.ts';

/** What has to be done to problems, by who may do it and where problems wait for it (待办事项). */
interface TaskRule {
  /** Any of these rights makes it somebody's task, at the places where they hold it. */
  readonly verbs: readonly Verb[];
  readonly states: readonly ProblemState[];
  /**
   * What more than the state says whether it waits for this person: `never` nothing; `barred` few are taken out, those whose
   * rectification they or theirs had a part in; `each` every problem is looked at; `proposed` every problem with a proposal is; `watch`
   * whether its watch is over.
   */
  readonly looks: 'never' | 'barred' | 'each' | 'proposed' | 'watch';
  /** Whether the deadline of the letter presses. */
  readonly due: boolean;
  /** Only those whose deadline has passed. */
  readonly overdue?: true;
}

const proposable: readonly ProblemState[] = [
  'confirmed',
  'supervised',
  'planned',
  'rectifying',
  'staged',
  'returned',
  'claimed',
  'checked',
];

/** Kinds of tasks, as data: a further kind is a line here. */
export const deskTasks = {
  confirm: { verbs: ['problem.confirm'], states: ['found'], looks: 'never', due: false },
  issue: { verbs: ['batch.issue'], states: ['confirmed'], looks: 'never', due: false },
  plan: { verbs: ['problem.plan'], states: ['supervised'], looks: 'never', due: true },
  redo: { verbs: ['problem.start'], states: ['returned'], looks: 'never', due: true },
  start: { verbs: ['problem.start'], states: ['planned'], looks: 'never', due: true },
  claim: { verbs: ['problem.claim'], states: ['rectifying', 'staged'], looks: 'never', due: true },
  check: { verbs: ['problem.check'], states: ['claimed'], looks: 'barred', due: true },
  accept: { verbs: ['problem.accept'], states: ['checked'], looks: 'each', due: true },
  clear: { verbs: ['problem.clear'], states: ['accepted'], looks: 'each', due: true },
  settle: { verbs: ['problem.settle'], states: ['watched'], looks: 'watch', due: false },
  withdraw: { verbs: ['problem.withdraw'], states: proposable, looks: 'proposed', due: false },
  merge: { verbs: ['problem.merge'], states: proposable, looks: 'proposed', due: false },
  overdue: {
    verbs: ['problem.extend', 'problem.claim'],
    states: ['supervised', 'planned', 'rectifying', 'staged', 'returned', 'claimed', 'checked', 'accepted'],
    looks: 'never',
    due: true,
    overdue: true,
  },
} as const satisfies Readonly<Record<string, TaskRule>>;

export type DeskTask = keyof typeof deskTasks;
export const deskTaskNames = Object.keys(deskTasks) as DeskTask[];

export function isDeskTask(text: string): text is DeskTask {
  return Object.hasOwn(deskTasks, text);
}

export function ruleOf(task: DeskTask): TaskRule {
  return deskTasks[task];
}

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

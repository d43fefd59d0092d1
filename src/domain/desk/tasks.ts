import type { Verb } from '../access/policy.ts';
import type { ProblemState } from '../problems/state.ts';

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
  /** Which clock presses: the letter's deadline, the plan's where that is earlier, or none. */
  readonly clock: 'rectify' | 'plan' | null;
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
  confirm: { verbs: ['problem.confirm'], states: ['found'], looks: 'never', clock: null },
  issue: { verbs: ['batch.issue'], states: ['confirmed'], looks: 'never', clock: null },
  plan: { verbs: ['problem.plan'], states: ['supervised'], looks: 'never', clock: 'rectify' },
  redo: { verbs: ['problem.start'], states: ['returned'], looks: 'never', clock: 'plan' },
  start: { verbs: ['problem.start'], states: ['planned'], looks: 'never', clock: 'plan' },
  claim: { verbs: ['problem.claim'], states: ['rectifying', 'staged'], looks: 'never', clock: 'plan' },
  check: { verbs: ['problem.check'], states: ['claimed'], looks: 'barred', clock: 'rectify' },
  accept: { verbs: ['problem.accept'], states: ['checked'], looks: 'each', clock: 'rectify' },
  clear: { verbs: ['problem.clear'], states: ['accepted'], looks: 'each', clock: 'rectify' },
  settle: { verbs: ['problem.settle'], states: ['watched'], looks: 'watch', clock: null },
  withdraw: { verbs: ['problem.withdraw'], states: proposable, looks: 'proposed', clock: null },
  merge: { verbs: ['problem.merge'], states: proposable, looks: 'proposed', clock: null },
  overdue: {
    verbs: ['problem.extend', 'problem.claim'],
    states: ['supervised', 'planned', 'rectifying', 'staged', 'returned', 'claimed', 'checked', 'accepted'],
    looks: 'never',
    clock: 'rectify',
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

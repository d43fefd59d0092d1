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

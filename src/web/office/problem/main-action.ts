import type { ProblemVerb } from '../../../domain/problems/commands.ts';

/** What moves a problem on from each state, the first that the person may do; all other commands stand aside. */
const wayOn: Readonly<Record<string, readonly ProblemVerb[]>> = {
  found: ['confirm'],
  supervised: ['plan'],
  planned: ['start'],
  rectifying: ['claim'],
  staged: ['claim'],
  returned: ['start'],
  claimed: ['check'],
  checked: ['accept'],
  accepted: ['clear'],
  cleared: ['watch'],
  watched: ['settle'],
};

/** The one command that stands out; undefined where the person can only do something aside. */
export function mainAction(state: string, can: readonly ProblemVerb[]): ProblemVerb | undefined {
  return (Object.hasOwn(wayOn, state) ? wayOn[state] : undefined)?.find((verb) => can.includes(verb));
}

/** The words of a command: a plan that is there is changed, not written. */
export function nameOfVerb(verb: ProblemVerb, planned: boolean): `problem:verb.${ProblemVerb | 'replan'}` {
  return verb === 'plan' && planned ? 'problem:verb.replan' : `problem:verb.${verb}`;
}

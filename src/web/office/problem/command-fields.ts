import type { ItemPage } from '../../../contract/items.ts';
import type { ProblemVerb } from '../../../domain/problems/commands.ts';

/** One field of a command's form. */
export interface Field {
  readonly name: string;
  readonly kind: 'line' | 'organisation' | 'text' | 'date' | 'days' | 'rule' | 'evidence' | 'penalty' | 'parts';
}

const reason: Field = { name: 'reason', kind: 'text' };

/** What each command asks for, in the order of its form; an empty list asks only for confirmation. */
export const commandFields: Readonly<Record<ProblemVerb, readonly Field[]>> = {
  confirm: [],
  notFounded: [reason],
  assign: [
    { name: 'government', kind: 'organisation' },
    { name: 'department', kind: 'line' },
    { name: 'person', kind: 'line' },
  ],
  plan: [
    { name: 'implementer', kind: 'line' },
    { name: 'goal', kind: 'text' },
    { name: 'deadline', kind: 'date' },
    { name: 'measures', kind: 'text' },
    { name: 'acceptanceBody', kind: 'organisation' },
  ],
  changeBody: [
    { name: 'body', kind: 'organisation' },
    { name: 'reason', kind: 'text' },
  ],
  start: [],
  stage: [{ name: 'progress', kind: 'text' }],
  claim: [
    { name: 'text', kind: 'text' },
    { name: 'evidence', kind: 'evidence' },
  ],
  check: [{ name: 'text', kind: 'text' }],
  return: [reason],
  accept: [
    { name: 'criteria', kind: 'text' },
    { name: 'penalty', kind: 'penalty' },
  ],
  clear: [{ name: 'decisionNo', kind: 'line' }],
  watch: [{ name: 'until', kind: 'date' }],
  settle: [],
  extend: [{ name: 'rule', kind: 'rule' }, { name: 'days', kind: 'days' }, reason],
  withdraw: [reason],
  merge: [{ name: 'into', kind: 'line' }, reason],
  split: [{ name: 'parts', kind: 'parts' }, reason],
  rebound: [reason, { name: 'evidence', kind: 'evidence' }],
};

/** The request's body from a form's values: penalty choice and split parts take their own shape. */
export function commandBody(verb: ProblemVerb, values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { penalty, penaltyText, parts, ...rest } = values;
  const body: Record<string, unknown> = {};
  // A check names no files; what is handed in with it (`seen`) lies with the problem.
  for (const [key, value] of Object.entries(rest))
    if (key !== 'seen' && value !== undefined) body[key] = typeof value === 'string' ? value.trim() : value;
  if (verb === 'accept') {
    const text = String(penaltyText ?? '').trim();
    body.penaltyCase = penalty === 'case' ? text : null;
    body.noPenaltyReason = penalty === 'none' ? text : null;
  }
  if (verb === 'split')
    body.parts = String(parts ?? '')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
  if ((verb === 'claim' || verb === 'rebound') && body.evidence === undefined) body.evidence = [];
  return body;
}

/** What a command's form begins with: a plan with the one before it, a second person's decision with the reason proposed. */
export function initial(
  page: { readonly item: { readonly unit: string } } & Pick<ItemPage, 'plan' | 'proposal'>,
  verb: ProblemVerb,
): Record<string, unknown> {
  if (verb === 'plan') return page.plan === null ? { implementer: page.item.unit } : { ...page.plan };
  if (verb === 'extend') return { days: 7 };
  if (verb === 'merge' || verb === 'withdraw') return page.proposal?.kind === verb ? { reason: page.proposal.reason } : {};
  return {};
}

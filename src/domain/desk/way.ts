import type { ActKind } from '../acts/act.ts';
import type { ProblemState } from '../problems/state.ts';

/** Acts by which somebody hands a problem on to others, with the states in which it is still on its way (送出后在途). */
export const handedOn = {
  ProblemFound: ['found'],
  ProblemConfirmed: ['confirmed'],
  ProblemAssigned: ['supervised', 'planned', 'rectifying', 'staged'],
  RectificationClaimed: ['claimed', 'checked', 'accepted'],
  ProblemChecked: ['checked', 'accepted'],
  WithdrawalProposed: ['confirmed', 'supervised', 'planned', 'rectifying', 'staged', 'returned', 'claimed', 'checked'],
  MergeProposed: ['confirmed', 'supervised', 'planned', 'rectifying', 'staged', 'returned', 'claimed', 'checked'],
} as const satisfies { readonly [K in ActKind]?: readonly ProblemState[] };

export type HandedOn = keyof typeof handedOn;
export const handedOnKinds = Object.keys(handedOn) as HandedOn[];

/** Acts that make somebody, and their organisation, one of the rectifying side. */
export const rectifyingKinds = [
  'ProblemPlanned',
  'RectificationStarted',
  'RectificationStaged',
  'RectificationClaimed',
] as const satisfies readonly ActKind[];

/** Whether what was handed on by such an act is still with those it went to. */
export function isOnItsWay(kind: HandedOn, state: string): boolean {
  return (handedOn[kind] as readonly string[]).includes(state);
}

export interface SentOn {
  readonly kind: HandedOn;
  readonly state: string;
  readonly at: number;
  readonly no: string;
  readonly text: string;
}

/** What was sent away in one way and is now in one place. */
export interface SentTogether extends SentOn {
  readonly count: number;
}

/**
 * What somebody sent away and where it is now, by how it was sent and its state, the last sent first (我送出的).
 * @param sent  each problem once, by the last act that handed it on
 * @returns     `at`, `no` and `text` are those of the last one sent
 */
export function sentTogether(sent: readonly SentOn[]): SentTogether[] {
  const groups = new Map<string, SentTogether>();
  for (const one of sent.toSorted((a, b) => b.at - a.at)) {
    if (!isOnItsWay(one.kind, one.state)) continue;
    const key = `${one.kind} ${one.state}`;
    const group = groups.get(key);
    groups.set(key, group === undefined ? { ...one, count: 1 } : { ...group, count: group.count + 1 });
  }
  return [...groups.values()];
}

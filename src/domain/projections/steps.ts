import type { Act } from '../acts/act.ts';
import { nowhere } from './context.ts';
import type { Active, Dims, Step } from './spans.ts';

/** What counts under a fact, from when its act was recorded on. */
export interface Counted {
  readonly fact: string;
  readonly dims: Dims;
}

export function counted(fact: string, dims: Partial<Dims> = {}): Counted {
  return { fact, dims: { ...nowhere, ...dims } };
}

/** Streams whose things count from one act until another takes them back. */
export function countsUntil(after: (act: Act, active: readonly Counted[]) => readonly Counted[]): (acts: readonly Act[]) => Step[] {
  return (acts) => {
    let active: readonly Counted[] = [];
    return acts.map((act) => {
      active = after(act, active);
      return { at: act.recordedAt, active: active.map((c): Active => ({ ...c, from: act.recordedAt, amount: 0 })) };
    });
  };
}

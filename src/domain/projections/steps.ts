import { isOn, type ActOn } from '../acts/streams.ts';
import type { Act, StreamKind } from '../acts/act.ts';
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

/** Streams of some kinds whose things count from one act until another takes them back. */
export function countsUntil<S extends StreamKind>(
  streams: readonly S[],
  after: (act: ActOn<S>, active: readonly Counted[]) => readonly Counted[],
): (acts: readonly Act[]) => Step[] {
  return (acts) => {
    let active: readonly Counted[] = [];
    return acts.map((act) => {
      const stream = streams.find((s) => isOn(s, act));
      if (stream !== undefined) active = after(act as ActOn<S>, active);
      return { at: act.recordedAt, active: active.map((c): Active => ({ ...c, from: act.recordedAt, amount: 0 })) };
    });
  };
}

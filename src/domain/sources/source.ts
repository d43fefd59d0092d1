import type { Act } from '../acts/act.ts';
import type { PlaceCode } from '../kernel/place.ts';

/** A pollution source (污染源) as far as rules rest on it. */
export interface Source {
  readonly id: string;
  readonly no: string;
  readonly place: PlaceCode;
  /** Inspections so far: the next one's number follows. */
  readonly inspections: number;
}

/** A source from the acts of its stream in order; undefined when they are of something else. */
export function foldSource(acts: readonly Act[]): Source | undefined {
  const first = acts[0];
  if (first?.kind !== 'SourceRegistered') return undefined;
  const { no, place } = first.payload;
  return { id: first.streamId, no, place, inspections: acts.filter((a) => a.kind === 'InspectionCompleted').length };
}

/**
 * Whether a source is closed and accepted as closed, by the acts of its stream in order: the last word decides, so that what runs
 * again is open and what stops again is closed, however often either was said.
 */
export function isClosed(acts: readonly Act[]): boolean {
  return acts.findLast((a) => a.kind === 'SourceClosureAccepted' || a.kind === 'SourceRevived')?.kind === 'SourceClosureAccepted';
}

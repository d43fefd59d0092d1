import type { Act } from '../acts/act.ts';
import type { Clock } from './clocks.ts';
import type { FactContext } from './context.ts';
import type { EvidenceRow } from '../evidence/project.ts';
import type { Line } from './lines.ts';
import type { Step } from './spans.ts';

/** A source as it is looked up. */
export interface SourceRow {
  readonly id: string;
  readonly no: string;
  readonly name: string;
  readonly uscc: string | null;
  readonly place: number;
}

/** Evidence that an act shows by its hash; what a claim hands in must never have been seen. */
export interface ShownEvidence {
  readonly sha256: string;
  readonly mustBeNew: boolean;
}

/** What the projections keep of one kind of stream; each function gets all acts of one stream in order. */
export interface Feature {
  /** Under which facts it counts after each act. */
  readonly facts?: (acts: readonly Act[], ctx: FactContext) => Step[];
  /** Its line in the ledger after each act. */
  readonly lines?: (acts: readonly Act[], ctx: FactContext) => Line[];
  /** Its clocks after all of these acts, in the order in which they began. */
  readonly clocks?: (acts: readonly Act[], ctx: FactContext) => readonly Clock[];
  readonly source?: (acts: readonly Act[]) => SourceRow | null;
  readonly evidence?: (acts: readonly Act[]) => ShownEvidence[];
  readonly objects?: (acts: readonly Act[]) => EvidenceRow[];
}

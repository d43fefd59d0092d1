import type { Act } from '../acts/act.ts';
import type { EvidenceRef } from '../acts/payloads.ts';
import { factSpans, type FactContext } from './facts.ts';
import { itemSpans, type ItemSpan } from './items.ts';
import type { Span } from './spans.ts';

/** Everything the projections keep of one stream. */
export interface Projection {
  readonly facts: Span[];
  readonly items: ItemSpan[];
  readonly source: {
    readonly id: string;
    readonly no: string;
    readonly name: string;
    readonly uscc: string | null;
    readonly place: number;
  } | null;
  readonly evidence: readonly EvidenceRef[];
}

/** Projects one stream: pure, so rebuilding gives the same rows as writing did. */
export function projectStream(acts: readonly Act[], ctx: FactContext): Projection {
  return { facts: factSpans(acts, ctx), items: itemSpans(acts, ctx), source: sourceOf(acts), evidence: evidenceOf(acts) };
}

function sourceOf(acts: readonly Act[]): Projection['source'] {
  for (const act of acts) {
    if (act.kind === 'SourceRegistered') {
      const { no, name, uscc, place } = act.payload;
      return { id: act.streamId, no, name, uscc, place };
    }
  }
  return null;
}

/** Evidence handed in for the first time. The parts of a split problem repeat the whole's; a rebound brings its own. */
function evidenceOf(acts: readonly Act[]): EvidenceRef[] {
  return acts.flatMap((act) =>
    (act.kind === 'ProblemFound' && act.payload.splitFrom === undefined) || act.kind === 'RectificationClaimed'
      ? [...act.payload.evidence]
      : [],
  );
}

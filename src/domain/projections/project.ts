import type { Act } from '../acts/act.ts';
import { factSpans, type FactContext } from './facts.ts';
import { evidenceRows, type EvidenceRow } from './evidence.ts';
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
  readonly evidence: readonly { readonly sha256: string; readonly mustBeNew: boolean }[];
  readonly objects: readonly EvidenceRow[];
}

/** Projects one stream: pure, so rebuilding gives the same rows as writing did. */
export function projectStream(acts: readonly Act[], ctx: FactContext): Projection {
  return {
    facts: factSpans(acts, ctx),
    items: itemSpans(acts, ctx),
    source: sourceOf(acts),
    evidence: evidenceOf(acts),
    objects: evidenceRows(acts),
  };
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

/**
 * Evidence of a stream. What a claim hands in must never have been seen; what a finding shows may have been. The parts of a split
 * problem repeat the whole's and show nothing of their own.
 */
function evidenceOf(acts: readonly Act[]): Projection['evidence'] {
  return acts.flatMap((act): readonly { sha256: string; mustBeNew: boolean }[] => {
    if (act.kind === 'RectificationClaimed') return act.payload.evidence.map((e) => ({ sha256: e.sha256, mustBeNew: true }));
    if (act.kind === 'ProblemFound' && act.payload.splitFrom === undefined) {
      return act.payload.evidence.map((e) => ({ sha256: e.sha256, mustBeNew: false }));
    }
    return [];
  });
}

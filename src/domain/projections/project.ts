import { inOrder, type Act, type StreamKind } from '../acts/act.ts';
import { centralFeature } from '../central/project.ts';
import { caseFeature } from '../penalties/project.ts';
import { problemFeature } from '../problems/project.ts';
import { projectFeature } from '../projects/project.ts';
import { recordFeature } from '../registers/project.ts';
import { releaseFeature } from '../release/project.ts';
import { sourceFeature } from '../sources/project.ts';
import { supervisionFeature } from '../supervision/project.ts';
import type { Instant } from '../kernel/instant.ts';
import type { Clock } from './clocks.ts';
import type { FactContext } from './context.ts';
import { evidenceRows, type EvidenceRow } from '../evidence/project.ts';
import type { Feature, ShownEvidence, SourceRow } from './feature.ts';
import { lineSpans, type ItemSpan } from './lines.ts';
import { spansOf, type Span } from './spans.ts';

/** Everything the projections keep of one stream. */
export interface Projection {
  readonly facts: Span[];
  readonly items: ItemSpan[];
  readonly source: SourceRow | null;
  readonly evidence: readonly ShownEvidence[];
  readonly objects: readonly EvidenceRow[];
}

/** What is kept of each kind of stream; of those that are empty nothing is. */
const features: Readonly<Record<StreamKind, Feature>> = {
  campaign: {},
  source: sourceFeature,
  problem: problemFeature,
  batch: supervisionFeature,
  letter: supervisionFeature,
  case: caseFeature,
  task: centralFeature,
  measure: centralFeature,
  project: projectFeature,
  publication: releaseFeature,
  bulletin: {},
  record: recordFeature,
  evidence: { objects: evidenceRows },
  lead: {},
};

/**
 * Clocks of one stream as of an instant (时限).
 * @param acts  all acts of the stream, any order
 */
export function clocksOf(acts: readonly Act[], ctx: FactContext, asOf?: Instant): readonly Clock[] {
  const ordered = inOrder(acts, asOf);
  return ordered[0] === undefined ? [] : (features[ordered[0].stream].clocks?.(ordered, ctx) ?? []);
}

/**
 * Projects one stream: pure, so rebuilding gives the same rows as writing did.
 *
 * Every figure is a count or a sum over the counted intervals; the reference functions in `clearance` do not use them.
 * @param acts  all acts of the stream, any order
 */
export function projectStream(acts: readonly Act[], ctx: FactContext): Projection {
  const ordered = inOrder(acts);
  const feature = ordered[0] === undefined ? {} : features[ordered[0].stream];
  return {
    facts: spansOf(feature.facts?.(ordered, ctx) ?? []),
    items: lineSpans(feature.lines?.(ordered, ctx) ?? []),
    source: feature.source?.(ordered) ?? null,
    evidence: feature.evidence?.(ordered) ?? [],
    objects: feature.objects?.(ordered) ?? [],
  };
}

import type { Act } from '../acts/act.ts';
import { noOf, nowhere, type FactContext } from '../projections/context.ts';
import type { Feature, SourceRow } from '../projections/feature.ts';
import type { Active, Step } from '../projections/spans.ts';

/** What the projections keep of a pollution source with its inspections. */
export const sourceFeature: Feature = { facts: sourceSteps, source: sourceOf };

function sourceSteps(acts: readonly Act[], ctx: FactContext): Step[] {
  let place = 0;
  let closed = false;
  let scattered = false;
  const aspects = new Set<number>();
  return acts.map((act) => {
    const at = act.recordedAt;
    if (act.kind === 'SourceRegistered') {
      place = act.payload.place;
      scattered = act.payload.scattered;
    } else if (act.kind === 'InspectionCompleted') aspects.add(noOf(ctx.dims.aspect, act.payload.aspect));
    else if (act.kind === 'SourceClosureAccepted') closed = true;
    else if (act.kind === 'SourceRevived') closed = false;
    const dims = { ...nowhere, place };
    const active: Active[] = [{ fact: 'source.registered', from: at, dims, amount: 0 }];
    if (aspects.size > 0) active.push({ fact: 'source.inspected', from: at, dims, amount: 0 });
    for (const aspect of aspects) {
      const key = `source.inspectedUnder#${aspect}`;
      active.push({ fact: 'source.inspectedUnder', key, from: at, dims: { ...dims, aspect }, amount: 0 });
    }
    if (closed && scattered) active.push({ fact: 'scattered.closed', from: at, dims, amount: 0 });
    return { at, active };
  });
}

function sourceOf(acts: readonly Act[]): SourceRow | null {
  for (const act of acts) {
    if (act.kind === 'SourceRegistered') {
      const { no, name, uscc, place } = act.payload;
      return { id: act.streamId, no, name, uscc, place };
    }
  }
  return null;
}

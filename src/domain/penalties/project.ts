import type { Act } from '../acts/act.ts';
import { nowhere, stateNo, type FactContext } from '../projections/context.ts';
import type { Feature } from '../projections/feature.ts';
import type { Item, Line } from '../projections/lines.ts';
import type { Active, Step } from '../projections/spans.ts';
import { foldCase } from './case.ts';

/** What the projections keep of a penalty case. */
export const caseFeature: Feature = { facts: caseSteps, lines: caseLines };

function caseSteps(acts: readonly Act[], ctx: FactContext): Step[] {
  return acts.map((act, i) => {
    const active: Active[] = [];
    const c = foldCase(acts.slice(0, i + 1));
    if (c !== undefined) {
      const dims = { ...nowhere, place: c.place };
      if (c.decided && !c.revoked) active.push({ fact: 'case.penalty', from: act.recordedAt, dims, amount: c.amountFen });
      const measure = c.measure === null ? undefined : ctx.dims.measure.get(c.measure);
      if (measure !== undefined) {
        active.push({ fact: 'case.typical', from: act.recordedAt, dims: { ...dims, measure }, amount: 0 });
      }
    }
    return { at: act.recordedAt, active };
  });
}

function caseLines(acts: readonly Act[], ctx: FactContext): Line[] {
  const out: Line[] = [];
  acts.forEach((act, i) => {
    const item = caseItem(acts.slice(0, i + 1), ctx);
    if (item !== undefined) out.push({ at: act.recordedAt, item });
  });
  return out;
}

function caseItem(acts: readonly Act[], ctx: FactContext): Item | undefined {
  const c = foldCase(acts);
  const first = acts[0];
  const last = acts.at(-1);
  if (c === undefined || first === undefined || last === undefined) return undefined;
  return {
    id: c.id,
    kind: 'case',
    no: c.no,
    sourceId: c.sourceId,
    unit: c.unit,
    place: c.place,
    aspect: 0,
    type: 0,
    text: c.cause,
    clue: '',
    lon: null,
    lat: null,
    batch: 0,
    state: stateNo(ctx, c.revoked ? 'revoked' : c.decided ? 'decided' : 'filed'),
    deadlineAt: null,
    foundAt: first.happenedAt,
    firstRecordedAt: first.recordedAt,
    updatedAt: last.recordedAt,
    version: c.version,
    ownerOrg: null,
    amounts: c.decided ? { fine: c.amountFen } : null,
  };
}

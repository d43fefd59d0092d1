import type { Act } from '../acts/act.ts';
import { endOfDate, startOfDate } from '../kernel/instant.ts';
import { noOf, stateNo, type FactContext } from '../projections/context.ts';
import type { Feature } from '../projections/feature.ts';
import type { Item, Line } from '../projections/lines.ts';
import type { Dims, Step } from '../projections/spans.ts';
import { matches } from './facts.ts';
import type { RegisterItem } from './item.ts';

/** What the projections keep of a record of an outside register. */
export const recordFeature: Feature = { facts: recordSteps, lines: recordLines };

function recordSteps(acts: readonly Act[], ctx: FactContext): Step[] {
  return acts.map((act) => {
    if (act.kind !== 'RecordAppeared' && act.kind !== 'RecordChanged') return { at: act.recordedAt, active: [] };
    const item = act.payload.item;
    const dims: Dims = {
      place: item.place,
      batch: 0,
      aspect: noOf(ctx.dims.aspect, item.aspect),
      type: noOf(ctx.dims.type, item.type),
      measure: 0,
    };
    const active = ctx.settings.facts
      .filter((rule) => matches(rule, item))
      .map((rule) => ({
        fact: rule.fact,
        from: act.recordedAt,
        dims,
        amount: rule.amount === undefined ? 0 : (item.amounts[rule.amount] ?? 0),
      }));
    return { at: act.recordedAt, active };
  });
}

function recordLines(acts: readonly Act[], ctx: FactContext): Line[] {
  const out: Line[] = [];
  for (const act of acts) {
    const item = recordItem(act, out.at(-1)?.item, acts[0] as Act, ctx);
    if (item !== undefined) out.push({ at: act.recordedAt, item });
  }
  return out;
}

function recordItem(act: Act, before: Item | undefined, first: Act, ctx: FactContext): Item | undefined {
  if (act.kind === 'RecordVanished') {
    return before === undefined ? undefined : { ...before, state: stateNo(ctx, 'vanished'), updatedAt: act.recordedAt, version: act.seq };
  }
  if (act.kind !== 'RecordAppeared' && act.kind !== 'RecordChanged') return before;
  const item: RegisterItem = act.payload.item;
  const offset = ctx.settings.utcOffsetMinutes;
  return {
    id: act.streamId,
    kind: 'record',
    no: item.no,
    sourceId: null,
    unit: item.unit,
    place: item.place,
    aspect: noOf(ctx.dims.aspect, item.aspect),
    type: noOf(ctx.dims.type, item.type),
    text: item.text,
    clue: item.register,
    lon: item.lon,
    lat: item.lat,
    batch: 0,
    state: stateNo(ctx, item.state),
    deadlineAt: item.deadline === null ? null : endOfDate(item.deadline, offset),
    foundAt: item.openedOn === null ? first.recordedAt : startOfDate(item.openedOn, offset),
    firstRecordedAt: first.recordedAt,
    updatedAt: act.recordedAt,
    version: act.seq,
    ownerOrg: null,
    amounts: item.amounts,
  };
}

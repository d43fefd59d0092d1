import { inOrder, type Act } from '../acts/act.ts';
import { endOfDate, startOfDate, type Instant } from '../kernel/instant.ts';
import { foldCase } from '../penalties/case.ts';
import { applyProblemAct, type Problem } from '../problems/state.ts';
import type { RegisterItem } from '../registers/item.ts';
import type { FactContext } from './facts.ts';

/** What the ledger lists, as it stands after an act. Numbers are those of the campaign's classifications; 0 means none. */
export interface Item {
  readonly id: string;
  readonly kind: 'problem' | 'case' | 'record';
  readonly no: string;
  readonly sourceId: string | null;
  readonly unit: string;
  readonly place: number;
  readonly aspect: number;
  readonly type: number;
  readonly text: string;
  readonly clue: string;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly batch: number;
  /** Number of the state in the campaign's list, from 1. */
  readonly state: number;
  /** First instant after the deadline in force; null when there is none. */
  readonly deadlineAt: Instant | null;
  readonly foundAt: Instant;
  readonly firstRecordedAt: Instant;
  readonly updatedAt: Instant;
  readonly version: number;
  readonly ownerOrg: string | null;
  readonly amounts: Readonly<Record<string, number>> | null;
}

/** An interval [from, to) by time of recording in which the ledger showed an item like this. */
export interface ItemSpan {
  readonly from: Instant;
  readonly to: Instant | null;
  readonly item: Item;
}

/**
 * The ledger line of a stream through time; empty for streams that the ledger does not list.
 * @param acts  all acts of the stream, any order
 */
export function itemSpans(acts: readonly Act[], ctx: FactContext): ItemSpan[] {
  const ordered = inOrder(acts);
  const states: { at: Instant; item: Item }[] = [];
  const kind = ordered[0]?.stream;
  if (kind === 'problem') {
    let p: Problem | undefined;
    for (const act of ordered) {
      p = applyProblemAct(p, act);
      if (p !== undefined) states.push({ at: act.recordedAt, item: problemItem(p, ordered[0] as Act, act, ctx) });
    }
  } else if (kind === 'case') {
    ordered.forEach((act, i) => {
      const item = caseItem(ordered.slice(0, i + 1), ctx);
      if (item !== undefined) states.push({ at: act.recordedAt, item });
    });
  } else if (kind === 'record') {
    for (const act of ordered) {
      const item = recordItem(act, states.at(-1)?.item, ordered[0] as Act, ctx);
      if (item !== undefined) states.push({ at: act.recordedAt, item });
    }
  }
  return intervals(states);
}

function intervals(states: readonly { at: Instant; item: Item }[]): ItemSpan[] {
  const out: ItemSpan[] = [];
  for (const { at, item } of states) {
    const last = out.at(-1);
    if (last !== undefined && sameLine(last.item, item)) out[out.length - 1] = { ...last, item };
    else {
      if (last !== undefined) {
        if (last.from < at) out[out.length - 1] = { ...last, to: at };
        else out.pop();
      }
      out.push({ from: at, to: null, item });
    }
  }
  return out;
}

/** Whether two lines look the same to filters, sorts and counts. */
function sameLine(a: Item, b: Item): boolean {
  return (
    a.state === b.state &&
    a.batch === b.batch &&
    a.deadlineAt === b.deadlineAt &&
    a.place === b.place &&
    a.aspect === b.aspect &&
    a.type === b.type
  );
}

/** Number of a state in the campaign's list; a state the list lacks would be lost in the ledger, so it is an error. */
export function stateNo(ctx: FactContext, state: string): number {
  const no = ctx.settings.states.indexOf(state) + 1;
  if (no === 0) throw new Error(`state ${state} is not in the campaign's list`);
  return no;
}

function problemItem(p: Problem, first: Act, act: Act, ctx: FactContext): Item {
  return {
    id: p.id,
    kind: 'problem',
    no: p.found.no,
    sourceId: p.found.sourceId,
    unit: p.found.unit,
    place: p.found.place,
    aspect: ctx.dims.aspect.get(p.found.aspect) ?? 0,
    type: ctx.dims.type.get(p.found.type) ?? 0,
    text: p.found.text,
    clue: p.found.clue,
    lon: p.found.lon,
    lat: p.found.lat,
    batch: p.supervised?.batch ?? 0,
    state: stateNo(ctx, p.state),
    deadlineAt: p.deadline === null ? null : endOfDate(p.deadline, ctx.settings.utcOffsetMinutes),
    foundAt: p.foundAt,
    firstRecordedAt: first.recordedAt,
    updatedAt: act.recordedAt,
    version: p.version,
    ownerOrg: p.owner?.government ?? null,
    amounts: null,
  };
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
    aspect: (item.aspect === null ? undefined : ctx.dims.aspect.get(item.aspect)) ?? 0,
    type: (item.type === null ? undefined : ctx.dims.type.get(item.type)) ?? 0,
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

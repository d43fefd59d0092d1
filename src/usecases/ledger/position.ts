import type { Actor } from '../../domain/access/policy.ts';
import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import type { Standing } from '../../domain/kernel/standing.ts';
import { countBefore, findBeside, findKey, mostCounted } from '../../storage/ledger/position.ts';
import { findLine } from '../../storage/ledger/read.ts';
import { openView, standingOf } from '../figures/as-of.ts';
import type { Services } from '../services.ts';
import { ledgerFilter, sortOf } from './filter.ts';
import { totalOf, type LedgerAsk } from './read.ts';

/** Where a record stands in a list, and its neighbours there. */
export interface PositionSeen {
  readonly standing: Standing;
  readonly no: string;
  /** From 1; null when the record is not in the list, or further down than is counted. */
  readonly index: number | null;
  readonly inList: boolean;
  /** Lines of the list. */
  readonly total: number;
  /** Numbers of the lines before and after it; of a record that is not in the list, those between which its values would stand. */
  readonly previous: string | null;
  readonly following: string | null;
}

/**
 * Where a record stands in a question of the ledger, in its order: both neighbours are pages of one line that go on from its key.
 * @refuses item.unknown (also outside the asker's jurisdiction, before it had been recorded, and for another kind than the list's);
 *   what a page of the ledger refuses
 */
export async function readPosition(s: Services, actor: Actor, ask: LedgerAsk & { readonly no: string }): Promise<PositionSeen | Refusal> {
  const { db } = s.database;
  const view = await openView(s, actor, 'ledger.read', ask.campaign, ask.asOf);
  if (isRefusal(view)) return view;
  const filter = await ledgerFilter(s, actor, view, ask);
  if (isRefusal(filter)) return filter;
  // Whoever asks must be able to see the record itself, whatever list it is looked for in.
  const anywhere = await ledgerFilter(s, actor, view, { kind: filter.kind });
  if (isRefusal(anywhere)) return anywhere;
  const line = await findLine(db, anywhere, ask.no);
  if (line === undefined) return refuse('item.unknown', {});
  const order = sortOf(ask.sort);
  const key = await findKey(db, filter, order, line.id);
  if (key === undefined) return refuse('item.unknown', {});
  const inList = (await findLine(db, filter, line.id)) !== undefined;
  const before = inList ? await countBefore(db, filter, order, key) : null;
  return {
    standing: await standingOf(s, view),
    no: line.no,
    index: before === null || before > mostCounted ? null : before + 1,
    inList,
    total: await totalOf(s, view, filter),
    ...(await findBeside(db, filter, order, key)),
  };
}

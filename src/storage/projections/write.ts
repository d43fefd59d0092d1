import { type RawBuilder, sql } from 'kysely';
import type { Act } from '../../domain/acts/act.ts';
import { projectStream, type Projection } from '../../domain/projections/project.ts';
import type { FactContext } from '../../domain/projections/context.ts';
import { spanChanges, type Span } from '../../domain/projections/spans.ts';
import type { ItemSpan } from '../../domain/projections/lines.ts';
import type { CampaignRow } from '../acts/read.ts';
import { ts, type Tx } from '../database.ts';
import { runTogether } from '../statements.ts';
import {
  evidenceColumns,
  evidenceRow,
  factSpanColumns,
  factSpanRow,
  itemColumns,
  itemRow,
  itemSpanColumns,
  itemSpanRow,
  itemTextColumns,
  itemTextRow,
  searchedText,
  type Cell,
} from './rows.ts';

/** A stream before and after the acts that are being appended to it. */
export interface StreamChange {
  readonly streamId: string;
  readonly before: readonly Act[];
  readonly after: readonly Act[];
}

const empty: Projection = { facts: [], items: [], source: null, evidence: [], objects: [] };

/** Brings the projections of some streams up to date, in the transaction that appends their acts. */
export async function writeProjections(
  tx: Tx,
  campaign: CampaignRow,
  changes: readonly StreamChange[],
  ctx: FactContext,
  facts: ReadonlyMap<string, number>,
): Promise<void> {
  await runTogether(tx, projectionStatements(campaign, changes, ctx, facts));
}

/** The same as statements, which may be sent with others; none reads what another writes. */
export function projectionStatements(
  campaign: CampaignRow,
  changes: readonly StreamChange[],
  ctx: FactContext,
  facts: ReadonlyMap<string, number>,
): RawBuilder<unknown>[] {
  const goneFacts: [string, Span][] = [];
  const newFacts: [string, Span][] = [];
  const goneItems: ItemSpan[] = [];
  const newItems: ItemSpan[] = [];
  const current: ItemSpan[] = [];
  const texts: ItemSpan[] = [];
  const shown: [string, string][] = [];
  const handedIn: [string, string][] = [];
  const objects: Cell[][] = [];
  const sources: NonNullable<Projection['source']>[] = [];
  for (const change of changes) {
    const before = change.before.length === 0 ? empty : projectStream(change.before, ctx);
    const after = projectStream(change.after, ctx);
    const diff = spanChanges(before.facts, after.facts);
    for (const s of diff.gone) goneFacts.push([change.streamId, s]);
    for (const s of diff.added) newFacts.push([change.streamId, s]);
    const key = (s: ItemSpan) => itemSpanRow(s).join('|');
    const had = new Set(before.items.map(key));
    const has = new Set(after.items.map(key));
    goneItems.push(...before.items.filter((s) => !has.has(key(s))));
    newItems.push(...after.items.filter((s) => !had.has(key(s))));
    const last = after.items.at(-1);
    if (last !== undefined) {
      current.push(last);
      const was = before.items.at(-1);
      if (was === undefined || searchedText(was) !== searchedText(last)) texts.push(last);
    }
    const seen = new Set(before.evidence.map((e) => e.sha256));
    for (const e of after.evidence) {
      if (seen.has(e.sha256)) continue;
      seen.add(e.sha256);
      (e.mustBeNew ? handedIn : shown).push([e.sha256, change.streamId]);
    }
    const kept = new Set(before.objects.map((e) => evidenceRow(e).join('|')));
    for (const e of after.objects.map(evidenceRow)) if (!kept.has(e.join('|'))) objects.push(e);
    if (before.source === null && after.source !== null) sources.push(after.source);
  }
  return [
    ...deleteFacts(campaign, goneFacts, facts),
    ...deleteItems(campaign, goneItems),
    ...insert(
      campaign,
      'fact_spans',
      factSpanColumns,
      newFacts.map(([id, s]) => factSpanRow(s, id, factNo(facts, s.fact))),
    ),
    ...insert(campaign, 'item_spans', itemSpanColumns, newItems.map(itemSpanRow)),
    ...insert(campaign, 'items', itemColumns, current.map(itemRow), upsertItem),
    ...insert(campaign, 'item_texts', itemTextColumns, texts.map(itemTextRow), upsertText),
    ...insert(campaign, 'evidence_seen', 'sha256, subject_id', evidenceRows(shown), firstSubject),
    // Two claims with the same photograph at one moment, in one transaction or two: the second violates the key, and is decided again
    // over what is there now.
    ...insert(campaign, 'evidence_seen', 'sha256, subject_id', inOrder(handedIn)),
    ...insert(campaign, 'evidence_objects', evidenceColumns, objects, sealedLater),
    ...insert(
      campaign,
      'sources',
      'id, no, name, uscc, place',
      sources.map((s) => [s.id, s.no, s.name, s.uscc, s.place]),
    ),
  ];
}

export function factNo(facts: ReadonlyMap<string, number>, name: string): number {
  const no = facts.get(name);
  if (no === undefined) throw new Error(`fact ${name} has no number`);
  return no;
}

/** Each fingerprint once, with the lowest subject. */
function evidenceRows(list: readonly [string, string][]): Cell[][] {
  const lowest = new Map<string, string>();
  for (const [sha, id] of list) {
    const other = lowest.get(sha);
    if (other === undefined || id < other) lowest.set(sha, id);
  }
  return inOrder([...lowest]);
}

/** In order of the fingerprint: two writers of the same ones wait for each other, and neither for both. */
function inOrder(list: readonly [string, string][]): Cell[][] {
  return list.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([sha, id]) => [`\\x${sha}`, id]);
}

/** What is shown again keeps the subject with the lowest id, so that the order of writing leaves no trace. */
const firstSubject = 'on conflict (campaign_id, sha256) do update set subject_id = least(evidence_seen.subject_id, excluded.subject_id)';

/** Of a stored object only its sealing and, for a copy, the time can change. */
const sealedLater =
  'on conflict (campaign_id, stream_id, sha256, item_id) do update set sealed = excluded.sealed, received_at = excluded.received_at';

const upsertItem = `on conflict (campaign_id, id) do update set ${itemColumns
  .split(', ')
  .filter((c) => !['id', 'kind', 'first_recorded_at'].includes(c))
  .map((c) => `${c} = excluded.${c}`)
  .join(', ')}`;

const upsertText = 'on conflict (campaign_id, item_id) do update set folded = excluded.folded, search = excluded.search';

function deleteFacts(campaign: CampaignRow, gone: readonly [string, Span][], facts: ReadonlyMap<string, number>): RawBuilder<unknown>[] {
  if (gone.length === 0) return [];
  const ids = gone.map(([id]) => id);
  const nos = gone.map(([, s]) => factNo(facts, s.fact));
  const froms = gone.map(([, s]) => ts(s.from));
  // One source may be inspected under two aspects in one instant: the classification tells such intervals apart.
  const aspects = gone.map(([, s]) => s.dims.aspect);
  const measures = gone.map(([, s]) => s.dims.measure);
  return [
    sql`delete from fact_spans f using unnest(${ids}::uuid[], ${nos}::smallint[], ${froms}::timestamptz[], ${aspects}::smallint[], ${measures}::smallint[])
      as g(id, fact, from_at, aspect, measure)
    where f.campaign_id = ${campaign.id} and f.subject_id = g.id and f.fact = g.fact and f.from_at = g.from_at
      and f.aspect = g.aspect and f.measure = g.measure`,
  ];
}

function deleteItems(campaign: CampaignRow, gone: readonly ItemSpan[]): RawBuilder<unknown>[] {
  if (gone.length === 0) return [];
  return [
    sql`delete from item_spans s using unnest(${gone.map((g) => g.item.id)}::uuid[], ${gone.map((g) => ts(g.from))}::timestamptz[]) as g(id, from_at)
    where s.campaign_id = ${campaign.id} and s.item_id = g.id and s.from_at = g.from_at`,
  ];
}

function insert(campaign: CampaignRow, table: string, columns: string, rows: readonly Cell[][], tail = ''): RawBuilder<unknown>[] {
  const out: RawBuilder<unknown>[] = [];
  for (let i = 0; i < rows.length; i += 500) {
    const part = rows.slice(i, i + 500);
    const values = sql.join(part.map((row) => sql`(${sql.join([campaign.id, ...row])})`));
    out.push(sql`insert into ${sql.table(table)} (campaign_id, ${sql.raw(columns)}) values ${values} ${sql.raw(tail)}`);
  }
  return out;
}

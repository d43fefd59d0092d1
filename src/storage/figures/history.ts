import { sql } from 'kysely';
import type { FactTerm } from '../../domain/campaign/settings.ts';
import type { Instant } from '../../domain/kernel/instant.ts';
import { ts, type Tx } from '../database.ts';
import type { FactNames } from '../projections/fact-names.ts';
import { countSql, type Conditions } from './definition.ts';

export interface HistoryRequest {
  readonly campaignId: number;
  readonly names: FactNames;
  readonly terms: { readonly numerator: readonly FactTerm[]; readonly denominator: readonly FactTerm[] | null };
  readonly by: 'n' | 'amount';
  readonly conditions: Conditions;
  /** Ascending. */
  readonly at: readonly Instant[];
}

/** Values at several instants: the first counted, the others by the edges between. */
export async function figureHistory(tx: Tx, q: HistoryRequest): Promise<{ at: Instant; numerator: number; denominator: number | null }[]> {
  const facts = new Map<string, number[]>();
  for (const term of [...q.terms.numerator, ...(q.terms.denominator ?? [])]) {
    if (!facts.has(term.fact)) facts.set(term.fact, await factSeries(tx, q, term.fact));
  }
  const sum = (terms: readonly FactTerm[], i: number) => terms.reduce((total, t) => total + t.sign * (facts.get(t.fact)?.[i] ?? 0), 0);
  return q.at.map((at, i) => ({
    at,
    numerator: sum(q.terms.numerator, i),
    denominator: q.terms.denominator === null ? null : sum(q.terms.denominator, i),
  }));
}

async function factSeries(tx: Tx, q: HistoryRequest, name: string): Promise<number[]> {
  const no = await q.names.find(tx, name);
  const first = q.at[0];
  const last = q.at.at(-1);
  if (no === undefined || first === undefined || last === undefined) return q.at.map(() => 0);
  const c = q.conditions;
  const start = (await countSql(q.campaignId, no, c, first).execute(tx)).rows[0]?.[q.by] ?? 0;
  const places = sql.join([sql`place = 0`, ...c.ranges.map((r) => sql`(place >= ${r.from} and place < ${r.to})`)], sql` or `);
  const where = sql`campaign_id = ${q.campaignId} and fact = ${no} and (${places})
    ${c.batches === null ? sql`` : sql`and batch = any(${c.batches as number[]}::smallint[])`}
    ${c.aspect === null ? sql`` : sql`and aspect = ${c.aspect}`}${c.type === null ? sql`` : sql` and type = ${c.type}`}${c.measure === null ? sql`` : sql` and measure = ${c.measure}`}`;
  const value = q.by === 'n' ? sql`1` : sql`amount`;
  const edges = await sql<{
    i: number;
    n: number;
  }>`select width_bucket(at - interval '1 millisecond', ${q.at.map((a) => ts(a))}::timestamptz[]) as i, sum(n) as n from (
      select from_at as at, ${value} as n from fact_spans where ${where} and from_at > ${ts(first)} and from_at <= ${ts(last)}
      union all select to_at, -${value} from fact_spans where ${where} and to_at > ${ts(first)} and to_at <= ${ts(last)}
    ) e group by 1`.execute(tx);
  const steps = new Array<number>(q.at.length).fill(0);
  // An edge in (at[i-1], at[i]] falls into bucket i (one millisecond earlier lies at or after at[i-1]).
  for (const e of edges.rows) steps[e.i] = (steps[e.i] ?? 0) + e.n;
  let total = start;
  return steps.map((step, i) => (i === 0 ? total : (total += step)));
}

import { sql, type RawBuilder } from 'kysely';
import type { FigureFilter } from '../../domain/clearance/filter.ts';
import type { CampaignSettings, FactTerm, FigureDefinition } from '../../domain/campaign/settings.ts';
import type { Instant } from '../../domain/kernel/instant.ts';
import { rangeOf, type PlaceRange } from '../../domain/kernel/place.ts';
import { ts } from '../database.ts';

/** A filter in the numbers of the tables: what both queries of a figure share. */
export interface Conditions {
  readonly ranges: readonly PlaceRange[];
  readonly batches: readonly number[] | null;
  readonly aspect: number | null;
  readonly type: number | null;
  readonly measure: number | null;
}

/** Filter and scope together; the scope's ranges always bound the place. */
export function conditionsOf(filter: FigureFilter, scope: readonly PlaceRange[], settings: CampaignSettings): Conditions {
  const wanted = [filter.city, filter.county].filter((code) => code !== undefined);
  const ranges = wanted.reduce<readonly PlaceRange[]>((left, code) => intersect(left, rangeOf(Number(code))), scope);
  const no = (list: readonly { code: string; no: number }[], code: string | undefined) =>
    code === undefined ? null : (list.find((x) => x.code === code)?.no ?? -1);
  return {
    ranges,
    batches: filter.batches ?? null,
    aspect: no(settings.aspects, filter.aspect),
    type: no(settings.types, filter.type),
    measure: no(settings.measures, filter.measure),
  };
}

function intersect(ranges: readonly PlaceRange[], with_: PlaceRange): PlaceRange[] {
  return ranges.map((r) => ({ from: Math.max(r.from, with_.from), to: Math.min(r.to, with_.to) })).filter((r) => r.from < r.to);
}

/** Terms of a figure: which facts its numerator and denominator add and take away. */
export function termsOf(
  definition: FigureDefinition,
  filter: FigureFilter,
): { numerator: readonly FactTerm[]; denominator: readonly FactTerm[] | null } {
  if (definition.count !== undefined) {
    const special = Object.entries(definition.count.byFilter ?? {}).find(([key]) => (filter as Record<string, unknown>)[key] !== undefined);
    return { numerator: [{ fact: special?.[1] ?? definition.count.fact, sign: 1 }], denominator: null };
  }
  if (definition.ratio !== undefined) return definition.ratio;
  return { numerator: [], denominator: null };
}

/** What a counted interval must fulfil to count as of an instant: the one predicate behind the count and the ids. Without ranges, places are the caller's. */
export function counted(
  campaignId: number,
  fact: number,
  c: Omit<Conditions, 'ranges'> & { readonly ranges: readonly PlaceRange[] | null },
  asOf: Instant,
): RawBuilder<unknown> {
  // Things without a place (a batch, a publication) belong to everyone who sees the campaign.
  const places = [sql`f.place = 0`, ...(c.ranges ?? []).map((r) => sql`(f.place >= ${r.from} and f.place < ${r.to})`)];
  const within = c.ranges === null ? sql`` : sql` and (${sql.join(places, sql` or `)})`;
  return sql`f.campaign_id = ${campaignId} and f.fact = ${fact} and f.from_at <= ${ts(asOf)} and f.to_at > ${ts(asOf)}${within}${c.batches === null ? sql`` : sql` and f.batch = any(${c.batches as number[]}::smallint[])`}${equals('aspect', c.aspect)}${equals('type', c.type)}${equals('measure', c.measure)}`;
}

function equals(column: string, value: number | null): RawBuilder<unknown> {
  return value === null ? sql`` : sql` and ${sql.raw(`f.${column}`)} = ${value}`;
}

/** The count query of a fact. */
export function countSql(campaignId: number, fact: number, c: Conditions, asOf: Instant): RawBuilder<{ n: number; amount: number }> {
  return sql`select count(*) as n, coalesce(sum(f.amount), 0) as amount from fact_spans f where ${counted(campaignId, fact, c, asOf)}`;
}

/** Where a page of ids goes on. */
export interface PageKey {
  readonly place: number;
  readonly from: number;
  readonly id: string;
}

import type { Actor } from '../../domain/access/policy.ts';
import { remainders } from '../../domain/clearance/dictionary.ts';
import type { Instant } from '../../domain/kernel/instant.ts';
import { readPageKey, writePageKey } from '../../domain/kernel/page-key.ts';
import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import type { Standing } from '../../domain/kernel/standing.ts';
import { conditionsOf, termsOf, type PageKey } from '../../storage/figures/definition.ts';
import { listFigureRecords, type FigureRecordRow, type RecordTerms } from '../../storage/figures/records.ts';
import type { FigureRequest } from '../../storage/figures/values.ts';
import type { Services } from '../services.ts';
import { standingOf, type View } from './as-of.ts';
import { openFigure, type FigureQuery } from './read.ts';
import { readValues } from './values.ts';

export type Part = 'numerator' | 'denominator' | 'difference';

/** A record behind a figure with codes in place of numbers. */
export type RecordSeen = Omit<FigureRecordRow, 'aspectNo' | 'typeNo' | 'fromAt' | 'happenedAt'> & {
  readonly aspect: string | null;
  readonly type: string | null;
  /** From when it counts (recorded). */
  readonly since: Instant;
  readonly happenedAt: Instant | null;
};

export interface RecordsSeen {
  readonly standing: Standing;
  readonly part: Part;
  readonly total: number;
  readonly records: readonly RecordSeen[];
  /** Where the list goes on, as `after` takes it. */
  readonly next: string | null;
}

export interface OpenRecords {
  readonly view: View;
  readonly request: FigureRequest;
}

/**
 * A figure whose records can be listed, as of one instant.
 * @refuses what opening a figure refuses, figure.no-records
 */
export async function openRecords(s: Services, actor: Actor, q: FigureQuery): Promise<OpenRecords | Refusal> {
  const opened = await openFigure(s, actor, q);
  if (isRefusal(opened)) return opened;
  return opened.request.definition.estimate === undefined ? opened : refuse('figure.no-records', { figure: q.id });
}

/**
 * A page of the records a figure counts.
 *
 * The numerator of a net figure lists what it counts minus what it takes away; `difference` is the denominator without the numerator.
 * @refuses figure.no-records, page.bad-key
 */
export async function readRecords(
  s: Services,
  actor: Actor,
  q: FigureQuery & { part: Part; after?: string | undefined; limit: number },
): Promise<RecordsSeen | Refusal> {
  const opened = await openRecords(s, actor, q);
  if (isRefusal(opened)) return opened;
  const after = q.after === undefined ? undefined : readKey(q.after);
  if (q.after !== undefined && after === undefined) return refuse('page.bad-key', {});
  const rows = await pageOf(s, opened, q.part, after, q.limit);
  const last = rows.at(-1);
  return {
    standing: await standingOf(s, opened.view),
    part: q.part,
    total: await totalOf(s, opened, q.part),
    records: rows.map((row) => recordSeen(opened.view, row)),
    next: rows.length < q.limit || last === undefined ? null : writePageKey({ keys: [last.place, last.fromAt], id: last.id }),
  };
}

const pageSize = 250;

/** Every record of a part, page by page, all as of the instant at which the figure was opened. */
export async function* figureRecords(s: Services, opened: OpenRecords, part: Part): AsyncGenerator<RecordSeen> {
  let after: PageKey | undefined;
  for (;;) {
    const rows = await pageOf(s, opened, part, after, pageSize);
    for (const row of rows) yield recordSeen(opened.view, row);
    const last = rows.at(-1);
    if (rows.length < pageSize || last === undefined) return;
    after = { place: last.place, from: last.fromAt, id: last.id };
  }
}

function pageOf(s: Services, { view, request }: OpenRecords, part: Part, after: PageKey | undefined, limit: number) {
  return listFigureRecords(s.database.db, {
    campaignId: view.row.id,
    names: s.names,
    terms: partTerms(part, termsOf(request.definition, request.filter)),
    conditions: conditionsOf(request.filter, view.scope, view.campaign.settings),
    asOf: view.watermark,
    after,
    limit,
  });
}

function recordSeen(view: View, row: FigureRecordRow): RecordSeen {
  const { settings } = view.campaign;
  const { aspectNo, typeNo, fromAt, happenedAt, ...rest } = row;
  const code = (list: readonly { code: string; no: number }[], no: number) => list.find((x) => x.no === no)?.code ?? null;
  return {
    ...rest,
    aspect: code(settings.aspects, aspectNo),
    type: code(settings.types, typeNo),
    since: fromAt as Instant,
    happenedAt,
  };
}

async function totalOf(s: Services, { view, request }: OpenRecords, part: Part): Promise<number> {
  const [value] = await readValues(s, view, [request]);
  const [numerator, denominator] = [value?.numerator ?? 0, value?.denominator ?? 0];
  if (part === 'denominator') return denominator;
  if (part === 'difference') return denominator - numerator;
  return request.definition.count?.sum === 'amount' ? countOf(s, view, request) : numerator;
}

/** How many records stand behind a sum of money. */
async function countOf(s: Services, view: View, request: FigureRequest): Promise<number> {
  const count = request.definition.count;
  if (count === undefined) return 0;
  const [value] = await readValues(s, view, [{ ...request, definition: { ...request.definition, count: { ...count, sum: 'n' } } }]);
  return value?.numerator ?? 0;
}

/** Which fact a part lists, and under which other facts a record must not count to be in it. */
export function partTerms(part: Part, terms: ReturnType<typeof termsOf>): RecordTerms {
  const plus = (list: readonly { fact: string; sign: number }[]) => list.find((t) => t.sign > 0)?.fact ?? '';
  const taken = terms.numerator.filter((t) => t.sign < 0).map((t) => ({ fact: t.fact }));
  if (part === 'numerator' || terms.denominator === null) return { fact: plus(terms.numerator), without: taken };
  const fact = plus(terms.denominator);
  if (part === 'denominator') return { fact, without: [] };
  // What the numerator takes away stays in the difference.
  const unless = taken[0]?.fact;
  const without = plus(terms.numerator);
  const among = remainders.find((r) => r.of === fact && r.without === without)?.among;
  return { fact, without: [{ fact: without, ...(unless === undefined ? {} : { unless }) }], among };
}

function readKey(text: string): PageKey | undefined {
  const key = readPageKey(text, ['place', 'instant']);
  const [place, from] = key?.keys ?? [];
  return key === undefined || place === undefined || from === undefined ? undefined : { place, from, id: key.id };
}

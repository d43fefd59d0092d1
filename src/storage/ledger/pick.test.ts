import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { randomCommands } from '../../../test/generators/live-commands.ts';
import { smallCampaign, type SmallCampaign } from '../../../test/support/campaign.ts';
import type { Act } from '../../domain/acts/act.ts';
import { instant, type Instant } from '../../domain/kernel/instant.ts';
import { covers } from '../../domain/kernel/place.ts';
import { factContext } from '../../domain/projections/context.ts';
import type { ItemSpan } from '../../domain/projections/lines.ts';
import { projectStream } from '../../domain/projections/project.ts';
import { foldText } from '../../domain/projections/search.ts';
import { pick, seeded } from '../../demo/random.ts';
import { lastRecordedAt } from '../acts/latest.ts';
import { noSeq, searchedText } from '../projections/rows.ts';
import { keysOf, type PageAsk, type PageKey } from './page.ts';
import { batchByBatch, pickPage, planSql, type Picked } from './pick.ts';
import type { PagePlan } from './plan.ts';
import type { LedgerFilter, LedgerSort } from './query.ts';

type Random = ReturnType<typeof seeded>;

let c: SmallCampaign;
let acts: Act[];
let streams: Act[][];
beforeAll(async () => {
  c = await smallCampaign(200, 47);
  await randomCommands(c, 250, 9);
  acts = await c.acts();
  streams = [...Map.groupBy(acts, (a) => a.streamId).values()].filter((s) => s[0]?.stream === 'problem');
});
afterAll(() => c.close());

/** The lines that the acts recorded by an instant make, by the folds of the domain alone. */
function linesAt(at: Instant): ItemSpan[] {
  const ctx = factContext(c.plan.settings);
  return streams.flatMap((s) =>
    projectStream(
      s.filter((a) => a.recordedAt <= at),
      ctx,
    ).items.slice(-1),
  );
}

function within(at: Instant, range: LedgerFilter['found']): boolean {
  return (range?.from ?? Number.NEGATIVE_INFINITY) <= at && at < (range?.before ?? Number.POSITIVE_INFINITY);
}

function belongs(f: LedgerFilter, { item: i }: ItemSpan, span: ItemSpan): boolean {
  const among = <T>(list: readonly T[] | null, value: T) => list === null || list.includes(value);
  const deadline = i.deadlineAt ?? Infinity;
  const text = foldText(searchedText(span));
  return (
    (i.place === 0 || f.ranges.some((r) => covers(r, i.place))) &&
    among(f.batches, i.batch) &&
    among(f.states, i.state) &&
    among(f.aspects, i.aspect) &&
    among(f.types, i.type) &&
    among(f.clues, i.clue) &&
    (f.owner === null || i.ownerOrg === f.owner) &&
    (f.source === undefined || i.sourceId === f.source) &&
    (!f.supervised || i.batch > 0) &&
    within(i.foundAt, f.found) &&
    within(i.updatedAt, f.updated) &&
    (f.deadline === null ||
      (deadline <= (f.deadline.upTo ?? Number.MAX_VALUE) && (f.deadline.after === null || deadline > f.deadline.after))) &&
    foldText(f.text ?? '')
      .split(/\s+/)
      .every((word) => text.includes(word))
  );
}

function keys(s: ItemSpan, sort: LedgerSort, current: boolean): number[] {
  const deadline = s.item.deadlineAt ?? Infinity;
  return {
    no: [noSeq(s.item.no)],
    deadline: [deadline],
    found: [s.item.foundAt],
    updated: [current ? s.item.updatedAt : s.from],
    place: [s.item.place, deadline],
    state: [s.item.state, deadline],
  }[sort];
}

const compare = (a: readonly (number | string)[], b: readonly (number | string)[]): number => {
  const i = a.findIndex((x, n) => x !== b[n]);
  return i < 0 ? 0 : (a[i] as number) < (b[i] as number) ? -1 : 1;
};

/** What only the item as it stands now is asked for in the past: its clue, source and owner never change once set, save the owner. */
function randomFilter(r: Random, asOf: Instant, current: boolean, lines: readonly ItemSpan[]): LedgerFilter {
  const some = () => pick(r, lines).item;
  const maybe = <T>(chance: number, value: () => T): T | null => (r.next() < chance ? value() : null);
  const place = some().place;
  const city = place - (place % 100);
  // Drawn once: of two draws, the second may be of a line without a source.
  const source = some().sourceId;
  return {
    campaignId: c.row.id,
    kind: 'problem',
    ranges: pick(r, [
      [{ from: 140_000, to: 150_000 }],
      [{ from: city, to: city + 100 }],
      [{ from: place, to: place + 1 }],
      [
        { from: place, to: place + 1 },
        { from: 141_000, to: 141_100 },
      ],
    ]),
    batches: maybe(0.3, () => [...new Set([some().batch, some().batch])]),
    states: maybe(0.5, () => [...new Set([some().state, some().state, 11])]),
    aspects: maybe(0.15, () => [some().aspect]),
    types: maybe(0.1, () => [some().type]),
    clues: maybe(0.1, () => [some().clue]),
    owner: current ? maybe(0.1, () => some().ownerOrg) : null,
    deadline: maybe(0.2, () => ({
      after: maybe(0.5, () => instant(asOf - 10 * 86_400_000)),
      upTo: maybe(0.8, () => instant(asOf + 5 * 86_400_000)),
    })),
    found: maybe(0.15, () => range(r, some().foundAt)) ?? undefined,
    updated: maybe(0.2, () => range(r, some().updatedAt)) ?? undefined,
    supervised: r.next() < 0.2,
    text: maybe(0.15, () => some().unit.slice(0, 2)),
    ...(r.next() < 0.05 && source !== null ? { source } : {}),
    asOf,
    current,
  };
}

/** Around an instant, which may lie on its beginning, with an end or without. */
function range(r: Random, at: Instant): NonNullable<LedgerFilter['found']> {
  const days = Math.floor(r.next() * 20) * 86_400_000;
  return pick(r, [
    { from: at, before: instant(at + days + 1) },
    { from: null, before: instant(at + days) },
    { from: instant(at - days), before: null },
    { from: instant(at - days), before: instant(at + days) },
  ]);
}

/** Every plan that can answer a question, whether it would be chosen or not. */
function plansFor(f: LedgerFilter, sort: LedgerSort, batches: readonly number[]): PagePlan[] {
  const plans: PagePlan[] = [
    { by: 'line' },
    ...[[], batches.filter((b) => b % 2 === 1), batches].flatMap((sparse) =>
      (['many', 'few'] as const).flatMap((waiting) => [
        { by: 'batches' as const, sparse, waiting, inTurn: false },
        ...(['no', 'deadline', 'found'].includes(sort) || (sort === 'updated' && f.current)
          ? [{ by: 'batches' as const, sparse, waiting, inTurn: true }]
          : []),
      ]),
    ),
    { by: 'gather', through: 'place' },
    { by: 'gather', through: 'state' },
  ];
  if (f.found !== undefined || f.updated !== undefined || f.deadline !== null) plans.push({ by: 'gather', through: 'days' });
  if (f.text !== null) plans.push({ by: 'gather', through: 'text' });
  if (f.owner !== null) plans.push({ by: 'gather', through: 'owner' });
  if (f.source !== undefined) plans.push({ by: 'gather', through: 'source' });
  if (!f.current && f.states !== null && sort === 'updated') plans.push({ by: 'tree' });
  return plans;
}

describe('a page of the ledger', () => {
  test.each([
    ['as it stands', true],
    ['as it stood', false],
  ])('is what folding the acts gives, by every plan, filter and order: %s', async (_, current) => {
    const { db } = c.services.database;
    const r = seeded(71, current ? 1 : 2);
    const now = await lastRecordedAt(db, c.row.id);
    let shown = 0;
    for (let i = 0; i < 120; i++) {
      const at = current ? now : instant(pick(r, acts).recordedAt - (i % 2));
      const lines = linesAt(at);
      if (lines.length === 0) continue;
      const f = randomFilter(r, at, current, lines);
      const sort = pick(r, Object.keys(keysOf) as LedgerSort[]);
      const descending = r.next() < 0.5;
      const expected = lines
        .filter((s) => belongs(f, s, s))
        .map((s) => ({ keys: keys(s, sort, current), id: s.item.id }))
        .sort((a, b) => compare([...a.keys, a.id], [...b.keys, b.id]) * (descending ? -1 : 1));
      const batches = [...new Set(lines.map((s) => s.item.batch))].filter((b) => f.batches?.includes(b) ?? true);
      const limit = 1 + Math.floor(r.next() * 12);
      const from = Math.floor(r.next() * expected.length);
      for (const after of [undefined, expected[from]] as (PageKey | undefined)[]) {
        const begin = after === undefined ? 0 : from + 1;
        const page: PageAsk = { sort, descending, after, limit };
        const shape = (rows: readonly Picked[]) => rows.map((p) => ({ keys: [p.k1, p.k2].slice(0, keysOf[sort]), id: p.id }));
        const wanted = expected.slice(begin, begin + limit);
        const why = JSON.stringify({ f, page });
        expect(shape(await pickPage(db, f, page)), why).toEqual(wanted);
        for (const plan of plansFor(f, sort, batches)) {
          const query = batches.length === 0 ? undefined : planSql(f, page, plan, batches);
          if (query === undefined) continue;
          const inTurn = plan.by === 'batches' && plan.inTurn;
          const rows = inTurn ? await batchByBatch(db, f, page, batches, plan) : (await sql<Picked>`${query}`.execute(db)).rows;
          expect(shape(rows), `${JSON.stringify(plan)} ${why}`).toEqual(wanted);
        }
        shown += wanted.length;
      }
    }
    expect(shown).toBeGreaterThan(400);
  });
});

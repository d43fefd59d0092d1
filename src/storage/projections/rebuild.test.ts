import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { randomCommands } from '../../../test/generators/live-commands.ts';
import { smallCampaign, type SmallCampaign } from '../../../test/support/campaign.ts';
import { isRefusal } from '../../domain/kernel/refusal.ts';
import { instant } from '../../domain/kernel/instant.ts';
import { rebuildCampaign, type RebuildReport } from '../../usecases/campaign/rebuild.ts';
import { writeMarks } from '../figures/marks.ts';

let c: SmallCampaign;

beforeAll(async () => {
  c = await smallCampaign(150);
});
afterAll(() => c.close());

async function rebuild(): Promise<RebuildReport> {
  const report = await rebuildCampaign(c.services, c.slug);
  if (isRefusal(report)) throw new Error(report.code);
  return report;
}

const differing = (r: RebuildReport) => r.tables.filter((t) => !t.same).map((t) => t.table);
const query = (text: string, values: unknown[] = []) => c.services.database.pool.query(text, values);

describe('rebuilding', () => {
  test('a campaign written in bulk changes nothing', async () => {
    const report = await rebuild();
    expect(differing(report)).toEqual([]);
    expect(report).toMatchObject({ same: true, badActs: 0, firstBad: null });
    expect(report.tables.find((t) => t.table === 'items')?.after.rows).toBeGreaterThan(150);
    expect(report.tables.find((t) => t.table === 'figure_totals')?.after.rows).toBeGreaterThan(100);
  });

  test('what single commands left changes nothing either', async () => {
    const done = await randomCommands(c, 400, 11, async (n) => {
      if (n % 100 === 99)
        await writeMarks(c.services.database.db, c.row, await c.services.watermark.reach(instant(Date.now() - 5), 1000), 480, 400);
    });
    const taken = done.flatMap((d) => (isRefusal(d.result) ? [] : d.result.acts.map((a) => a.kind)));
    expect(taken.length).toBeGreaterThan(100);
    for (const kind of ['ProblemSupervised', 'RectificationClaimed', 'ProblemCleared', 'ProblemRebounded']) expect(taken).toContain(kind);
    const report = await rebuild();
    expect(differing(report)).toEqual([]);
    expect(report.same).toBe(true);
  });

  test.each([
    [
      'items',
      "update items set state = state + 1 where id = (select min(id::text)::uuid from items where campaign_id = $1 and kind = 'problem')",
    ],
    ['item_texts', "update item_texts set folded = folded || '某' where ctid = (select min(ctid) from item_texts where campaign_id = $1)"],
    ['item_spans', 'update item_spans set node = node + 1 where ctid = (select min(ctid) from item_spans where campaign_id = $1)'],
    ['item_spans', 'delete from item_spans where ctid = (select min(ctid) from item_spans where campaign_id = $1)'],
    [
      'fact_spans',
      'update fact_spans set place = 140105 where ctid = (select min(ctid) from fact_spans where campaign_id = $1 and place <> 140105)',
    ],
    ['evidence_seen', 'delete from evidence_seen where ctid = (select min(ctid) from evidence_seen where campaign_id = $1)'],
    ['figure_totals', 'update figure_totals set n = n + 1 where ctid = (select min(ctid) from figure_totals where campaign_id = $1)'],
  ])('finds out that %s was tampered with, and mends it', async (table, tamper) => {
    await query(tamper, [c.row.id]);
    const report = await rebuild();
    expect(report.same).toBe(false);
    // Only this one: what the case before had spoilt was mended.
    expect(differing(report)).toEqual([table]);
  });

  test.each([
    ['leaf', "update acts set actor_name = actor_name || '某' where id = $1"],
    ['leaf', "update acts set recorded_at = recorded_at + interval '1 second' where id = $1"],
    ['payload', "update acts set payload = payload || ' ' where id = $1"],
  ])('names an act whose content was changed (%s)', async (what, tamper) => {
    const { rows } = await query("select * from acts where campaign_id = $1 and kind = 'ProblemConfirmed' order by stream_id limit 1", [
      c.row.id,
    ]);
    await query(tamper, [rows[0].id]);
    const report = await rebuild();
    await query('update acts set actor_name = $2, recorded_at = to_timestamp($3::double precision / 1000), payload = $4 where id = $1', [
      rows[0].id,
      rows[0].actor_name,
      rows[0].recorded_at,
      rows[0].payload,
    ]);
    expect(report).toMatchObject({ same: false, badActs: 1, firstBad: { id: rows[0].id, what } });
  });

  test('finds everything right again once everything is', async () => {
    await rebuild();
    expect(await rebuild()).toMatchObject({ same: true, badActs: 0 });
  });

  test('notices an act taken out of the middle of its stream', async () => {
    const { rows } = await query(
      "delete from acts where id = (select id from acts where campaign_id = $1 and kind = 'ProblemConfirmed' order by stream_id limit 1) returning *",
      [c.row.id],
    );
    const report = await rebuild();
    expect(report.firstBad).toMatchObject({ streamId: rows[0].stream_id, seq: 3, what: 'sequence' });
  });

  test('refuses a campaign that is not there', async () => {
    expect(await rebuildCampaign(c.services, 'nowhere')).toMatchObject({ refused: true, code: 'campaign.unknown' });
  });
});

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Act } from '../../src/domain/acts/act.ts';
import { findCampaign, listStreamActs, type CampaignRow } from '../../src/storage/acts/read.ts';
import { rebuildCampaign } from '../../src/usecases/campaign/rebuild.ts';
import { recordId } from '../../src/usecases/registers/ids.ts';
import { importSnapshot, type ImportReport } from '../../src/usecases/registers/import.ts';
import { at, bench, dataFile, load, mappingOf, pagesOf, press, rowsOf, seedMapping, type Bench } from './support.ts';

/** When each file says it was made, US Eastern. */
const snapshots = [
  '2025-09-03T09:00:00-04:00',
  '2025-11-05T10:00:00-05:00',
  '2025-12-02T07:00:00-05:00',
  '2026-01-12T11:00:00-05:00',
  '2026-02-04T09:00:00-05:00',
  '2026-03-04T07:00:00-05:00',
  '2026-04-02T11:00:00-04:00',
];
const fileOf = (snapshot: string) => `us-phmsa-enforcement-${snapshot.slice(0, 10)}.csv.gz`;
const mapping = mappingOf(seedMapping('us-phmsa'));
let b: Bench;
let row: CampaignRow;
const reports: ImportReport[] = [];

beforeAll(async () => {
  b = await bench();
  for (const s of snapshots) reports.push(await load(b.services, mapping, s, dataFile(fileOf(s))));
  row = (await findCampaign(b.services.database.db, 'us-phmsa')) as CampaignRow;
});
afterAll(() => b.close());

const actsOf = (no: string): Promise<Act[]> => listStreamActs(b.services.database.db, row, recordId('us-phmsa', 'case', no));

describe('the pipeline register at its seven instants', () => {
  test.each(snapshots)('as of %s its figures are those of its own file, to the dollar', async (snapshot) => {
    const rows = rowsOf(fileOf(snapshot));
    const cents = (column: string) => rows.reduce((sum, r) => sum + Number(r[column] || '0'), 0) * 100;
    expect(await press(b.services, 'us-phmsa', snapshot)).toMatchObject({
      'phmsa.cases': rows.length,
      'phmsa.open': rows.filter((r) => r.Case_Status === 'OPEN').length,
      'phmsa.proposed': cents('Proposed_Penalties'),
      'phmsa.assessed': cents('Assessed_Penalties'),
      'phmsa.collected': cents('Collected_Penalties'),
    });
  });

  test('the published totals of the first and the last file', async () => {
    expect(await press(b.services, 'us-phmsa', snapshots[0] as string)).toMatchObject({
      'phmsa.cases': 4947,
      'phmsa.open': 153,
      'phmsa.proposed': 13_381_400_900,
      'phmsa.assessed': 9_648_287_600,
      'phmsa.collected': 9_636_939_000,
    });
    expect(await press(b.services, 'us-phmsa', snapshots[6] as string)).toMatchObject({
      'phmsa.cases': 5038,
      'phmsa.open': 133,
      'phmsa.proposed': 14_693_429_100,
      'phmsa.assessed': 10_035_150_400,
      'phmsa.collected': 10_020_261_800,
    });
  });

  test('a moment between two snapshots shows the earlier one', async () => {
    expect(await press(b.services, 'us-phmsa', '2025-11-05T09:59:59.999-05:00')).toMatchObject({ 'phmsa.cases': 4947, 'phmsa.open': 153 });
  });

  test('every row is accounted for, and every change is one that the files show', () => {
    for (const [i, report] of reports.entries()) {
      const [file] = report.files;
      expect(file).toMatchObject({ rows: file!.accepted, duplicates: 0, rejected: 0 });
      const { appeared, changed, corrected, unchanged, vanished } = report.changes;
      expect(vanished).toBe(0);
      expect(appeared + changed + corrected + unchanged).toBe(file!.rows);
      if (i === 0) continue;
      const before = new Map(rowsOf(fileOf(snapshots[i - 1] as string)).map((r) => [r.CPF_Number, r]));
      const after = rowsOf(fileOf(snapshots[i] as string));
      expect(appeared).toBe(after.filter((r) => !before.has(r.CPF_Number)).length);
      // Blanks around a value are no change, nor is the file's own date.
      const same = (a: Record<string, string>, c: Record<string, string>) =>
        Object.keys(a).every((k) => k === 'Data_as_of' || a[k]!.trim() === c[k]!.trim());
      expect(changed + corrected).toBe(after.filter((r) => before.has(r.CPF_Number) && !same(r, before.get(r.CPF_Number)!)).length);
    }
    expect(reports.map((r) => r.warnings)).toEqual(snapshots.map(() => []));
  });

  test('a case that closed shows both states at their own instants', async () => {
    const first = new Map(rowsOf(fileOf(snapshots[0] as string)).map((r) => [r.CPF_Number, r]));
    const closed = rowsOf(fileOf(snapshots[1] as string)).find(
      (r) => r.Case_Status === 'CLOSED' && first.get(r.CPF_Number)?.Case_Status === 'OPEN',
    );
    const acts = await actsOf(closed!.CPF_Number!);
    expect(acts.map((a) => a.kind).slice(0, 2)).toEqual(['RecordAppeared', 'RecordChanged']);
    expect(acts[0]).toMatchObject({ recordedAt: at(snapshots[0] as string), payload: { item: { state: 'open' } } });
    expect(acts[1]).toMatchObject({ recordedAt: at(snapshots[1] as string), payload: { item: { state: 'closed' } } });
    expect((acts[1]!.payload as unknown as { changed: string[] }).changed).toEqual(expect.arrayContaining(['state', 'step.closed']));
    // Done on the day the row says, and never after it was recorded.
    const day = (acts[1]!.payload as unknown as { item: { steps: { code: string; on: string }[] } }).item.steps.find(
      (s) => s.code === 'closed',
    )!.on;
    expect(acts[1]!.happenedAt).toBe(at(`${day}T00:00:00-05:00`));
  });

  test('each act names its file, row and hash', async () => {
    const name = fileOf(snapshots[6] as string);
    const lines = gunzipSync(readFileSync(dataFile(name)))
      .toString('utf8')
      .split('\n');
    const i = lines.findIndex((line) => line.startsWith('42026034NOPV,'));
    const [act] = await actsOf('42026034NOPV');
    expect(act!.payload).toMatchObject({ file: name, row: i + 1, rowHash: createHash('sha256').update(lines[i]!).digest('hex') });
  });

  test('late entries are counted: opened before a snapshot that did not have them', () => {
    for (let i = 1; i < snapshots.length; i++) {
      const before = new Set(rowsOf(fileOf(snapshots[i - 1] as string)).map((r) => r.CPF_Number));
      const day = snapshots[i - 1]!.slice(0, 10);
      const iso = (text: string) =>
        text.replace(/^(\d+)\/(\d+)\/(\d+)$/, (_, m, d, y) => `20${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`);
      const late = rowsOf(fileOf(snapshots[i] as string)).filter((r) => !before.has(r.CPF_Number) && iso(r.Opened_Date!) < day);
      expect(reports[i]!.changes.late).toBe(late.length);
    }
  });

  test('the same file at the same instant changes nothing, whenever it comes', async () => {
    for (const s of [snapshots[2] as string, snapshots[6] as string]) {
      expect(await load(b.services, mapping, s, dataFile(fileOf(s)))).toMatchObject({ outcome: 'nothing-changed', acts: 0 });
    }
  });

  test('other content at the last instant, or before it, is refused', async () => {
    for (const s of [snapshots[6] as string, '2025-10-01T00:00:00-05:00', '2020-01-01T00:00:00-05:00']) {
      const refused = await importSnapshot(b.services, { mapping, recordedAt: at(s), files: [dataFile(fileOf(snapshots[1] as string))] });
      expect(refused).toMatchObject({ refused: true, code: 'import.not-later' });
    }
    expect(await press(b.services, 'us-phmsa', snapshots[6] as string)).toMatchObject({ 'phmsa.cases': 5038 });
  });

  test('dashboard, ledger, item and figure pages read it like any campaign', async () => {
    const snapshot = snapshots[3] as string;
    const rows = rowsOf(fileOf(snapshot));
    const pages = await pagesOf(b.services, 'us-phmsa', snapshot, 'phmsa.collected');
    const east = rows.filter((r) => r.Region === 'Eastern');
    const cities = pages.dashboard.cities.find((c) => c.name === 'Eastern');
    expect(cities?.figures.slice(0, 2).map((f) => f.value)).toEqual([east.length, east.filter((r) => r.Case_Status === 'OPEN').length]);
    expect(pages.total).toBe(rows.length);
    expect(pages.records.total).toBe(rows.filter((r) => r.Collected_Penalties !== '').length);
    const own = rows.find((r) => r.CPF_Number === pages.item.item.no);
    expect(pages.item.item.unit).toBe(own?.Operator_Name);
    expect(pages.item.fields?.Cited_Regulations ?? '').toBe(own?.Cited_Regulations?.trim());
  });

  test('rebuilding from the acts gives the same tables', async () => {
    expect(await rebuildCampaign(b.services, 'us-phmsa')).toMatchObject({ same: true, badActs: 0 });
  });

  test('a recording time that the file contradicts is warned of', async () => {
    const report = await importSnapshot(b.services, {
      mapping,
      recordedAt: at('2026-04-05T11:00:00-04:00'),
      files: [dataFile(fileOf(snapshots[6] as string))],
      checkOnly: true,
    });
    expect(report).toMatchObject({ outcome: 'checked', warnings: [expect.stringContaining('Data_as_of says 2026-04-02')] });
  });
});

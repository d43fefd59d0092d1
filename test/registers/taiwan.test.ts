import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BridgeResult } from '../../src/domain/registers/bridge.ts';
import { findCampaign, listStreamActs, type CampaignRow } from '../../src/storage/acts/read.ts';
import { recordId } from '../../src/usecases/registers/ids.ts';
import type { ImportReport } from '../../src/usecases/registers/import.ts';
import { bench, dataFile, load, mappingOf, pagesOf, press, rowsOf, seedMapping, type Bench } from './support.ts';

const recordedAt = '2017-12-02T00:00:00+08:00';
const files = ['tw-epa-facilities.csv.gz', 'tw-epa-penalties.csv.gz'];
let b: Bench;
let report: ImportReport;
let documents: Record<string, string>[];
let figures: Record<string, number>;

beforeAll(async () => {
  b = await bench();
  report = await load(b.services, mappingOf(seedMapping('tw-epa')), recordedAt, ...files.map(dataFile));
  figures = await press(b.services, 'tw-epa', recordedAt);
  // Of rows of one county and number the one updated last, the first of equals.
  const kept = new Map<string, Record<string, string>>();
  for (const r of rowsOf(files[1] as string)) {
    const key = `${r.COUNTY} ${r.DOCUMENTNO}`;
    if (r.UPDATETIME! > (kept.get(key)?.UPDATETIME ?? '')) kept.set(key, r);
  }
  documents = [...kept.values()];
}, 180_000);
afterAll(() => b?.close());

const sum = (rows: readonly Record<string, string>[]) => rows.reduce((total, r) => total + Number(r.PENALTYMONEY || '0'), 0) * 100;
const replaced = (r: Record<string, string>) => [r.APPEALRESCIND, r.PETITIONRESULTS].includes('撤銷並另立裁處書');
const annulled = (r: Record<string, string>) => !replaced(r) && ['原處分撤銷', '實體撤銷'].includes(r.PETITIONRESULTS!);
const rescinded = (r: Record<string, string>) =>
  !replaced(r) && !annulled(r) && ['自行撤銷', '陳情撤銷', '案件廢止'].includes(r.APPEALRESCIND!);
const mistyped = (r: Record<string, string>) => !replaced(r) && !annulled(r) && r.APPEALRESCIND === '資料鍵入錯誤';

describe("Taiwan's environmental penalties", () => {
  test('no row is lost', () => {
    expect(report.files).toMatchObject([
      { register: 'facility', rows: 57_183, accepted: 57_183, duplicates: 0, rejected: 0 },
      { register: 'document', rows: 35_395, accepted: 34_625, duplicates: 770, rejected: 0 },
    ]);
    expect(report.listed.filter((l) => l.kind === 'duplicate')).toHaveLength(770);
  });

  test('its figures are those of the file', () => {
    const count = (test: (r: Record<string, string>) => boolean) => documents.filter(test).length;
    const inForce = documents.filter((r) => !replaced(r) && !annulled(r) && !rescinded(r) && !mistyped(r));
    expect(figures).toMatchObject({
      'tw.facilities': 57_183,
      'tw.documents': 34_625,
      'tw.documents.inforce': inForce.length,
      'tw.fines.issued': 342_312_319_000,
      'tw.fines.inforce': sum(inForce),
      'tw.appealed': count((r) => r.ISPETITION === '是'),
      'tw.annulled': count(annulled),
      'tw.rescinded': count(rescinded),
      'tw.replaced': count(replaced),
      'tw.mistyped': count(mistyped),
      'tw.deadlines': count((r) => r.IMPROVEDEADLINE !== ''),
      'tw.reinspected': count((r) => r.INSPECTIONCONDITION !== ''),
    });
  });

  test('the totals are led from the file to the fines in force, and add up', () => {
    const bridge = report.bridges[0] as BridgeResult;
    expect(bridge.exact).toBe(true);
    const totals = bridge.lines.filter((l) => l.kind === 'total');
    expect(totals.map((l) => [l.amount / 100, l.count])).toEqual([
      [3_929_237_026, 35_395],
      [3_423_123_190, 34_625],
      [figures['tw.fines.inforce']! / 100, figures['tw.documents.inforce']],
    ]);
    expect(bridge.lines.filter((l) => l.kind === 'minus').map((l) => l.amount)).toEqual([
      0,
      (3_929_237_026 - 3_423_123_190) * 100,
      sum(documents.filter(replaced)),
      sum(documents.filter(annulled)),
      sum(documents.filter(rescinded)),
      sum(documents.filter(mistyped)),
    ]);
  });

  test('one number in two counties is two documents', async () => {
    const row = (await findCampaign(b.services.database.db, 'tw-epa')) as CampaignRow;
    for (const county of ['高雄市', '新北市']) {
      const found = documents.find((r) => r.COUNTY === county && r.DOCUMENTNO === '30-103-020002');
      const acts = await listStreamActs(b.services.database.db, row, recordId('tw-epa', 'document', `${county}\u001f30-103-020002`));
      expect(acts).toHaveLength(found === undefined ? 0 : 1);
      if (found !== undefined)
        expect(acts[0]!.payload).toMatchObject({ item: { no: `${county} 30-103-020002`, unit: found.FACILITYNAME } });
    }
    expect(documents.filter((r) => r.DOCUMENTNO === '30-103-020002').length).toBeGreaterThan(1);
  });

  test('dates that cannot be true are listed and left out, and stay in the record as published', async () => {
    const old = report.listed.find((l) => l.column === 'TRANSGRESSDATE' && l.value.startsWith('1925'));
    expect(old).toMatchObject({ kind: 'implausible', reason: 'date-implausible' });
    const row = (await findCampaign(b.services.database.db, 'tw-epa')) as CampaignRow;
    const [act] = await listStreamActs(b.services.database.db, row, recordId('tw-epa', 'document', old!.key.replace(' ', '\u001f')));
    const item = (act!.payload as unknown as { item: { steps: { code: string }[]; fields: Record<string, string> } }).item;
    expect(item.steps.map((s) => s.code)).not.toContain('transgressed');
    expect(item.fields.TRANSGRESSDATE).toBe(old!.value);
  });

  test('the ledger finds a unit by traditional characters', async () => {
    const r = await b.services.database.pool.query<{ n: number }>(
      "select count(*) as n from items i join item_texts t on t.campaign_id = i.campaign_id and t.item_id = i.id where t.folded like '%台塑石化%' and i.kind = 'record' and i.clue = 'document'",
    );
    expect(r.rows[0]!.n).toBeGreaterThan(700);
  });

  test('dashboard, ledger, item and figure pages read it like any campaign', async () => {
    const pages = await pagesOf(b.services, 'tw-epa', recordedAt, 'tw.annulled');
    const taipei = pages.dashboard.cities.find((c) => c.name === '臺北市');
    expect(taipei?.figures.find((f) => f.id === 'tw.documents')?.value).toBe(documents.filter((r) => r.COUNTY === '臺北市').length);
    expect(pages.total).toBe(57_183 + 34_625);
    expect(pages.records.total).toBe(documents.filter(annulled).length);
    expect(pages.records.records).toHaveLength(5);
    expect(pages.item.countedIn.length).toBeGreaterThan(0);
  });
});

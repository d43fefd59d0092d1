import { Workbook } from '@cj-tech-master/excelts';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { campaign, testApp, type TestApp } from '../../../test/support/app.ts';
import { isRefusal } from '../../domain/kernel/refusal.ts';
import type { Actor } from '../../domain/access/policy.ts';
import { exportLedger } from '../../usecases/export/ledger.ts';
import { exportRecords } from '../../usecases/export/records.ts';
import type { ExportTable } from '../../usecases/export/table.ts';

let app: TestApp;
const q = `campaign=${campaign}`;
const clerk: Actor = { id: 'c', name: 'c', org: 'sx-office', grants: [{ role: 'clerk', place: 140_000, campaign: null }] };
const found = {
  ...{ campaign, unit: '松风演示化工厂', place: 141_024, aspect: 'key-dischargers', type: 'key-dischargers' },
  ...{ text: '外排水超标', clue: 'hotline', evidence: [] },
};

beforeAll(async () => {
  app = await testApp(1200);
}, 120_000);
afterAll(() => app?.close());

const csvOf = async (url: string, who = 'clerk') => {
  const reply = await app.call(who, 'GET', url);
  expect(reply.status, reply.text.slice(0, 300)).toBe(200);
  return parse(reply.text, { bom: true, columns: true }) as Record<string, string>[];
};

async function xlsxOf(url: string) {
  const token = await app.token('clerk');
  const reply = await app.raw.inject({ method: 'GET', url, headers: { authorization: `Bearer ${token}` } });
  const book = new Workbook();
  await book.xlsx.load(reply.rawPayload as never);
  const sheet = book.worksheets[0];
  const rows: string[][] = [];
  sheet?.eachRow((row) => {
    rows.push(Array.from({ length: sheet.columnCount }, (_, i) => String(row.getCell(i + 1).value ?? '')));
  });
  const [head = [], ...body] = rows;
  return {
    hidden: head.filter((_, i) => sheet?.getColumn(i + 1).hidden === true),
    head,
    rows: body.map((row) => Object.fromEntries(head.map((name, i) => [name, row[i] ?? '']))),
  };
}

/** Reads a table while others go on writing after its first row. */
async function readWhileWriting(table: ExportTable): Promise<Record<string, unknown>[]> {
  const rows: Record<string, unknown>[] = [];
  for await (const row of table.rows) {
    rows.push(row);
    if (rows.length === 1 || rows.length === 251) expect((await app.call('finder', 'POST', '/api/problems', found)).status).toBe(201);
  }
  return rows;
}

describe('a list that is taken away', () => {
  test('is of one instant, though records come in while it is read', async () => {
    const lines = async () => (await app.call('clerk', 'GET', `/api/ledger/total?${q}`)).body.total;
    const counted = async () =>
      ((await app.call('clerk', 'GET', `/api/figures/problems.found?${q}`)).body.figure as { numerator: number }).numerator;
    const records = { campaign, id: 'problems.found', filter: {}, part: 'numerator' } as const;
    for (const [count, open] of [
      [lines, () => exportLedger(app.services, clerk, { campaign, sort: '-updated' }, 'zh')],
      [lines, () => exportLedger(app.services, clerk, { campaign, sort: '-no' }, 'zh')],
      [counted, () => exportRecords(app.services, clerk, records, 'zh')],
    ] as const) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      const before = await count();
      const table = await open();
      if (isRefusal(table)) throw new Error(table.code);
      const rows = await readWhileWriting(table);
      expect(rows.length).toBe(before);
      expect(new Set(rows.map((r) => r.id)).size).toBe(before);
    }
  });

  test('has names and words first and keys, versions and codes hidden at the end, the same in every format', async () => {
    const asOf = `${q}&asOf=2019-08-05T18:00:00%2B08:00`;
    const csv = await csvOf(`/api/ledger.csv?${asOf}&sort=no`);
    const xlsx = await xlsxOf(`/api/ledger.xlsx?${asOf}&sort=no`);
    expect(xlsx.head.slice(0, 6)).toEqual(['编号', '单位', '状态', '期限', '剩余天数', '逾期']);
    expect(xlsx.hidden).toEqual(xlsx.head.slice(-xlsx.hidden.length));
    expect(xlsx.hidden.slice(0, 2)).toEqual(['id', 'version']);
    expect(xlsx.rows).toEqual(csv);
    const json = (await app.call('clerk', 'GET', `/api/ledger?${asOf}&sort=no&limit=500`)).body.rows as Record<string, unknown>[];
    for (const [i, line] of json.entries()) {
      const row = csv[i] ?? {};
      expect([row.编号, row.id, row.version, row.逾期]).toEqual([line.no, line.id, String(line.version), String(line.overdue)]);
      expect([row.发现时间, row.更新时间]).toEqual([line.foundAt, line.updatedAt]);
    }
    expect(csv.some((row) => row.逾期 === 'true') && csv.some((row) => row.逾期 === 'false')).toBe(true);
    expect(csv.every((row) => /^20\d\d-.*\+08:00$/.test(row.发现时间 ?? ''))).toBe(true);
    const states = new Set(csv.map((row) => row.状态));
    expect([...states].every((word) => /^\p{Script=Han}+$/u.test(word ?? ''))).toBe(true);
    expect(Object.keys((await csvOf(`/api/ledger.csv?${asOf}&lang=en`))[0] ?? {}).slice(0, 3)).toEqual(['Number', 'Unit', 'State']);
  });

  test('writes money in whole units of its currency, named in the heading', async () => {
    const [csv, xlsx] = [await csvOf(`/api/ledger.csv?${q}&kind=case&sort=no`), await xlsxOf(`/api/ledger.xlsx?${q}&kind=case&sort=no`)];
    const json = (await app.call('clerk', 'GET', `/api/ledger?${q}&kind=case&sort=no&limit=500`)).body.rows as {
      amounts: { fine?: number } | null;
    }[];
    expect(csv.length).toBeGreaterThan(0);
    for (const [i, line] of json.entries()) {
      const fen = line.amounts?.fine;
      expect(csv[i]?.['罚款（元）']).toBe(fen === undefined ? '' : String(fen / 100));
    }
    expect(xlsx.rows.map((r) => r['罚款（元）'])).toEqual(csv.map((r) => r['罚款（元）']));
    const fines = await csvOf(`/api/figures/fines.total/records.csv?${q}`);
    expect(Object.keys(fines[0] ?? {})).toContain('金额（元）');
  });

  test('has the instants of records in campaign time, in the list as in the file', async () => {
    const url = `/api/figures/problems.supervised/records`;
    const list = (await app.call('clerk', 'GET', `${url}?${q}&limit=100`)).body.records as {
      no: string;
      since: string;
      happenedAt: string;
    }[];
    const rows = await csvOf(`${url}.csv?${q}`);
    expect(rows.slice(0, 100).map((r) => [r.编号, r.计入时间, r.发生时间])).toEqual(list.map((r) => [r.no, r.since, r.happenedAt]));
    expect(list.every((r) => r.since.endsWith('+08:00') && r.happenedAt.endsWith('+08:00'))).toBe(true);
  });
});

import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { Workbook } from '@cj-tech-master/excelts';
import { describe, expect, test } from 'vitest';
import { dataFile, type DataFormat } from './file.ts';

const stamp = {
  campaign: 'c',
  set: 'press',
  asOf: '2019-08-05T18:00:00+08:00',
  watermark: '2019-08-05T18:00:00+08:00',
  logSize: 7,
  definitions: ['clearance.rate@1'],
  licence: 'CC-BY-4.0',
  notice: 'two\nlines',
};
const columns = ['key', 'name', 'count'];

async function* rows() {
  yield { key: 'a', name: '=1+1', count: 1 };
  yield { key: 'b', name: '洪洞，“县”', count: null };
  yield { key: '# rows: 9', name: '@x', count: 3 };
}

async function made(format: DataFormat) {
  const file = dataFile(format, rows(), columns, stamp);
  return { bytes: await buffer(file.stream), summary: await file.summary };
}
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

describe('an open-data file', () => {
  test('as CSV has the hash of all bytes before its trailer in the trailer, and calculates nothing', async () => {
    const { bytes, summary } = await made('csv');
    const text = bytes.toString('utf8');
    const before = text.slice(0, text.indexOf('\n# rows: ') + 1);
    expect(summary).toEqual({ rows: 3, sha256: sha256(before) });
    expect(text.slice(before.length)).toMatch(new RegExp(`^# rows: 3\r\n# sha256: ${summary.sha256}\r\n`));
    expect(before).toContain("'=1+1");
    expect(before).toContain("'@x");
    expect(text.endsWith('# notice: two lines\r\n')).toBe(true);
  });

  test('as JSON parses, and its hash is over all before the line of its trailer', async () => {
    const { bytes, summary } = await made('json');
    const text = bytes.toString('utf8');
    const parsed = JSON.parse(text) as { rows: unknown[]; trailer: { rows: number; sha256: string } };
    expect(parsed.rows).toHaveLength(3);
    expect(parsed.trailer.sha256).toBe(sha256(text.slice(0, text.indexOf('"trailer"'))));
    expect(summary.sha256).toBe(parsed.trailer.sha256);
  });

  test('as a workbook has the hash of the CSV, texts as texts, and a sheet with the trailer', async () => {
    const { bytes, summary } = await made('xlsx');
    expect(summary).toEqual((await made('csv')).summary);
    const book = new Workbook();
    await book.xlsx.load(bytes as never);
    expect(book.getWorksheet('data')?.getCell('B2').value).toBe('=1+1');
    expect(book.getWorksheet('trailer')?.getCell('B2').value).toBe(summary.sha256);
  });

  test('has the same bytes whenever it is made', async () => {
    for (const format of ['csv', 'json', 'xlsx'] as const) {
      const first = await made(format);
      await new Promise((resolve) => setTimeout(resolve, 2100));
      expect(sha256((await made(format)).bytes.toString('base64'))).toBe(sha256(first.bytes.toString('base64')));
    }
  }, 20_000);
});

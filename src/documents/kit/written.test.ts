import { setTimeout as sleep } from 'node:timers/promises';
import type { Readable } from 'node:stream';
import { Workbook } from '@cj-tech-master/excelts';
import { strFromU8, unzipSync } from 'fflate';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { dataFile } from '../opendata/file.ts';
import { csvStream } from '../table/csv.ts';
import type { TableRow } from '../table/row.ts';
import { xlsxStream } from '../table/xlsx.ts';

const stamp = {
  ...{ campaign: 'c', set: 'press', asOf: '2019-08-05T18:00:00+08:00', watermark: '2019-08-05T18:00:00+08:00', logSize: 7 },
  ...{ definitions: [], licence: 'CC-BY-4.0', notice: '' },
};
type Rows = AsyncIterable<TableRow>;
const makers: [string, (rows: Rows) => Readable][] = [
  ['csv', (rows) => csvStream(rows)],
  ['xlsx', (rows) => xlsxStream(rows, 'sheet')],
  ['open data as csv', (rows) => dataFile('csv', rows, ['a'], stamp).stream],
  ['open data as json', (rows) => dataFile('json', rows, ['a'], stamp).stream],
  ['open data as xlsx', (rows) => dataFile('xlsx', rows, ['a'], stamp).stream],
];

const faults: unknown[] = [];
const note = (fault: unknown) => faults.push(fault);
beforeEach(() => {
  faults.length = 0;
  process.on('uncaughtException', note).on('unhandledRejection', note);
});
afterEach(() => {
  process.off('uncaughtException', note).off('unhandledRejection', note);
  expect(faults).toEqual([]);
});

describe.each(makers)('a file made while it is read: %s', (_, make) => {
  test('ends its source when the reader leaves, whether they were reading or had stopped', async () => {
    for (const reading of [true, false]) {
      let [given, ended] = [0, false];
      async function* endless(): AsyncGenerator<TableRow> {
        try {
          for (;;) {
            yield { a: `${++given} ${'x'.repeat(200)}` };
            if (given % 50 === 0) await sleep(1);
          }
        } finally {
          ended = true;
        }
      }
      const out = make(endless());
      out.once('data', () => (reading ? undefined : out.pause()));
      await sleep(50);
      out.destroy();
      await sleep(50);
      const then = given;
      await sleep(50);
      expect([ended, given - then]).toEqual([true, 0]);
    }
  });

  test('fails with its source, though nobody listens for it, and never ends as if it were whole', async () => {
    async function* broken(): AsyncGenerator<TableRow> {
      yield { a: 1 };
      await sleep(5);
      throw new Error('the database went away');
    }
    await expect(buffer(make(broken()))).rejects.toThrow('the database went away');
    const out = make(broken());
    let ended = false;
    out.once('end', () => (ended = true)).resume();
    await sleep(60);
    expect([ended, out.destroyed]).toEqual([false, true]);
  });

  test('lets others have their turn', async () => {
    async function* many(): AsyncGenerator<TableRow> {
      for (let i = 0; i < 5000; i++) yield { a: i };
    }
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    await buffer(make(many()));
    clearInterval(timer);
    expect(turns).toBeGreaterThan(1);
  });
});

describe('a table', () => {
  const row = { id: 'k', no: '_x0041_与_x4E2D_', yes: true, no2: false, none: null, text: '=1+1' };
  const columns = [
    { key: 'no', heading: '编号' },
    { key: 'yes', heading: '是' },
    { key: 'no2', heading: '否' },
    { key: 'none', heading: '空' },
    { key: 'text', heading: '文' },
    { key: 'id', heading: 'id', hidden: true },
  ];
  const one = async function* () {
    yield row;
  };

  test('has the same values in both formats: one word for yes, one for no, empty only for unknown', async () => {
    const csv = (await buffer(csvStream(one(), columns))).toString('utf8');
    expect(csv).toBe("\ufeff编号,是,否,空,文,id\r\n_x0041_与_x4E2D_,true,false,,'=1+1,k\r\n");
    const book = new Workbook();
    await book.xlsx.load((await buffer(xlsxStream(one(), 's', columns))) as never);
    const sheet = book.getWorksheet('s');
    expect(((sheet as NonNullable<typeof sheet>).getRow(2).values as unknown[]).slice(2)).toEqual([
      'true',
      'false',
      undefined,
      '=1+1',
      'k',
    ]);
    expect([sheet?.getColumn(1).hidden, sheet?.getColumn(6).hidden]).toEqual([false, true]);
  });

  test('writes a text that looks like an escape of the format with its first sign escaped', async () => {
    const bytes = await buffer(xlsxStream(one(), 's', columns));
    const sheet = strFromU8(unzipSync(bytes)['xl/worksheets/sheet1.xml'] as Uint8Array);
    expect(sheet).toContain('_x005F_x0041_与_x005F_x4E2D_');
    expect(sheet).toMatch(/<col [^>]*hidden="1"/);
  });
});

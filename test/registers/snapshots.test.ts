import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findCampaign, getCampaignState, listStreamActs, type CampaignRow } from '../../src/storage/acts/read.ts';
import { rebuildCampaign } from '../../src/usecases/campaign/rebuild.ts';
import { readFigure } from '../../src/usecases/figures/read.ts';
import { recordId } from '../../src/usecases/registers/ids.ts';
import { importSnapshot } from '../../src/usecases/registers/import.ts';
import { installation } from '../../src/usecases/services.ts';
import { finesOfAtlantis, header } from './invented.ts';
import { accepted, at, bench, load, mappingOf, press, type Bench } from './support.ts';

const campaign = 'atlantis-multas';
const mapping = mappingOf(finesOfAtlantis());
const [first, second, third, fourth] = [
  '2020-03-01T12:00:00-01:00',
  '2020-04-01T12:00:00-01:00',
  '2020-05-01T12:00:00-01:00',
  '2020-06-01T12:00:00-01:00',
] as const;
let b: Bench;
let folder: string;

beforeEach(async () => {
  b = await bench();
  folder = mkdtempSync(join(tmpdir(), 'clearzero-registers-'));
});
afterEach(async () => {
  await b.close();
  rmSync(folder, { recursive: true, force: true });
});

function file(name: string, ...lines: string[]): string {
  return bytes(name, Buffer.from(`${[header, ...lines].join('\n')}\n`));
}
function bytes(name: string, content: Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}
const refusal = async (...args: [at: string, ...files: string[]]) => {
  const [when, ...files] = args;
  return importSnapshot(b.services, { mapping, recordedAt: at(when), files });
};
const actsOf = async (no: string) => {
  const row = (await findCampaign(b.services.database.db, campaign)) as CampaignRow;
  return listStreamActs(b.services.database.db, row, recordId(campaign, 'multa', no));
};

const a = '1;5.1.2020;Alfa Lda;N;Ruído;1.000,50;';
const c = '2;7.2.2020;Beta SA;S;Água;200;';

describe('a register nobody has seen before', () => {
  test('works on figures by its mapping alone', async () => {
    const report = await load(b.services, mapping, first, file('a.csv', a, c, '3;8.2.2020;Gama;Norte;Ruído;0,01;9.2.2020'));
    expect(report).toMatchObject({ outcome: 'opened', changes: { appeared: 3 }, bridges: [{ exact: true }] });
    expect(await press(b.services, campaign, first)).toEqual({ 'atl.multas': 3, 'atl.total': 120_051, 'atl.pagas': 1 });
    const north = accepted(await readFigure(b.services, installation, { campaign, id: 'atl.total', filter: { city: '920100' } }));
    expect(north.figure).toMatchObject({ numerator: 100_051, unit: 'cêntimo' });
    const noise = accepted(await readFigure(b.services, installation, { campaign, id: 'atl.multas', filter: { type: 'Ruído' } }));
    expect(noise.figure?.numerator).toBe(2);
  });

  test('figures added to the mapping come with the next snapshot, and are unknown before it', async () => {
    await load(b.services, mapping, first, file('a.csv', a));
    const base = finesOfAtlantis();
    const extra = {
      id: 'atl.pagas.n',
      version: 1,
      unit: 'multa',
      name: { zh: 'n', en: 'n' },
      predicate: { zh: 'n', en: 'n' },
      filters: [],
      count: { fact: 'atl.paga' },
    };
    const wider = mappingOf({ ...base, figures: [...(base.figures as object[]), extra] });
    expect(await load(b.services, wider, second, file('b.csv', a))).toMatchObject({ outcome: 'loaded', acts: 1 });
    const read = (asOf: string) => readFigure(b.services, installation, { campaign, id: 'atl.pagas.n', filter: {}, asOf });
    expect(accepted(await read(second)).figure?.numerator).toBe(0);
    expect(await read(first)).toMatchObject({ code: 'figure.unknown' });
  });
});

test('a class added to the mapping counts from the snapshot it came with', async () => {
  const slug = 'atlantis-classes';
  const base = finesOfAtlantis({ campaign: slug });
  const withClasses = (...codes: string[]) =>
    mappingOf({
      ...base,
      lists: {
        ...(base.lists as object),
        meios: { entries: codes.map((code) => ({ code, name: { zh: code, en: code }, values: [code] })), otherwise: null },
      },
      aspects: 'meios',
      figures: (base.figures as object[]).map((f) => ({ ...f, filters: ['city', 'aspect'] })),
      registers: (base.registers as object[]).map((r) => ({ ...r, aspect: { value: '{Motivo}' } })),
    });
  await load(b.services, withClasses('Ruído'), first, file('a.csv', a, c));
  await load(b.services, withClasses('Ruído', 'Água'), second, file('b.csv', a, c));
  const count = async (aspect: string, asOf: string) =>
    readFigure(b.services, installation, { campaign: slug, id: 'atl.multas', filter: { aspect }, asOf });
  expect(accepted(await count('Água', second)).figure?.numerator).toBe(1);
  expect(accepted(await count('Ruído', first)).figure?.numerator).toBe(1);
  expect(await count('Água', first)).toMatchObject({ code: 'filter.unknown-value' });
  expect(await load(b.services, withClasses('Ruído', 'Água'), second, file('b.csv', a, c))).toMatchObject({ outcome: 'nothing-changed' });
  expect(await rebuildCampaign(b.services, slug)).toMatchObject({ same: true });
});

describe('a later snapshot', () => {
  test('becomes acts for what appeared, changed, was corrected, vanished and came back', async () => {
    await load(b.services, mapping, first, file('a.csv', a, c));
    const changed = '1;5.1.2020;Alfa Lda;N;Ruído;1.000,50;20.3.2020';
    expect((await load(b.services, mapping, second, file('b.csv', changed, '4;2.2.2020;Delta;S;Água;5;'))).changes).toEqual({
      appeared: 1,
      changed: 1,
      corrected: 0,
      vanished: 1,
      reappeared: 0,
      unchanged: 0,
      late: 1,
    });
    const corrected = '1;6.1.2020;Alfa, Lda;N;Ruído;1.000,50;20.3.2020';
    expect((await load(b.services, mapping, third, file('c.csv', corrected, c))).changes).toMatchObject({
      corrected: 1,
      vanished: 1,
      reappeared: 1,
      appeared: 0,
    });

    const values = await Promise.all([first, second, third].map((t) => press(b.services, campaign, t)));
    expect(values.map((v) => [v['atl.multas'], v['atl.total'], v['atl.pagas']])).toEqual([
      [2, 120_050, 0],
      [2, 100_550, 1],
      [2, 120_050, 1],
    ]);
    const one = await actsOf('1');
    expect(one.map((x) => x.kind)).toEqual(['RecordAppeared', 'RecordChanged', 'RecordChanged']);
    expect(one[1]).toMatchObject({
      happenedAt: at('2020-03-20T00:00:00-01:00'),
      payload: { file: 'b.csv', row: 2, changed: ['flag.pago', 'state', 'step.pago'] },
    });
    expect(one[2]).toMatchObject({ payload: { changed: ['field.Data', 'openedOn', 'unit'] } });
    expect((await actsOf('2')).map((x) => x.kind)).toEqual(['RecordAppeared', 'RecordVanished', 'RecordAppeared']);
    expect((await actsOf('4'))[1]).toMatchObject({ kind: 'RecordVanished', payload: { file: 'c.csv' } });
    expect(await rebuildCampaign(b.services, campaign)).toMatchObject({ same: true, badActs: 0 });
  });

  test('of a register that lists only part of itself makes nothing vanish', async () => {
    const base = finesOfAtlantis();
    const partial = mappingOf({ ...base, registers: (base.registers as object[]).map((r) => ({ ...r, snapshot: 'partial' })) });
    await load(b.services, partial, first, file('a.csv', a, c));
    expect((await load(b.services, partial, second, file('b.csv', c))).changes).toMatchObject({ vanished: 0, unchanged: 1 });
  });

  test('without a file of some register leaves that register as it was', async () => {
    const base = finesOfAtlantis();
    const [fines] = base.registers as Record<string, unknown>[];
    const firms = {
      ...fines,
      code: 'empresa',
      file: { columns: ['NIF', 'Zona'], delimiter: ';' },
      key: ['NIF'],
      no: 'E-{NIF}',
      unit: '{NIF}',
      text: '',
      type: undefined,
      state: [{ state: 'aberto', when: [] }],
      dates: {},
      openedOn: undefined,
      steps: [],
      amounts: {},
      flags: [],
      fields: [],
      corrections: [],
    };
    const both = mappingOf({ ...base, registers: [fines, firms] });
    const list = bytes('firms.csv', Buffer.from('NIF;Zona\n7;N\n8;S\n'));
    expect(await load(b.services, both, first, file('a.csv', a, c), list)).toMatchObject({ changes: { appeared: 4 } });
    expect((await load(b.services, both, second, file('b.csv', a))).changes).toMatchObject({ vanished: 1, unchanged: 1 });
    expect((await load(b.services, both, third, bytes('firms.csv', Buffer.from('NIF;Zona\n8;S\n')))).changes).toMatchObject({
      vanished: 1,
      unchanged: 1,
    });
  });

  test('stands as a whole or not at all', async () => {
    await load(b.services, mapping, first, file('a.csv', a));
    const stop = new AbortController();
    const writing = importSnapshot(b.services, {
      mapping,
      recordedAt: at(second),
      files: [file('b.csv', c)],
      signal: stop.signal,
      progress: () => stop.abort(),
    });
    await expect(writing).rejects.toThrow('aborted');
    expect(await press(b.services, campaign, second)).toMatchObject({ 'atl.multas': 1, 'atl.total': 100_050 });
    expect(await load(b.services, mapping, second, file('b.csv', c))).toMatchObject({
      outcome: 'loaded',
      changes: { appeared: 1, vanished: 1 },
    });
  });

  test('two imports at once leave one of them refused or without effect', async () => {
    await load(b.services, mapping, first, file('a.csv', a));
    const both = await Promise.all([refusal(second, file('b.csv', a, c)), refusal(second, file('b.csv', a, c))]);
    expect(both.map((r) => ('outcome' in r ? r.outcome : r.code)).sort()).toEqual(['loaded', 'nothing-changed']);
    expect(await actsOf('2')).toHaveLength(1);
  });

  test('must be later, unless it changes nothing', async () => {
    await load(b.services, mapping, first, file('a.csv', a));
    await load(b.services, mapping, third, file('c.csv', a, c));
    expect(await refusal(first, file('a.csv', a))).toMatchObject({ outcome: 'nothing-changed', acts: 0 });
    expect(await refusal(second, file('b.csv', a, c))).toMatchObject({ code: 'import.not-later' });
    expect(await refusal(third, file('b.csv', c))).toMatchObject({ code: 'import.not-later' });
    expect(await refusal('2999-01-01T00:00:00Z', file('b.csv', c))).toMatchObject({ code: 'import.recorded-future' });
    expect(await refusal(fourth, file('d.csv', a))).toMatchObject({ outcome: 'loaded', changes: { vanished: 1 } });
  });

  test('through another mapping is refused', async () => {
    await load(b.services, mapping, first, file('a.csv', a));
    const other = mappingOf({ ...finesOfAtlantis(), utcOffset: '+00:00' });
    expect(await importSnapshot(b.services, { mapping: other, recordedAt: at(second), files: [file('b.csv', a)] })).toMatchObject({
      code: 'import.mapping-differs',
      details: { parts: ['utcOffsetMinutes'] },
    });
  });

  test('never goes into a campaign of our own', async () => {
    await b.services.database.pool.query(`insert into campaigns (id, slug, mode, created_at) values (900, '${campaign}', 'live', now())`);
    expect(await refusal(first, file('a.csv', a))).toMatchObject({ code: 'campaign.not-historic' });
  });
});

describe('rows as they come', () => {
  test('broken ones are listed with their reasons, and every row is counted', async () => {
    const report = await load(
      b.services,
      mapping,
      first,
      file(
        'a.csv',
        a,
        '2;7.2.2020;Beta;S;Água',
        '3;7.2.2020;Beta;S;Água;12,345;',
        '4;7.2.2020;Beta;S;Água;doze;',
        '5;31.2.2020;Beta;S;Água;1;',
        ';7.2.2020;Beta;S;Água;1;',
        '7;7.2.2020;Beta;Oeste;Água;1;',
        '8;7.2.1820;Beta;S;Água;1;1.1.1820',
        '1;5.1.2020;Alfa Lda;N;Ruído;1.000,50;',
        '1;5.1.2020;Alfa Lda;N;Ruído;7;',
        '9;1.2.2021;Beta;S;Água;2.000.000;',
        '10;7.2.2020;Be\u0000ta;S;Água;1;',
        '',
      ),
    );
    expect(report.files[0]).toMatchObject({ rows: 12, accepted: 4, duplicates: 2, rejected: 6, implausible: 4, emptyLines: 1 });
    expect(report.listed.map((l) => [l.row, l.kind, l.reason, l.value])).toEqual([
      [3, 'rejected', 'ragged', '5 cells, 7 columns'],
      [4, 'rejected', 'amount-malformed', '12,345'],
      [5, 'rejected', 'amount-malformed', 'doze'],
      [6, 'implausible', 'date-malformed', '31.2.2020'],
      [7, 'rejected', 'key-missing', ''],
      [8, 'rejected', 'place-unknown', 'Oeste'],
      [9, 'implausible', 'date-implausible', '1.1.1820'],
      [10, 'duplicate', 'key-repeated', 'same as row 2'],
      [11, 'duplicate', 'key-repeated', 'row 2 taken; differs in amount.multa'],
      [12, 'implausible', 'amount-implausible', '2.000.000'],
      [12, 'implausible', 'date-implausible', '1.2.2021'],
      [13, 'rejected', 'control-character', 'Be\u00b7ta'],
    ]);
    expect(report.bridges[0]).toMatchObject({ exact: true });
  });

  test('a byte order mark, CRLF, quotes, blanks and gzip make no difference', async () => {
    const text = `\uFEFF${header}\r\n 1 ;5.1.2020;"Alfa; ""Lda""\r\n2";N;Ruído;1.000,50;\r\n`;
    const report = await load(b.services, mapping, first, bytes('a.csv.gz', gzipSync(Buffer.from(text))));
    expect(report.files[0]).toMatchObject({ rows: 1, accepted: 1 });
    expect((await actsOf('1'))[0]).toMatchObject({ payload: { row: 2, item: { unit: 'Alfa; "Lda"\r\n2', no: 'M-1' } } });
  });

  test('another encoding is read as the mapping says, and a wrong one is refused', async () => {
    const base = finesOfAtlantis();
    const registers = (base.registers as { file: object }[]).map((r) => ({ ...r, file: { ...r.file, encoding: 'windows-1252' } }));
    const latin = bytes('latin.csv', Buffer.from(`${header}\n${c}\n`, 'latin1'));
    expect(await refusal(first, latin)).toMatchObject({ code: 'import.file-unreadable', details: { reason: 'its bytes are not utf-8' } });
    await load(b.services, mappingOf({ ...base, registers }), first, latin);
    expect((await actsOf('2'))[0]).toMatchObject({ payload: { item: { text: 'Água' } } });
  });

  test('texts that look like formulas or code stay texts', async () => {
    const unit = '=HYPERLINK("http://x","y")';
    const text = "@SUM(1;2)'); drop table acts; --\\N";
    await load(b.services, mapping, first, file('a.csv', `1;5.1.2020;"${unit.replaceAll('"', '""')}";N;"${text}";1;`));
    expect((await actsOf('1'))[0]).toMatchObject({ payload: { item: { unit, text } } });
  });

  test('files that are no such register are refused by name', async () => {
    expect(await refusal(first, join(folder, 'none.csv'))).toMatchObject({
      code: 'import.file-unreadable',
      details: { file: 'none.csv', reason: 'there is no such file' },
    });
    expect(await refusal(first, bytes('other.csv', Buffer.from('x;y\n1;2\n')))).toMatchObject({
      code: 'import.column-missing',
      details: { file: 'other.csv' },
    });
    expect(await refusal(first, bytes('broken.csv.gz', Buffer.from('not gzip')))).toMatchObject({ code: 'import.file-unreadable' });
    expect(await refusal(first, bytes('open.csv', Buffer.from(`${header}\n1;5.1.2020;"Alfa;N;Ruído;1;\n`)))).toMatchObject({
      code: 'import.file-unreadable',
    });
    expect(await refusal(first, bytes('empty.csv', Buffer.alloc(0)))).toMatchObject({ refused: true });
    expect(await refusal(first, file('header-only.csv'))).toMatchObject({ code: 'import.nothing' });
    expect(await findCampaign(b.services.database.db, campaign)).toBeUndefined();
  });

  test('the campaign carries its source, licence and words, and none of our own figures', async () => {
    await load(b.services, mapping, first, file('a.csv', a));
    const row = (await findCampaign(b.services.database.db, campaign)) as CampaignRow;
    const state = await getCampaignState(b.services.database.db, row);
    expect(row.mode).toBe('historic');
    expect(state?.settings).toMatchObject({
      notice: { en: 'Registo inventado, sem licença' },
      states: ['aberto', 'pago', 'vanished'],
      register: { states: { pago: { en: 'pago' } } },
    });
    expect(state?.figures.map((f) => f.id)).toEqual(['atl.multas', 'atl.total', 'atl.pagas']);
  });
});

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { finesOfAtlantis, header } from './invented.ts';
import { bench, type Bench } from './support.ts';

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
let b: Bench;
let folder: string;

beforeAll(async () => {
  b = await bench();
  folder = mkdtempSync(join(tmpdir(), 'clearzero-import-'));
  writeFileSync(join(folder, 'map.json'), JSON.stringify(finesOfAtlantis()));
  writeFileSync(join(folder, 'a.csv'), `${header}\n1;5.1.2020;=1+1;N;Ruído;1.000,50;\n2;5.1.2020;Beta;N;Ruído;=1+1;\n`);
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await b.close();
});

function clearzero(...args: string[]) {
  const done = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, DATABASE_URL: b.url },
  });
  return { code: done.status, out: done.stdout, err: done.stderr };
}

test('the command loads, lists, repeats and refuses with its exit codes', () => {
  const load = (when: string, ...more: string[]) => clearzero('import', '--mapping', 'map.json', '--recorded-at', when, ...more, 'a.csv');
  const opened = load('2020-03-01T12:00:00-01:00', '--json', '--rejects', 'out.csv');
  expect(opened).toMatchObject({ code: 0, err: '' });
  expect(JSON.parse(opened.out)).toMatchObject({
    outcome: 'opened',
    acts: 5,
    files: [{ rows: 2, accepted: 1, rejected: 1 }],
    listed: [{ row: 3, reason: 'amount-malformed' }],
  });
  expect(opened.out.trimEnd()).not.toContain('\n');
  // A formula in the register stays a text in a spreadsheet.
  expect(readFileSync(join(folder, 'out.csv'), 'utf8').split('\n')[1]).toBe("rejected,a.csv,3,2,amount-malformed,Valor,'=1+1");

  const again = load('2020-03-01T12:00:00-01:00');
  expect(again.code).toBe(0);
  expect(again.out).toContain('nothing changed');
  expect(load('2020-03-01T12:00:00-01:00', '--check').code).toBe(1);

  // What cannot be written down is not loaded, and one file is not two.
  expect(load('2020-04-01T12:00:00-01:00', '--rejects', 'no/such/folder.csv').code).toBe(3);
  expect(load('2020-04-01T12:00:00-01:00', './a.csv').code).toBe(2);

  writeFileSync(join(folder, 'a.csv'), `${header}\n`);
  const same = load('2020-03-01T12:00:00-01:00', '--json');
  expect(same).toMatchObject({ code: 3, out: '' });
  expect(JSON.parse(same.err)).toMatchObject({ code: 'import.not-later', messages: { zh: expect.any(String), en: expect.any(String) } });

  expect(load('2020-03-01').code).toBe(2);
  expect(clearzero('import', '--mapping', 'none.json', '--recorded-at', '2020-03-01T12:00:00Z', 'a.csv').code).toBe(2);
  const figures = clearzero('figures', '--campaign', 'atlantis-multas', '--as-of', '2020-03-01T12:00:00-01:00', '--set', 'press', '--json');
  expect(JSON.parse(figures.out).figures[1]).toMatchObject({ id: 'atl.total', numerator: 100_050, unit: 'cêntimo' });
});

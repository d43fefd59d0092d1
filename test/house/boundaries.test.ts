import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const project = fileURLToPath(new URL('../..', import.meta.url));
let copy: string;

beforeEach(() => {
  copy = mkdtempSync(join(tmpdir(), 'clearzero-house-'));
  for (const file of ['package.json', 'tsconfig.json', 'tsconfig.base.json', '.dependency-cruiser.mjs', '.oxlintrc.json', 'tools']) {
    cpSync(join(project, file), join(copy, file), { recursive: true });
  }
  symlinkSync(join(project, 'node_modules'), join(copy, 'node_modules'));
  plant('src/domain/kernel/rule.ts', 'export const rule = (n: number): number => n + 1;\n');
  plant('src/storage/rows.ts', "import { rule } from '../domain/kernel/rule.ts';\nexport const rows = rule(1);\n");
});

afterEach(() => rmSync(copy, { recursive: true, force: true }));

describe('the layers', () => {
  test('pass when nothing is wrong', () => {
    expect(boundaries()).toMatchObject({ status: 0 });
    expect(purity()).toMatchObject({ status: 0 });
  });

  test.each([
    ['http -> storage', 'src/http/route.ts', "import { rows } from '../storage/rows.ts';\nexport const route = rows;\n", 'layer-http'],
    [
      'domain -> storage, as a type',
      'src/domain/bad.ts',
      "import type { rows } from '../storage/rows.ts';\nexport type Bad = typeof rows;\n",
      'layer-domain',
    ],
    [
      'domain -> node',
      'src/domain/bad.ts',
      "import { readFileSync } from 'node:fs';\nexport const bad = readFileSync;\n",
      'domain-no-node',
    ],
    ['domain -> a package that is not pure', 'src/domain/bad.ts', "import pg from 'pg';\nexport const bad = pg;\n", 'domain-packages'],
    ['web -> usecases', 'src/web/Page.tsx', "import { act } from '../usecases/act.ts';\nexport const page = act;\n", 'layer-web'],
    [
      'usecases -> contract, as a type',
      'src/usecases/answer.ts',
      "import type { Answer } from '../contract/answers.ts';\nexport type Bad = Answer;\n",
      'layer-usecases',
    ],
    ['http -> SQL', 'src/http/route.ts', "import pg from 'pg';\nexport const bad = pg;\n", 'sql-only-in-storage'],
    ['usecases -> SQL', 'src/usecases/bad.ts', "import { sql } from 'kysely';\nexport const bad = sql;\n", 'sql-only-in-storage'],
    ['app -> SQL, as a type', 'src/app/bad.ts', "import type pg from 'pg';\nexport type Bad = pg.Pool;\n", 'sql-only-in-storage'],
  ])('refuse %s', (_, path, text, rule) => {
    plant('src/usecases/act.ts', 'export const act = 1;\n');
    plant('src/contract/answers.ts', 'export type Answer = string;\n');
    plant(path, text);
    const { status, stdout } = boundaries();
    expect(stdout).toContain(rule);
    expect(status).toBe(1);
  });

  test('refuse a cycle of types alone', () => {
    plant('src/domain/a.ts', "import type { B } from './b.ts';\nexport interface A { b?: B }\n");
    plant('src/domain/b.ts', "import type { A } from './a.ts';\nexport interface B { a?: A }\n");
    const { status, stdout } = boundaries();
    expect(stdout).toContain('no-cycles');
    expect(status).toBe(1);
  });

  test('refuse to call it clean when no module was seen', () => {
    rmSync(join(copy, 'src'), { recursive: true });
    mkdirSync(join(copy, 'src'));
    expect(boundaries().status).toBe(1);
  });
});

describe('the domain', () => {
  test.each(['Date.now()', 'Math.random()', 'new Date()', 'Date()', 'performance.now()', 'crypto.randomUUID()', 'globalThis.Date'])(
    'refuses %s',
    (expression) => {
      plant('src/domain/bad.ts', `export const bad = ${expression};\n`);
      const { status, stdout } = purity();
      expect(stdout).toContain('src/domain/bad.ts:1');
      expect(status).toBe(1);
    },
  );

  test('may build a date from a value it was handed, and name a property as it likes', () => {
    plant('src/domain/good.ts', 'export const good = (ms: number, p: { process: string }): unknown => [new Date(ms), p.process];\n');
    expect(purity().status).toBe(0);
  });
});

const boundaries = () => run('tools/check-boundaries.mjs');
const purity = () => run('tools/check-domain.mjs');

function run(tool: string) {
  return spawnSync(process.execPath, [join(copy, tool), '.'], { cwd: copy, encoding: 'utf8' });
}

function plant(path: string, text: string): void {
  mkdirSync(dirname(join(copy, path)), { recursive: true });
  writeFileSync(join(copy, path), text);
}

// All checks and tests, one stage after the other; a stage that fails does not hide the ones after it.
// --only=check | --only=long | --only=<stage>; the last line is always "N passed, M failed".
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { ensureBrowser } from './browser.mjs';
import { fromRoot, root } from './lib/paths.mjs';
import { ensureWeb } from './lib/web.mjs';

const module = (path) => fromRoot('node_modules', path);
const tsc = module('@typescript/native/bin/tsc');
const children = new Set();
const reports = mkdtempSync(join(tmpdir(), 'clearzero-report-'));

const checks = [
  check(
    'types',
    [tsc, '-b'],
    [tsc, '-p', 'src/web', '--noEmit'],
    [tsc, '-p', 'test', '--noEmit'],
    [tsc, '-p', 'test/tsconfig.web.json', '--noEmit'],
  ),
  check('lint', [module('oxlint/bin/oxlint'), '--type-aware', '--quiet'], ['tools/check-domain.mjs']),
  check('format', [module('@biomejs/biome/bin/biome'), 'format', '--max-diagnostics=20']),
  check('boundaries', ['tools/check-boundaries.mjs']),
];
const suites = [suite('unit'), suite('integration'), suite('journeys', prepareJourneys)];
const long = [suite('long')];

const only = process.argv.find((arg) => arg.startsWith('--only='))?.slice('--only='.length);
const all = [...checks, ...suites];
const chosen = { check: checks, long }[only] ?? (only ? all.filter((stage) => stage.name === only) : all);

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    for (const child of children) child.kill(signal);
    finish([{ name: 'interrupted', passed: 0, failed: 1, note: signal }]);
  });
}

const results = [];
for (const stage of chosen) {
  console.log(`\n== ${stage.name} ==`);
  const began = Date.now();
  const result = await stage.run().catch((error) => ({ passed: 0, failed: 1, note: error.message }));
  results.push({ name: stage.name, seconds: (Date.now() - began) / 1000, ...result });
}
finish(results);

/** A check is one or more programs; it counts as one, and passes if all of them end well. */
function check(name, ...programs) {
  return {
    name,
    async run() {
      let failed = false;
      for (const args of programs) failed = (await node(args)) !== 0 || failed;
      return { passed: failed ? 0 : 1, failed: failed ? 1 : 0 };
    },
  };
}

/** A suite is a vitest project; one that ran no test at all is a failure. */
function suite(name, prepare = async () => ({})) {
  return {
    name,
    async run() {
      const env = await prepare();
      const report = join(reports, `${name}.json`);
      // Pure tests need no module of their own, and leave room for each other; those over the database take both cores as they are.
      const pure = name === 'unit' ? ['--no-isolate', '--maxWorkers=2'] : [];
      const args = [
        'run',
        '--project',
        name,
        ...pure,
        '--passWithNoTests',
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${report}`,
      ];
      const code = await node([module('vitest/vitest.mjs'), ...args], env);
      if (!existsSync(report)) return { passed: 0, failed: 1, note: 'the runner gave no report' };
      const { numPassedTests, numFailedTests, numPendingTests, numTotalTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
      const brokenOutside = code !== 0 && numFailedTests === 0;
      const empty = numTotalTests === 0;
      const notes = [
        empty && 'no test was found',
        brokenOutside && 'failed outside a test',
        numPendingTests && `${numPendingTests} skipped`,
      ];
      return {
        passed: numPassedTests,
        failed: numFailedTests + (brokenOutside || empty ? 1 : 0),
        note: notes.filter(Boolean).join(', '),
        failures: testResults.flatMap(failuresOf),
      };
    },
  };
}

/** What failed in a file, a line each; a file may also fail before or beside its tests. */
function failuresOf({ name, status, message, assertionResults }) {
  const file = relative(root, name);
  const failed = assertionResults.filter((test) => test.status === 'failed');
  if (status === 'failed' && failed.length === 0) return [`${file}: ${firstLine(message)}`];
  return failed.map((test) => `${file}: ${test.fullName}: ${firstLine(test.failureMessages[0])}`);
}

function firstLine(text) {
  return (text ?? '').trim().split('\n')[0].slice(0, 300);
}

async function prepareJourneys() {
  const browser = await ensureBrowser();
  await ensureWeb();
  return { CHROME_PATH: browser };
}

function node(args, env = {}) {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
  });
  children.add(child);
  return new Promise((done) => {
    child.on('error', () => done(1));
    child.on('exit', (code) => {
      children.delete(child);
      done(code ?? 1);
    });
  });
}

function finish(stages) {
  rmSync(reports, { recursive: true, force: true });
  console.log('\n== summary ==');
  for (const { name, passed, failed, seconds, note } of stages) {
    const mark = failed ? 'FAILED' : 'ok    ';
    console.log(
      `${mark} ${name.padEnd(12)} ${passed} passed, ${failed} failed${seconds ? ` in ${seconds.toFixed(1)} s` : ''}${note ? ` (${note})` : ''}`,
    );
  }
  // The last lines are often all that is kept of a run: they say which tests failed, not only how many.
  for (const line of stages.flatMap((stage) => stage.failures ?? [])) console.log(`  - ${line}`);
  const sum = (key) => stages.reduce((total, stage) => total + stage[key], 0);
  const failed = sum('failed') + (stages.length === 0 ? 1 : 0);
  console.log(`${sum('passed')} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}

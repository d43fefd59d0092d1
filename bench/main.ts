// Measures the product against its goals and against what limits it, in one run. See docs/benchmarks.md.
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig } from '../src/app/config.ts';
import { open } from '../src/app/running.ts';
import { findCampaign } from '../src/storage/acts/read.ts';
import { findEngine } from '../src/storage/engine/index.ts';
import { commands } from './commands.ts';
import { pressSet, recordPages } from './figures.ts';
import { ledgerPages, totals } from './ledger.ts';
import { loadDemo, loadLarge, start } from './loading.ts';
import { signedLog } from './log.ts';
import { add, lines, machine, writeReport, type Line } from './report.ts';
import type { Setting } from './setting.ts';

const sections = ['loading', 'press', 'records', 'ledger', 'totals', 'commands', 'log', 'start'] as const;
const { values } = parseArgs({
  options: {
    problems: { type: 'string', default: '20000' },
    only: { type: 'string', default: sections.join(',') },
    keep: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  process.stdout.write(`npm run bench -- [--problems N] [--only=${sections.join(',')}] [--keep]
CLEARZERO_DATA keeps the data of a run in a directory of its own, so that the next one need not load again.\n`);
  process.exit(0);
}
const problems = Number(values.problems);
const chosen = values.only.split(',');
const has = (name: (typeof sections)[number]) => chosen.includes(name);
const slug = `bench-${problems}`;

const own = process.env.CLEARZERO_DATA === undefined;
const dataDir = own ? mkdtempSync(join(tmpdir(), 'clearzero-bench-')) : resolve(process.env.CLEARZERO_DATA as string);
if (own) chmodSync(dataDir, 0o755); // so that root's server account can enter
const running = await open(readConfig({ ...process.env, CLEARZERO_DATA: dataDir }), (line) => process.stderr.write(`${line}\n`));
const probe = await findEngine(dataDir);
const cluster = probe?.cluster;
await probe?.stop();

try {
  const { db, pool } = running.services.database;
  const kept = join(dataDir, `${slug}.json`);
  if ((await findCampaign(db, slug)) === undefined) {
    if (has('loading')) await loadDemo(running);
    await loadLarge(running, slug, problems);
    writeFileSync(kept, JSON.stringify(lines));
  } else if (existsSync(kept)) {
    for (const line of JSON.parse(readFileSync(kept, 'utf8')) as Line[]) add({ ...line, what: `${line.what} (when this data was loaded)` });
  }
  const row = await findCampaign(db, slug);
  if (row === undefined) throw new Error('nothing was loaded');
  const acts = (await pool.query<{ n: number }>('select count(*) as n from acts where campaign_id = $1', [row.id])).rows[0]?.n ?? 0;
  const setting: Setting = { running, dataDir, slug, campaignId: row.id, problems, acts };
  if (has('press')) await pressSet(setting);
  if (has('records')) await recordPages(setting);
  if (has('ledger')) await ledgerPages(setting);
  if (has('totals')) await totals(setting);
  if (has('commands')) await commands(setting);
  if (has('log')) await signedLog(setting);
  const size = (await pool.query<{ n: number }>('select pg_database_size(current_database()) as n')).rows[0]?.n ?? 0;
  const version = running.version;
  await running.close();
  if (has('start')) await start(dataDir);
  const command = `npm run bench -- --problems ${problems}${values.only === sections.join(',') ? '' : ` --only=${values.only}`}`;
  writeReport(`${problems.toLocaleString('en')} problems`, [
    `${new Date().toISOString().slice(0, 10)}, \`${command}\`: ${acts.toLocaleString('en')} acts, database ${(size / 1024 ** 3).toFixed(1)} GiB.`,
    machine(version),
  ]);
} finally {
  await running.close().catch(() => undefined);
  if (own && !values.keep) {
    rmSync(dataDir, { recursive: true, force: true });
    // Where temporary directories are closed to the server's account, the cluster lies outside, in a folder of its own.
    if (cluster !== undefined) rmSync(dirname(cluster), { recursive: true, force: true });
  }
}
process.exitCode = lines.some((l) => l.ok === false) ? 1 : 0;

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { exportBundle } from '../src/app/verify.ts';
import { findCampaign } from '../src/storage/acts/read.ts';
import { proofOfAct } from '../src/usecases/log/checkpoint.ts';
import { sequenceCampaign } from '../src/usecases/log/sequence.ts';
import { add, ms, percentile, timed } from './report.ts';
import { must, type Setting } from './setting.ts';

/** Numbering and signing, one proof, and the verification of the whole log by the stand-alone file in a process of its own. */
export async function signedLog(x: Setting): Promise<void> {
  const { services } = x.running;
  const row = await findCampaign(services.database.db, x.slug);
  if (row === undefined) throw new Error('no campaign');
  const sequenced = await timed(() => sequenceCampaign(services, row));
  if (sequenced.value.added > 0) {
    add({
      section: 'log',
      what: `numbering and signing ${sequenced.value.added} acts`,
      measured: `${(sequenced.took / 1000).toFixed(1)} s, ${Math.round((sequenced.value.added * 1000) / sequenced.took)} acts/s`,
      limit: '',
      ratio: '',
      goal: '',
      ok: null,
    });
  }
  await proofs(x, sequenced.value.size);
  await verification(x);
}

async function proofs(x: Setting, size: number): Promise<void> {
  const { services } = x.running;
  const row = await findCampaign(services.database.db, x.slug);
  if (row === undefined) return;
  const ids = await services.database.pool.query<{ id: string }>(
    'select id from acts where campaign_id = $1 order by md5(id::text) limit 60',
    [x.campaignId],
  );
  const took: number[] = [];
  let longest = 0;
  for (const { id } of ids.rows) {
    const one = await timed(() => proofOfAct(services, row, id));
    took.push(one.took);
    longest = Math.max(longest, Buffer.byteLength(one.value ?? ''));
  }
  const p95 = percentile(took, 95);
  add({
    section: 'log',
    what: `one inclusion proof in a log of ${size}`,
    measured: `p50 ${ms(percentile(took, 50))}, p95 ${ms(p95)}, ${longest} bytes`,
    limit: '',
    ratio: '',
    goal: '<= 5 ms, <= 4 KB',
    ok: percentile(took, 50) <= 5 && longest <= 4096,
  });
}

/** Hashes as many bytes as often as the verifier must, and does nothing else: what the verification is measured against. */
function hashing(entries: number, bytes: number): number {
  const entry = Buffer.alloc(Math.round(bytes / entries) + 1, 7);
  const node = Buffer.alloc(65, 1);
  const started = performance.now();
  for (let i = 0; i < entries; i++) {
    createHash('sha256').update(entry).digest();
    createHash('sha256').update(node).digest();
  }
  return performance.now() - started;
}

async function verification(x: Setting): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'clearzero-bundle-'));
  try {
    const exported = await timed(async () =>
      must(await exportBundle(x.running.services, x.slug, folder, { personal: false, evidence: false })),
    );
    const { size } = exported.value;
    add({
      section: 'log',
      what: `export of a bundle of ${size} acts`,
      measured: `${(exported.took / 1000).toFixed(1)} s`,
      limit: '',
      ratio: '',
      goal: '',
      ok: null,
    });
    const file = fileURLToPath(new URL('../verifier/clearzero-verify.mjs', import.meta.url));
    const run = await timed(() => verify(file, folder));
    const limit = hashing(size, run.value.bytes);
    add({
      section: 'log',
      what: `full verification of a log of ${size} acts, ${run.value.figures} figures recomputed`,
      measured: `${(run.took / 1000).toFixed(1)} s`,
      limit: `its hashing alone ${(limit / 1000).toFixed(1)} s`,
      ratio: (limit / run.took).toFixed(3),
      goal: '1,000,000 acts <= 60 s',
      ok: run.value.ok && (run.took * 1_000_000) / size <= 60_000,
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function verify(file: string, folder: string): Promise<{ ok: boolean; figures: number; bytes: number }> {
  const child = spawn(process.execPath, [file, folder, '--json'], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (part: Buffer) => (text += part.toString('utf8')));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', () => {
      const r = JSON.parse(text) as { ok: boolean; figures: number; entries: number };
      resolve({ ok: r.ok, figures: r.figures, bytes: r.entries * 700 });
    });
  });
}

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Verified } from '../../verifier/clearzero-verify.mjs';
import { verifierFile } from '../../src/app/verifier.ts';
import { isRefusal } from '../../src/domain/kernel/refusal.ts';
import { packEntries, unpackEntries } from '../../src/domain/log/tiles.ts';
import { latestCheckpoint, type SignedCheckpoint } from '../../src/usecases/log/checkpoint.ts';
import { receiptFor } from '../../src/usecases/log/receipt.ts';
import { sequenceCampaign } from '../../src/usecases/log/sequence.ts';
import { recordProblem } from '../../src/usecases/problems/found.ts';
import { live } from '../generators/live-commands.ts';
import type { Files } from './bundle.ts';
import { forgeries, openTable, putIn } from './forged.ts';
import { bundleOf, signedCampaign, verifyFiles, type Signed } from './rounds.ts';

let small: Signed;
let files: Files;
let key = '';
let signedAt = 0;
beforeAll(async () => {
  ({ small, files } = await signedCampaign(40));
  key = small.services.log.verifier(small.slug);
  signedAt = Date.now();
}, 60_000);
afterAll(() => small?.close());

const textOf = (from: Files, path: string) => Buffer.from(from.get(path) as Uint8Array).toString('utf8');
interface Manifest {
  readonly size: number;
  readonly upTo: string;
  readonly files: Record<string, string>;
}
const jsonOf = <T>(from: Files, path: string) => JSON.parse(textOf(from, path)) as T;
const bytesOf = (value: unknown) => Buffer.from(`${JSON.stringify(value, null, 1)}\n`);

/** A bundle with one of its lists changed; everything else is as it was. */
function changed(path: string, change: (value: never) => unknown): Files {
  const value = jsonOf<unknown>(files, path);
  return new Map(files).set(path, bytesOf(change(value as never) ?? value));
}

/** The manifest made and signed again by whoever holds the key, so that it goes with what was changed. */
function signedAgain(of: Files): Files {
  const manifest = jsonOf<Manifest>(of, 'bundle.json');
  for (const path of Object.keys(manifest.files)) {
    manifest.files[path] = createHash('sha256')
      .update(of.get(path) as Uint8Array)
      .digest('hex');
  }
  const bytes = bytesOf(manifest);
  const hash = createHash('sha256').update(bytes).digest('base64');
  const { log } = small.services;
  const note = log.signText(small.slug, `clearzero.bundle/v2\n${log.origin(small.slug)}\n${manifest.size}\n${hash}\n`);
  return new Map(of).set('bundle.json', bytes).set('bundle.note', Buffer.from(note));
}

const whyOf = (r: Verified) => r.faults.map((f) => `${f.what}: ${f.where}: ${f.why}`).join('\n');

/** The verifier run as anybody runs it. */
function run(of: Files, ...args: string[]): { status: number | null; lines: string[] } {
  const folder = mkdtempSync(join(tmpdir(), 'clearzero-probe-'));
  try {
    for (const [path, bytes] of of) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), bytes);
    }
    const done = spawnSync(process.execPath, [verifierFile(), folder, '--key', key, ...args], { encoding: 'utf8' });
    return { status: done.status, lines: done.stdout.split('\n') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
function expectBad(of: Files, ...args: string[]): void {
  const { status, lines } = run(of, ...args);
  expect(status).toBe(1);
  expect(lines[0]).toMatch(/^BAD .*: \d+ faults?$/);
  expect(lines.join('\n')).toMatch(/^ {2}1\. \w+: /m);
}

test('a bundle that nobody changed passes, and its first line says so', () => {
  const { status, lines } = run(files);
  expect(lines[0]).toBe(`OK  ${small.services.log.origin(small.slug)}: everything holds`);
  expect(status).toBe(0);
});

describe('P12: a figure under another instant', () => {
  type Stated = { id: string; asOf: string; logSize: number; filter: object };
  const last = (all: Stated[]) => all.findLast((f) => f.id === 'clearance.rate' && f.asOf.startsWith('2019-10-31')) as Stated;
  const relabelled: [string, (f: Stated) => void, RegExp][] = [
    ['the rate of 31 October as of 5 August', (f) => (f.asOf = '2019-08-05T10:00:00.000Z'), /was recorded after 2019-08-05/],
    ['a millisecond before its last act', (f) => (f.asOf = '2019-07-01T00:00:00.000Z'), /was recorded after/],
    ['later than it was', (f) => (f.asOf = jsonOf<Manifest>(files, 'bundle.json').upTo), /which it does not count, was recorded by/],
    [
      'after the end of the bundle',
      (f) => Object.assign(f, { asOf: '2199-01-01T00:00:00.000Z', logSize: jsonOf<Manifest>(files, 'bundle.json').size }),
      /the bundle ends before/,
    ],
    ['an instant that is none', (f) => (f.asOf = 'yesterday'), /cannot be read/],
    ['an instant without an offset', (f) => (f.asOf = '2019-10-31T18:00:00'), /cannot be read/],
    ['a log of one act fewer', (f) => f.logSize--, /which it does not count, was recorded by|other records|the log gives/],
    ['a log that is longer than this one', (f) => (f.logSize += 1_000_000), /is not in this log/],
  ];
  test.each(relabelled)('%s', async (_name, change, why) => {
    const of = changed('figures.json', (all: Stated[]) => {
      change(last(all));
      return all;
    });
    expect(whyOf(await verifyFiles(of, key))).toContain('it is not the file that bundle.json names');
    const r = await verifyFiles(signedAgain(of), key, 1000);
    expect(r.faults.filter((f) => f.what !== 'figure')).toEqual([]);
    expect(whyOf(r)).toMatch(why);
    expectBad(signedAgain(of));
  });
});

describe('P14: a bundle with something taken out, or put in', () => {
  const cuts: [string, () => Files, RegExp][] = [
    ['an entry of figures.json', () => changed('figures.json', (all: unknown[]) => all.slice(1)), /figures.json: it is not the file/],
    ['an older checkpoint', () => changed('checkpoints.json', (all: unknown[]) => all.slice(1)), /checkpoints.json: it is not the file/],
    ['all of files', () => changed('bundle.json', (m: { files: object }) => ({ ...m, files: {} })), /it is not what was signed/],
    [
      'one of files',
      () => changed('bundle.json', (m: { files: object }) => ({ ...m, files: { ...m.files, 'figures.json': undefined } })),
      /it is not what was signed/,
    ],
    ['files itself', () => changed('bundle.json', (m: object) => ({ ...m, files: undefined })), /it is not what was signed/],
    ['the note of the manifest', () => new Map([...files].filter(([path]) => path !== 'bundle.note')), /bundle.note: it is missing/],
    ['figures.json', () => new Map([...files].filter(([path]) => path !== 'figures.json')), /figures.json: it is missing/],
    ['what opens the names', () => new Map([...files].filter(([path]) => path !== 'personal.json')), /personal.json: it is missing/],
    ['the list of evidence', () => new Map([...files].filter(([path]) => path !== 'evidence.json')), /evidence.json: it is missing/],
    [
      'an invented witness',
      () =>
        changed('anchors.json', () => [{ size: 7, kind: 'witness', name: 'nobody.example', body: 'x', at: '2026-01-01T00:00:00.000Z' }]),
      /anchors.json: it is not the file/,
    ],
    [
      'how far it goes',
      () => changed('bundle.json', (m: object) => ({ ...m, upTo: '2199-01-01T00:00:00.000Z' })),
      /it is not what was signed/,
    ],
    [
      'from where on acts carry marks',
      () => changed('bundle.json', (m: object) => ({ ...m, marksFrom: 100_000 })),
      /it is not what was signed/,
    ],
  ];
  test.each(cuts)('%s', async (_name, of, why) => {
    expect(whyOf(await verifyFiles(of(), key, 100))).toMatch(why);
    expectBad(of());
  });

  test('what the log says was published has to be there, even when the house signs a bundle without it', async () => {
    const asOf = jsonOf<{ id: string; asOf: string; filter: object }[]>(files, 'figures.json').find((f) => f.id === 'problems.found')?.asOf;
    expect(asOf).toBeDefined();
    const of = signedAgain(changed('figures.json', (all: { id: string }[]) => all.filter((f) => f.id !== 'problems.found')));
    expect(whyOf(await verifyFiles(of, key, 100))).toMatch(/publication at entry \d+: figures.json does not state .*problems.found/);
    const later = signedAgain(changed('bundle.json', (m: object) => ({ ...m, marksFrom: 100_000 })));
    expect(whyOf(await verifyFiles(later, key, 100))).toContain('acts carry marks from entry 100000 on');
    const anchors = signedAgain(
      changed('anchors.json', () => [{ size: 7, kind: 'witness', name: 'nobody.example', body: 'x', at: '2026-01-01T00:00:00.000Z' }]),
    );
    expect(whyOf(await verifyFiles(anchors, key, 100))).toContain('anchors.json[0]: no checkpoint of 7 entries is here');
  });

  test('an earlier bundle in place of a later one passes alone, and is named by a checkpoint or a receipt that somebody kept', async () => {
    const { services, row, slug } = small;
    const done = await recordProblem(services, live.inspector, {
      campaign: slug,
      unit: '演示厂',
      place: 141_024,
      aspect: 'key-dischargers',
      type: 'key-dischargers',
      text: '无治理设施',
      clue: 'inspection',
      evidence: [],
    });
    if (isRefusal(done)) throw new Error(done.code);
    const receipt = receiptFor(services, slug, done.acts);
    const { note: older } = (await latestCheckpoint(services, row)) as SignedCheckpoint;
    await sleep(50);
    await sequenceCampaign(services, row);
    const { note: newer } = (await latestCheckpoint(services, row)) as SignedCheckpoint;
    const folder = mkdtempSync(join(tmpdir(), 'clearzero-kept-'));
    const kept = (name: string, text: string) => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    expect(run(files).status).toBe(0);
    expect(run(files, '--seen', kept('older', older)).status).toBe(0);
    expectBad(files, '--seen', kept('newer', newer));
    expect(run(files, '--seen', kept('newer', newer)).lines.join('\n')).toContain('it was cut');
    expectBad(files, '--seen', kept('receipt', receipt));
    expect(run(files, '--seen', kept('receipt', receipt)).lines.join('\n')).toContain('is not in this log');
    expectBad(files, '--seen', kept('answer', JSON.stringify({ receipt })));
    expectBad(files, '--seen', kept('scribble', 'nothing\n'));
    // A root that the same key signed for a size that the bundle has too.
    const [origin, size] = older.split('\n') as [string, string];
    const other = services.log.signText(slug, `${origin}\n${size}\n${createHash('sha256').update('other').digest('base64')}\n`);
    expectBad(files, '--seen', kept('other', other));
    const now = await bundleOf(small);
    expect(run(now, '--seen', kept('newer', newer), '--seen', kept('receipt', receipt)).status).toBe(0);
    rmSync(folder, { recursive: true });
  });

  test('a bundle cut back by hand, and entries that are no acts', async () => {
    const tiles = [...files.keys()].filter((p) => p.startsWith('tile/entries/'));
    const last = tiles.at(-1) as string;
    const entries = unpackEntries(files.get(last) as Uint8Array) ?? [];
    expectBad(new Map(files).set(last, packEntries(entries.slice(0, -1))));
    for (const odd of ['null', '[]', '"x"', '{}', '{"payload":{}}', '{"payloadDigest":null}']) {
      const of = new Map(files).set(last, packEntries([...entries.slice(0, -1), Buffer.from(odd)]));
      expect((await verifyFiles(of, key)).first, odd).not.toBeNull();
    }
  });
});

describe('P13: acts put into the table past the product', () => {
  const rest = async (until: number) => sleep(Math.max(0, until - Date.now()) + 60);

  test('are signed by nobody as long as they carry no mark, and each is named', async () => {
    const { services, row } = small;
    await openTable(small);
    const { acts, forged } = await forgeries(small, Date.now());
    await rest((acts.at(-1) as { recordedAt: number }).recordedAt);
    const { size } = await sequenceCampaign(services, row);
    expect(forged.length).toBeGreaterThanOrEqual(17);
    const missed: string[] = [];
    for (const { name, act } of forged) {
      await putIn(small, act, 'unmarked');
      const said = await sequenceCampaign(services, row).then(() => 'signed', String);
      if (!said.includes(`act ${act.id} (${act.kind}`) || !said.includes('it carries no mark')) missed.push(`${name}: ${said}`);
      await sql`delete from acts where id = ${act.id}::uuid`.execute(services.database.db);
    }
    expect(missed).toEqual([]);
    expect(await sequenceCampaign(services, row)).toEqual({ size, added: 0 });
  }, 120_000);

  test('are named by the law of the house when the marking key is known too', async () => {
    const { services, row } = small;
    // Of two publications within ten seconds nobody can tell from the log which was there first.
    await rest(signedAt + 10_000);
    const { acts, forged } = await forgeries(small, Date.now());
    for (const act of acts) await putIn(small, act, 'marked');
    await rest((acts.at(-1) as { recordedAt: number }).recordedAt);
    await sequenceCampaign(services, row);
    const bundle = await bundleOf(small, { personal: false, evidence: true });
    const r = await verifyFiles(bundle, key, 1000);
    const index = new Map<string, number>();
    const tiles = [...bundle.keys()].filter((p) => p.startsWith('tile/entries/')).sort();
    let n = 0;
    for (const path of tiles)
      for (const entry of unpackEntries(bundle.get(path) as Uint8Array) ?? []) index.set(JSON.parse(Buffer.from(entry).toString()).id, n++);
    const named = new Map(r.faults.filter((f) => f.index !== undefined).map((f) => [f.index as number, f.why]));
    expect(forged.filter(({ act }) => !named.has(index.get(act.id) as number)).map((x) => x.name)).toEqual([]);
    // Nothing that could have been decided is said to be wrong.
    const bad = new Set(forged.map(({ act }) => index.get(act.id)));
    expect([...named].filter(([at]) => !bad.has(at))).toEqual([]);
    expectBad(bundle);
  }, 120_000);
});

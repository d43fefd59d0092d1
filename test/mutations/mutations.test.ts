import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { attackCount } from './database.ts';
import { bundleRounds, databaseRounds, signedCampaign, verifyFiles, type Signed } from './rounds.ts';
import type { Files } from './bundle.ts';

let small: Signed;
let files: Files;
let key = '';
beforeAll(async () => {
  ({ small, files } = await signedCampaign(40));
  key = small.services.log.verifier(small.slug);
}, 60_000);
afterAll(() => small?.close().catch(() => undefined));

const rowsBeside: readonly [string, RegExp][] = [
  ['delete all commands', /act [0-9a-f-]{36}: the command that wrote it is missing/],
  ['delete a command', /the command that wrote it is missing/],
  ['let a command have written other acts', /the command that wrote it is missing|an act that it wrote is missing/],
  ['say that another person gave a command', /command [0-9a-f-]{36}: it is not the one that wrote its acts/],
  ['say that a command was given later', /it is not the one that wrote its acts/],
  ['say that a command was about something else', /it is not the one that wrote its acts/],
  ['exchange what two commands wrote', /it is not the one that wrote its acts/],
  ['say a name is about somebody else', /personal: [0-9a-f]{64}: it is said to be about somebody else/],
  ['exchange the acts of two tiles', /tile 0\/\d+: it names other acts/],
  ['exchange two acts of a tile', /tile 0\/\d+: it names other acts/],
  ['move an act by part of a millisecond', /./],
  ['delete a checkpoint', /./],
  ['delete all checkpoints', /./],
  ['delete all checkpoints and tiles', /./],
  ['let a checkpoint end at another act', /./],
  ['take an id so that nothing can be recorded under it', /stream [0-9a-f-]{36}: no act opened it/],
];

// The thousand are in test/long.
describe('whoever changes what was recorded', () => {
  test('is not heard of while nothing was changed', async () => {
    const r = await verifyFiles(files, key);
    expect(r.faults).toEqual([]);
    expect(r.figures).toBeGreaterThan(80);
    expect(r.evidence).toBeGreaterThanOrEqual(7);
  });

  test('is found in a bundle, and the first bad entry is named', async () => {
    expect(await bundleRounds(files, key, 0, 150)).toEqual([]);
  });

  test('is named by the entry that was changed', async () => {
    const path = [...files.keys()].find((p) => p.startsWith('tile/entries/000')) as string;
    const bytes = Uint8Array.from(files.get(path) as Uint8Array);
    // A digit of a year in the third entry.
    let at = 0;
    for (let i = 0; i < 2; i++) at += 2 + (((bytes[at] as number) << 8) | (bytes[at + 1] as number));
    const year = Buffer.from(bytes).indexOf('"happenedAt":"2019', at) + '"happenedAt":"201'.length;
    bytes[year] = '8'.charCodeAt(0);
    const r = await verifyFiles(new Map(files).set(path, bytes), key);
    expect(r.first).toMatchObject({ what: 'entry', where: 'entry 2', index: 2 });
  });

  test('is found in the database, whatever table it is', async () => {
    const { missed, seen, verdicts } = await databaseRounds(small, 0, attackCount);
    expect(missed).toEqual([]);
    expect(seen).toBeGreaterThan(attackCount - 4);
    // P15: rows beside the log. Whoever reads one line knows, and the second one names it.
    for (const [name, what] of rowsBeside) {
      const [verdict, first] = verdicts.get(name) ?? [];
      expect(verdict, name).toMatch(new RegExp(`^BAD ${small.slug}: \\d+ faults?$`));
      expect(first, name).toMatch(what);
    }
  }, 240_000);
});

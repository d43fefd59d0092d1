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
    const { missed, seen } = await databaseRounds(small, 0, attackCount);
    expect(missed).toEqual([]);
    expect(seen).toBeGreaterThan(attackCount - 4);
  }, 240_000);
});

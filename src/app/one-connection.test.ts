import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../test/support/database.ts';
import { testKeeping } from '../../test/support/keeping.ts';
import { shanxiData } from './seeds.ts';
import { verifyLive } from './verify.ts';
import { instant } from '../domain/kernel/instant.ts';
import { isRefusal } from '../domain/kernel/refusal.ts';
import { scalePlan, shanxiPlan } from '../demo/shanxi-2019.ts';
import { addUser } from '../usecases/access/users.ts';
import { makeBackup } from '../usecases/backup/make.ts';
import { rebuildCampaign } from '../usecases/campaign/rebuild.ts';
import { simulate } from '../app/simulate.ts';
import { dropExpiredUploads, sweepIncoming } from '../usecases/evidence/sweep.ts';
import { writeAllMarks } from '../usecases/figures/marks.ts';
import { makeServices, type Services } from '../usecases/services.ts';
import { openDatabase, type Database } from '../storage/database.ts';

// Whoever waits for a second connection while holding one waits for ever once all do so: with a single one, at once.
let own: TestDatabase;
let database: Database;
let s: Services;
beforeAll(async () => {
  own = await freshDatabase();
  database = openDatabase({ connectionString: own.url, max: 1, waitMs: 3000 });
  s = makeServices(
    database,
    () => v7(),
    () => instant(Date.now()),
    await testKeeping(),
  );
});
afterAll(async () => {
  await database.close();
  await own.drop();
});

describe('with one connection', () => {
  test('a campaign is loaded, signed, counted, rebuilt and verified', async () => {
    const loaded = await simulate(s, scalePlan(shanxiPlan(await shanxiData()), 'one-connection', 60, 2), []);
    expect(isRefusal(loaded)).toBe(false);
    await writeAllMarks(s);
    expect(await rebuildCampaign(s, 'one-connection')).toMatchObject({ same: true });
    expect(await verifyLive(s, 'one-connection')).toMatchObject({ ok: true });
  });

  test('accounts are made, uploads swept and a backup written', async () => {
    expect(await addUser(s, { username: 'li', name: '李', org: 'o', password: 'a long enough password', grants: [] })).toHaveProperty('id');
    await dropExpiredUploads(s);
    await sweepIncoming(s);
    const folder = mkdtempSync(join(tmpdir(), 'clearzero-one-'));
    try {
      const done = await makeBackup(s, join(folder, 'backup'), { passphrase: 'a long enough passphrase' });
      expect(done.logs.map((l) => l.campaign)).toEqual(['one-connection']);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

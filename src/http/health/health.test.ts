import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { testKeeping } from '../../../test/support/keeping.ts';
import { instant } from '../../domain/kernel/instant.ts';
import type { Role } from '../../domain/access/policy.ts';
import { openDatabase, type Database } from '../../storage/database.ts';
import { addUser } from '../../usecases/access/users.ts';
import { makeServices } from '../../usecases/services.ts';
import { buildServer } from '../server/server.ts';

const password = 'a long enough password';
const findings = [{ name: 'disk', state: 'warn' as const, value: '3.0 GiB free', advice: 'free space soon' }];

let own: TestDatabase;
let database: Database;
let app: Awaited<ReturnType<typeof buildServer>>['app'];
beforeAll(async () => {
  own = await freshDatabase();
  database = openDatabase({ connectionString: own.url });
  const services = makeServices(
    database,
    () => v7(),
    () => instant(Date.now()),
    { ...(await testKeeping()), machine: () => findings },
  );
  for (const role of ['system-admin', 'security-admin', 'clerk'] satisfies Role[]) {
    await addUser(services, { username: role, name: role, org: 'it', password, grants: [{ role, place: 140_000, campaign: null }] });
  }
  ({ app } = await buildServer({ services }));
});
afterAll(async () => {
  await app.close();
  await database.close();
  await own.drop();
});

async function health(who: string | null) {
  const signedIn =
    who === null ? undefined : await app.inject({ method: 'POST', url: '/api/session', payload: { username: who, password } });
  const token = (signedIn?.json() as { token: string } | undefined)?.token;
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return (await app.inject({ method: 'GET', url: '/api/health', headers })).json() as unknown;
}

test('a disk that is filling up is told to the system administrator and to nobody else', async () => {
  expect(await health('system-admin')).toEqual({
    ok: true,
    findings: [...findings, { name: 'jobs', state: 'ok', value: 'none was run yet' }],
  });
  for (const who of ['security-admin', 'clerk', null]) expect(await health(who)).toEqual({ ok: true });
});

test('a job that fails again and again is named to the system administrator, and told without a name to whoever watches', async () => {
  const ready = async () => (await app.inject({ method: 'GET', url: '/api/ready' })).json() as unknown;
  expect(await ready()).toEqual({ ready: true, jobs: 'well' });
  await own.pool.query(`insert into jobs (name, campaign_id, failures, failed_at, last_error, due_at)
    values ('log.sequence', 0, 3, now() - interval '5 seconds', 'the disk of the keys is gone', now() + interval '5 seconds')`);
  expect(await ready()).toEqual({ ready: true, jobs: 'failing' });
  const told = (await health('system-admin')) as { findings: unknown[] };
  expect(told.findings[1]).toEqual({
    name: 'job log.sequence',
    state: 'fail',
    value: 'failed 3 times in a row, 5 s ago: the disk of the keys is gone; it never went well',
    advice: 'it is tried again by itself; remove the cause',
  });
  for (const who of ['security-admin', 'clerk', null]) expect(JSON.stringify(await health(who))).not.toContain('disk of the keys');
});

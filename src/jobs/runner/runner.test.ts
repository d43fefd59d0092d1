import { setTimeout as sleep } from 'node:timers/promises';
import { v7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { testKeeping } from '../../../test/support/keeping.ts';
import { instant } from '../../domain/kernel/instant.ts';
import { openDatabase, type Database } from '../../storage/database.ts';
import { jobFindings, jobsFail } from '../../usecases/jobs/read.ts';
import { makeServices, type Services } from '../../usecases/services.ts';
import type { Job, JobRun } from './job.ts';
import { startJobs, type RunnerOptions } from './runner.ts';

let own: TestDatabase;
let databases: Database[];
let stops: (() => Promise<void>)[];
let said: string[];
beforeEach(async () => {
  own = await freshDatabase();
  databases = [];
  stops = [];
  said = [];
});
afterEach(async () => {
  await Promise.all(stops.map((stop) => stop()));
  for (const d of databases) await d.close();
  await own.drop();
});

/** Services as another server process would have them. */
async function process_(now: () => number = () => Date.now()): Promise<Services> {
  const database = openDatabase({ connectionString: own.url, max: 6 });
  databases.push(database);
  return makeServices(
    database,
    () => v7(),
    () => instant(now()),
    await testKeeping(),
  );
}

const quick = { leaseMs: 400, lookMs: 20, graceMs: 150 };

async function start(jobs: readonly Job[], options: Partial<RunnerOptions> = {}, s?: Services): Promise<() => Promise<void>> {
  const stop = startJobs(s ?? (await process_()), jobs, { log: (line) => said.push(line), ...quick, ...options });
  stops.push(stop);
  return stop;
}

/** A job that counts how many of it go on at once, in whichever runner. */
function counted(more: Partial<Job> & { work?: (at: JobRun, by: number) => Promise<void> } = {}) {
  const seen = { now: 0, most: 0, runs: [0, 0] as number[], gaps: [] as number[] };
  let ended = 0;
  const as = (by: number): Job => ({
    name: 'test.count',
    everyMs: 10,
    limitMs: 10_000,
    ...more,
    scope: 'installation',
    run: async (at) => {
      if (ended > 0) seen.gaps.push(performance.now() - ended);
      seen.most = Math.max(seen.most, ++seen.now);
      try {
        await (more.work?.(at, by) ?? sleep(2));
      } finally {
        seen.now--;
        ended = performance.now();
        seen.runs[by] = (seen.runs[by] ?? 0) + 1;
      }
    },
  });
  return { seen, as };
}

const row = async (name = 'test.count') =>
  (
    await own.pool.query<{ failures: number; holder: string | null; last_error: string | null; term: string }>(
      'select * from jobs where name = $1',
      [name],
    )
  ).rows[0];

async function until(what: () => boolean | Promise<boolean>): Promise<void> {
  await expect.poll(what, { timeout: 10_000, interval: 10 }).toBe(true);
}

// Leases here are a fraction of a second: a machine that stands still for that long loses one rightly, and the test is given another try.
describe('two runners on one database', { retry: 2 }, () => {
  test('do a frequent job in one of them, and hand it over when that one stops', async () => {
    const { seen, as } = counted();
    const first = await start([as(0)]);
    await until(() => (seen.runs[0] ?? 0) > 3);
    await start([as(1)]);
    await sleep(1200);
    expect(seen.runs[1]).toBe(0);
    expect(seen.runs[0]).toBeGreaterThan(40);
    await first();
    const was = seen.runs[0];
    // Given back: nobody waits for the lease to run out.
    const began = performance.now();
    await until(() => (seen.runs[1] ?? 0) > 3);
    expect(performance.now() - began).toBeLessThan(quick.leaseMs);
    expect([seen.runs[0], seen.most]).toEqual([was, 1]);
  });

  test('race for a rare job: one at a time, and not before it is due', async () => {
    const { seen, as } = counted({ everyMs: 400 });
    for (const by of [0, 1, 0, 1, 0, 1]) await start([as(by)]);
    await sleep(3000);
    const runs = (seen.runs[0] ?? 0) + (seen.runs[1] ?? 0);
    expect(seen.most).toBe(1);
    expect(runs).toBeGreaterThanOrEqual(4);
    expect(Math.min(...seen.gaps)).toBeGreaterThan(380);
  });

  test('do what each process has to do for itself in both', async () => {
    const runs = [0, 0];
    for (const by of [0, 1]) {
      await start([
        {
          name: 'test.own',
          scope: 'process',
          everyMs: 10,
          limitMs: 1000,
          run: () => Promise.resolve(void (runs[by] = (runs[by] ?? 0) + 1)),
        },
      ]);
    }
    await until(() => runs.every((n) => n > 3));
    expect(await row('test.own')).toBeUndefined();
  });

  test('leave a job that takes longer than its lease to the one that does it', async () => {
    const { seen, as } = counted({ work: () => sleep(1500) });
    await start([as(0)]);
    await until(() => seen.now === 1);
    await start([as(1)]);
    await sleep(1300);
    expect(seen).toMatchObject({ most: 1, runs: [0, 0] });
    await until(() => seen.runs[0] === 1);
    expect(seen.most).toBe(1);
  });

  test('go by the clock of the database: one whose clock is a year ahead takes nothing away', async () => {
    const year = 365 * 86_400_000;
    const { seen, as } = counted();
    await start([as(0)], {}, await process_(() => Date.now() - year));
    await until(() => (seen.runs[0] ?? 0) > 3);
    const real = Date.now;
    try {
      Date.now = () => real() + year;
      await start([as(1)], {}, await process_(() => real() + year));
      await sleep(1000);
    } finally {
      Date.now = real;
    }
    expect(seen).toMatchObject({ most: 1, runs: [expect.any(Number), 0] });
  });

  test('whose process stood still longer than its lease: the other goes on, and the first one changes nothing any more', async () => {
    const s = await process_();
    const { seen, as } = counted();
    await start([as(0)], {}, s);
    await until(() => (seen.runs[0] ?? 0) > 3);
    const before = Number((await row())?.term);
    // Another holder takes it, as the database would let it after the lease has run out.
    await own.pool.query(
      "update jobs set holder = gen_random_uuid(), term = term + 1, lease_until = clock_timestamp() + interval '700 milliseconds'",
    );
    await sleep(quick.leaseMs);
    const stood = seen.runs[0];
    await sleep(150);
    expect(seen.runs[0]).toBe(stood);
    expect(Number((await row())?.term)).toBe(before + 1);
    await until(() => (seen.runs[0] ?? 0) > (stood ?? 0) + 3);
    expect(Number((await row())?.term)).toBe(before + 2);
  });
});

describe('a job', { retry: 2 }, () => {
  test('of every few milliseconds writes at half of its lease only', async () => {
    const { seen, as } = counted({ everyMs: 5 });
    await start([as(0)], { leaseMs: 1000 });
    await until(() => (seen.runs[0] ?? 0) > 10);
    const versions = new Set<string>();
    const runs = seen.runs[0] ?? 0;
    for (const end = performance.now() + 3000; performance.now() < end; await sleep(10)) {
      versions.add((await own.pool.query<{ xmin: string }>('select xmin from jobs')).rows[0]?.xmin ?? '');
    }
    expect((seen.runs[0] ?? 0) - runs).toBeGreaterThan(150);
    expect(versions.size).toBeGreaterThanOrEqual(5);
    expect(versions.size).toBeLessThanOrEqual(9);
  });

  test('that throws is kept with its reason, is tried less and less often, and is forgiven when it goes well', async () => {
    let broken = true;
    const at: number[] = [];
    const job: Job = {
      name: 'test.fails',
      scope: 'installation',
      everyMs: 10,
      limitMs: 1000,
      backOffMs: 1500,
      run: () => {
        at.push(performance.now());
        return broken ? Promise.reject(new Error('the disk of nobody')) : Promise.resolve();
      },
    };
    const { seen, as } = counted();
    const s = await process_();
    await start([job, as(0)], {}, s);
    await until(async () => (await row('test.fails'))?.failures === 1);
    expect(await jobFindings(s)).toMatchObject([{ name: 'job test.fails', state: 'warn', value: expect.stringContaining('failed once') }]);
    await until(async () => (await row('test.fails'))?.failures === 3);
    const gaps = at.slice(1).map((t, i) => t - (at[i] ?? 0));
    expect(gaps[0]).toBeGreaterThan(950);
    expect(gaps[1]).toBeGreaterThan(1450);
    const [finding] = await jobFindings(s);
    expect(finding).toMatchObject({
      state: 'fail',
      value: expect.stringMatching(/3 times in a row, \d s ago: the disk of nobody; it never went well/),
    });
    expect(await jobsFail(s)).toBe(true);
    // It is said once, and others go on meanwhile.
    expect(said).toEqual(['The job test.fails failed: the disk of nobody']);
    expect(seen.runs[0]).toBeGreaterThan(20);
    broken = false;
    await until(async () => (await row('test.fails'))?.failures === 0);
    expect(await jobsFail(s)).toBe(false);
    expect(await jobFindings(s)).toEqual([{ name: 'jobs', state: 'ok', value: '2 jobs, none failed' }]);
  });

  test('that hangs is cancelled at its limit and tried again', async () => {
    const ends: string[] = [];
    const { seen, as } = counted({
      limitMs: 200,
      work: ({ signal }) =>
        new Promise((_resolve, reject) =>
          signal.addEventListener('abort', () => (ends.push(String(signal.reason)), reject(new Error('told')))),
        ),
    });
    await start([as(0)]);
    await until(() => seen.runs[0] === 2);
    expect(ends[0]).toContain('it took longer than 0.2 s and was cancelled');
    expect(seen.most).toBe(1);
    expect((await row())?.last_error).toBe('it took longer than 0.2 s and was cancelled');
  });

  test('that hangs and does not listen is left alone, and neither keeps the runner nor the next try', async () => {
    let tries = 0;
    const { as } = counted({ limitMs: 100, work: () => (tries++, new Promise(() => undefined)) });
    const stop = await start([as(0)]);
    await until(() => tries === 2);
    expect((await row())?.last_error).toBe('it was told to end and did not (it took longer than 0.1 s and was cancelled)');
    const began = performance.now();
    await stop();
    expect(performance.now() - began).toBeLessThan(1000);
  });

  test('under way is waited for when the process stops, and is told', async () => {
    let ended = false;
    const { seen, as } = counted({
      work: async ({ signal }) => {
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        await sleep(100);
        ended = true;
      },
    });
    const stop = await start([as(0)]);
    await until(() => seen.now === 1);
    await stop();
    expect(ended).toBe(true);
    expect(await row()).toMatchObject({ holder: null, failures: 0 });
  });

  test('that nobody does is named once it is late', async () => {
    const s = await process_();
    await own.pool.query("insert into jobs (name, campaign_id, due_at) values ('test.late', 0, now() - interval '3 minutes')");
    expect(await jobFindings(s)).toMatchObject([
      { name: 'job test.late', state: 'warn', value: 'due for 3 min, and nobody does it; it never went well' },
    ]);
  });
});

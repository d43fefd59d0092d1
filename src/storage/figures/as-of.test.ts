import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { live, randomCommands } from '../../../test/generators/live-commands.ts';
import { smallCampaign, type SmallCampaign } from '../../../test/support/campaign.ts';
import { formatInstant, instant, parseInstant, type Instant } from '../../domain/kernel/instant.ts';
import { isRefusal, type Refusal } from '../../domain/kernel/refusal.ts';
import { defineAspect } from '../../usecases/campaign/define-aspect.ts';
import { readFigure, readFigureSet } from '../../usecases/figures/read.ts';
import { commandProblem } from '../../usecases/problems/command.ts';
import { recordProblem } from '../../usecases/problems/found.ts';
import { overClient } from '../database.ts';
import { takeRecordedAt, Watermark } from './watermark.ts';

let c: SmallCampaign;
beforeAll(async () => {
  c = await smallCampaign(120, 21);
});
afterAll(() => c.close());

function must<T>(result: T | Refusal): T {
  if (isRefusal(result)) throw new Error(`${result.code} ${JSON.stringify(result.details)}`);
  return result as T;
}
const press = async (asOf?: string) => must(await readFigureSet(c.services, live.clerk, { campaign: c.slug, asOf, set: 'press' }));

describe('with a command in flight', () => {
  test('no answer is given for an instant that it may still be recorded at', { timeout: 20_000 }, async () => {
    const client = await c.services.database.pool.connect();
    try {
      await client.query('begin');
      const at = await takeRecordedAt(overClient(client));
      await sleep(20);
      const now = await press();
      expect(now.standing.watermark).toBeLessThan(at);
      const later = await readFigureSet(c.services, live.clerk, { campaign: c.slug, asOf: formatInstant(instant(at + 5)), set: 'press' });
      expect(later).toMatchObject({ refused: true, code: 'asof.in-flight' });
      // A second observer, without any memory, proves nothing past it either.
      expect(await new Watermark(c.services.database.db).reach(at, 100)).toBeLessThan(at);
      await client.query('rollback');
      expect((await press(formatInstant(instant(at + 5)))).standing.watermark).toBe(at + 5);
    } finally {
      client.release();
    }
  });

  test('a past that is settled is answered all the same', async () => {
    const client = await c.services.database.pool.connect();
    try {
      await press();
      await client.query('begin');
      await takeRecordedAt(overClient(client));
      const august = '2019-08-05T18:00:00+08:00';
      expect((await press(august)).standing.watermark).toBe(parseInstant(august));
      await client.query('rollback');
    } finally {
      client.release();
    }
  });

  test('answers wait for what records earlier and commits later', { timeout: 20_000 }, async () => {
    const client = await c.services.database.pool.connect();
    try {
      await client.query('begin');
      const at = await takeRecordedAt(overClient(client));
      const asked = readFigureSet(c.services, live.clerk, { campaign: c.slug, asOf: formatInstant(at), set: 'press' });
      expect(await Promise.race([asked, sleep(300, 'waiting')])).toBe('waiting');
      await client.query('commit');
      expect(await asked).toMatchObject({ standing: { watermark: expect.any(Number) } });
    } finally {
      client.release();
    }
  });
});

describe('an answer once given', () => {
  test('does not change by what is recorded today of the morning before it', async () => {
    const fifthOfAugust = '2019-08-05T18:00:00+08:00';
    const before = await press(fifthOfAugust);
    const acts = await c.acts();
    const found = acts.filter((a) => a.kind === 'ProblemFound' && a.happenedAt < (parseInstant('2019-07-20T00:00:00+08:00') as Instant));
    let recorded = 0;
    for (const act of found) {
      const base = { campaign: c.slug, problem: act.streamId, happenedAt: '2019-08-05T10:00:00+08:00' };
      for (const command of [
        { do: 'rebound', reason: '补录', evidence: [] },
        { do: 'watch', until: '2019-12-31' },
        { do: 'extend', rule: 'SX-YAN-01', days: 3, reason: '补录' },
      ] as const) {
        const done = await commandProblem(c.services, live.clerk, { ...base, command });
        if (!isRefusal(done)) recorded += done.acts.length;
      }
    }
    expect(recorded).toBeGreaterThan(3);
    expect(await press(fifthOfAugust)).toEqual(before);
  });

  test('is given again, with sixteen writers at work', { timeout: 90_000 }, async () => {
    const until = Date.now() + 5000;
    const given = new Map<Instant, string>();
    let taken = 0;
    const writer = async (n: number) => {
      for (let k = 0; Date.now() < until; k++) {
        const done = await randomCommands(c, 4, 1000 * n + k);
        taken += done.filter((d) => !isRefusal(d.result)).length;
      }
    };
    const reader = async () => {
      while (Date.now() < until) {
        const { standing, figures } = await press();
        const { watermark, logSize } = standing;
        const answer = JSON.stringify({ logSize, figures });
        const before = given.get(watermark);
        if (before !== undefined) expect(answer).toBe(before);
        given.set(watermark, answer);
        await sleep(5);
      }
    };
    await Promise.all([...Array.from({ length: 16 }, (_, n) => writer(n)), reader(), reader(), reader()]);
    expect(taken).toBeGreaterThan(50);
    expect(given.size).toBeGreaterThan(20);
    for (const [watermark, answer] of given) {
      const { standing, figures } = await press(formatInstant(watermark));
      expect(JSON.stringify({ logSize: standing.logSize, figures })).toBe(answer);
    }
  });
});

describe('a new aspect', () => {
  test('is there from its instant on, and nowhere before', async () => {
    const before = must(await readFigure(c.services, live.clerk, { campaign: c.slug, id: 'problems.found', filter: {} }));
    const made = must(
      await defineAspect(c.services, live.clerk, {
        campaign: c.slug,
        code: 'noise',
        name: { zh: '噪声扰民', en: 'Noise' },
        unit: { zh: '处', en: 'site' },
        criteria: { zh: '达标', en: 'within limits' },
        evidence: ['document'],
        acceptanceBody: 'sx-acceptance',
        noticeDays: 5,
        deadlineDays: 15,
      }),
    );
    const definedAt = made.acts[0]?.recordedAt as Instant;
    const inspector = { ...live.inspector, grants: [{ role: 'inspector' as const, place: 140_000, campaign: null }] };
    const problem = must(
      await recordProblem(c.services, inspector, {
        campaign: c.slug,
        unit: '听松演示锻造厂',
        place: 140_105,
        aspect: 'noise',
        type: 'other',
        text: '夜间冲压噪声',
        clue: 'hotline',
        evidence: [],
      }),
    );
    const foundAt = problem.acts[0]?.recordedAt as Instant;
    const noise = (asOf: Instant) =>
      readFigure(c.services, live.clerk, {
        campaign: c.slug,
        id: 'problems.found',
        filter: { aspect: 'noise' },
        asOf: formatInstant(asOf),
      });
    expect(must(await noise(foundAt)).figure?.numerator).toBe(1);
    expect(must(await noise(instant(foundAt - 1))).figure?.numerator).toBe(0);
    expect(await noise(instant(definedAt - 1))).toMatchObject({ code: 'filter.unknown-value' });
    const old = must(
      await readFigure(c.services, live.clerk, {
        campaign: c.slug,
        id: 'problems.found',
        filter: {},
        asOf: formatInstant(before.standing.watermark),
      }),
    );
    expect(old.figure).toEqual(before.figure);
  });
});

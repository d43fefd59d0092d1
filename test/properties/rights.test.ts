import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '../../src/domain/access/policy.ts';
import { isRefusal } from '../../src/domain/kernel/refusal.ts';
import { problemVerbs } from '../../src/domain/problems/commands.ts';
import { addUser, findActor } from '../../src/usecases/access/users.ts';
import { oracle, someActors } from '../generators/rights.ts';
import { campaign, password, testApp, type Reply, type TestApp } from '../support/app.ts';
import { handIn, uploadHeaders } from '../support/upload.ts';

const root = 140_000;
const people = 26;
/** Counties of three cities; each has a problem, a source and an object of evidence of its own. */
const counties = [140_105, 140_106, 140_212, 141_024];

interface Thing {
  readonly place: number;
  readonly problem: string;
  readonly source: string;
  readonly object: string;
}

let app: TestApp;
let things: Thing[];
let all: { place: number }[];
const actors: { readonly name: string; readonly actor: Actor; readonly token: string }[] = [];

beforeAll(async () => {
  app = await testApp(60);
  things = [];
  for (const place of counties) {
    const problem = ((await app.call('clerk', 'POST', '/api/problems', newProblem(place))).body.item as { id: string }).id;
    const source = (await app.call('clerk', 'POST', '/api/sources', newSource(place))).body.id as string;
    things.push({ place, problem, source, object: await handIn(app, 'clerk', problem, Buffer.from(`点位,COD\n${place},50\n`)) });
  }
  const rows = await app.services.database.pool.query<{ place: number }>("select place from items where kind = 'problem'");
  all = rows.rows;
  // An administrator is nothing else: such an account cannot be made.
  const possible = (a: Actor) => new Set(a.grants.map((g) => g.role)).size <= 1 || a.grants.every((g) => !g.role.endsWith('-admin'));
  const drawn = fc.sample(someActors([campaign, campaign, 'another-campaign']).filter(possible), { numRuns: people, seed: 2019 });
  for (const [i, actor] of drawn.entries()) {
    const name = `drawn-${i}`;
    const made = await addUser(app.services, { username: name, name, org: actor.org, password, grants: actor.grants });
    if (isRefusal(made)) throw new Error(made.code);
    const signed = await app.raw.inject({
      method: 'POST',
      url: '/api/session',
      payload: { username: name, password },
      remoteAddress: `10.0.0.${i}`,
    });
    actors.push({ name, actor, token: (signed.json() as { token: string }).token });
  }
}, 120_000);
afterAll(() => app?.close());

const newProblem = (place: number) => ({
  ...{ campaign, unit: '听松演示焦化厂', place, aspect: 'key-dischargers', type: 'key-dischargers' },
  ...{ text: '外排水超标', clue: 'hotline', evidence: [] },
});
const newSource = (place: number) => ({ campaign, name: '竹溪演示铸造厂', uscc: null, place, industry: '3391', scattered: true });
const evidence = [{ sha256: 'a'.repeat(64), kind: 'photo', name: 'x.jpg', takenAt: '2019-08-01T00:00:00Z' }];
const bodies: Record<string, object> = {
  notFounded: { reason: 'r' },
  assign: { government: 'g', department: 'd', person: 'p' },
  plan: { implementer: 'i', goal: 'g', deadline: '2030-01-01', measures: 'm', acceptanceBody: 'b' },
  changeBody: { body: 'b', reason: 'r' },
  stage: { progress: 'p' },
  claim: { text: 't', evidence },
  check: { text: 't' },
  return: { reason: 'r' },
  accept: { criteria: 'c', penaltyCase: null, noPenaltyReason: 'n' },
  clear: { decisionNo: 'n' },
  watch: { until: '2030-01-01' },
  extend: { rule: 'SX-YAN-02', days: 5, reason: 'r' },
  withdraw: { reason: 'r' },
  merge: { into: 'SX', reason: 'r' },
  split: { parts: ['a', 'b'], reason: 'r' },
  rebound: { reason: 'r', evidence },
};

type Person = (typeof actors)[number];

async function ask(p: Person, method: string, url: string, body?: object, headers: Record<string, string> = {}): Promise<Reply> {
  const payload = body === undefined ? {} : { payload: body };
  const r = await app.raw.inject({ method: method as 'GET', url, headers: { ...headers, authorization: `Bearer ${p.token}` }, ...payload });
  const json = /json/.test(String(r.headers['content-type'])) ? (r.json() as Record<string, unknown>) : {};
  return { status: r.statusCode, body: json, text: r.body, headers: r.headers };
}

/** What an answer says of the right that was asked for: whatever else is wrong with a request comes after it. */
function verdictOf(r: Reply): string {
  if (r.status === 403) return 'forbidden';
  if (['item.unknown', 'evidence.unknown', 'campaign.unknown', 'source.unknown'].includes(r.body.code ?? '')) return 'absent';
  return r.status >= 500 ? `broken ${r.status}` : 'allowed';
}

async function everyPerson(check: (p: Person, said: ReturnType<typeof oracle>) => Promise<void>): Promise<void> {
  for (const p of actors) await check(p, oracle(p.actor, campaign));
}

test('people of every kind were drawn: several grants, none, foreign campaigns, administrators', () => {
  const grants = actors.map((p) => p.actor.grants);
  expect(grants.some((g) => g.length === 0)).toBe(true);
  expect(grants.filter((g) => new Set(g.map((x) => x.role)).size > 1).length).toBeGreaterThan(5);
  expect(grants.some((g) => g.length > 0 && g.every((x) => x.campaign === 'another-campaign'))).toBe(true);
  expect(grants.some((g) => g.some((x) => x.role.endsWith('-admin')))).toBe(true);
});

test('a grant that is given twice is one', async () => {
  const grant = { role: 'clerk', place: root, campaign: null } as const;
  const made = await addUser(app.services, { username: 'twice', name: 'twice', org: 'sx-office', password, grants: [grant, grant] });
  expect(isRefusal(made)).toBe(false);
  expect((await findActor(app.services, 'twice'))?.grants).toEqual([grant]);
});

test('a command on a problem is answered as the written table says, one by one', async () => {
  await everyPerson(async (p, said) => {
    for (const [i, thing] of things.entries()) {
      for (const verb of problemVerbs.filter((_, k) => k % things.length === i)) {
        const r = await ask(p, 'POST', `/api/problems/${thing.problem}/${verb}?campaign=${campaign}`, bodies[verb] ?? {});
        expect([p.name, verb, thing.place, verdictOf(r)]).toEqual([p.name, verb, thing.place, said.object(`problem.${verb}`, thing.place)]);
      }
    }
  });
}, 120_000);

test('and in bulk: each problem of the list by itself', async () => {
  await everyPerson(async (p, said) => {
    for (const verb of ['confirm', 'assign', 'extend']) {
      const body = { campaign, verb, ids: things.map((t) => t.problem), body: bodies[verb] ?? {}, preview: true };
      const r = await ask(p, 'POST', '/api/problems/bulk', body);
      const wanted = things.map((t) => said.object(`problem.${verb}`, t.place));
      if (r.status !== 200) {
        expect(wanted.includes('allowed'), `${p.name} ${verb} ${r.status} ${r.body.code ?? ''}`).toBe(false);
        expect([403, 404]).toContain(r.status);
        continue;
      }
      const { refused } = r.body as unknown as { refused: { id: string; code: string }[] };
      const got = things.map((t) => {
        const code = refused.find((x) => x.id === t.problem)?.code;
        return code === 'item.unknown' ? 'absent' : code === 'access.forbidden' ? 'forbidden' : 'allowed';
      });
      expect([p.name, verb, got]).toEqual([p.name, verb, wanted]);
    }
  });
}, 60_000);

test('things are read, uploaded to, taken away and registered where the table says', async () => {
  await everyPerson(async (p, said) => {
    for (const t of things) {
      const q = `campaign=${campaign}`;
      const inspection = {
        campaign,
        sourceId: t.source,
        aspect: 'nope',
        officers: ['甲', '乙'],
        legalBody: 'l',
        result: 'clean',
        text: 't',
      };
      const headers = uploadHeaders(t.problem, Buffer.from(`${p.name} ${t.place}`), 'x.txt', 'document');
      const asked = [
        ['item.read', () => ask(p, 'GET', `/api/items/${t.problem}?${q}`)],
        ['source.read', () => ask(p, 'GET', `/api/sources/${t.source}?${q}`)],
        ['evidence.read', () => ask(p, 'GET', `/api/items/${t.problem}/evidence?${q}`)],
        ['evidence.read', () => ask(p, 'GET', `/api/evidence/${t.object}/custody?${q}`)],
        ['evidence.read', () => ask(p, 'GET', `/api/evidence/${t.object}/view?${q}`)],
        ['evidence.export', () => ask(p, 'POST', `/api/evidence/${t.object}/export?${q}`, { purpose: '核查用' })],
        ['evidence.upload', () => ask(p, 'POST', '/api/uploads', undefined, headers)],
        ['problem.found', () => ask(p, 'POST', '/api/problems', { ...newProblem(t.place), aspect: 'nope' })],
        ['source.register', () => ask(p, 'POST', '/api/sources', { ...newSource(t.place), uscc: 'nope' })],
        ['inspection.record', () => ask(p, 'POST', '/api/inspections', inspection)],
      ] as const;
      for (const [verb, work] of asked) {
        const r = await work();
        const label = `${p.name} ${JSON.stringify(p.actor.grants)} ${r.status} ${r.body.code ?? ''}`;
        expect([verb, t.place, verdictOf(r)], label).toEqual([verb, t.place, said.object(verb, t.place)]);
      }
    }
  });
}, 60_000);

test('what speaks for the whole campaign is asked at its root', async () => {
  const text = { title: '进展', lang: 'zh', body: '进展情况', asOf: '2019-08-05T18:00:00+08:00' };
  const words = { zh: 'a', en: 'a' };
  const aspect = { name: words, unit: words, criteria: words, evidence: [], acceptanceBody: 'b', noticeDays: 0, deadlineDays: 1 };
  const id = '00000000-0000-7000-8000-000000000000';
  await everyPerson(async (p, said) => {
    const asked = [
      // Each is refused for another reason once the right is there.
      [
        'batch.issue',
        () => ask(p, 'POST', '/api/batches', { campaign, name: 'n', deadline: '2000-01-01', problems: [things[0]?.problem] }),
      ],
      ['aspect.define', () => ask(p, 'POST', `/api/campaigns/${campaign}/aspects`, { code: 'central-inspection', ...aspect })],
      ['figure.publish', () => ask(p, 'POST', `/api/campaigns/${campaign}/releases`, { asOf: '2999-01-01T00:00:00Z' })],
      ['bulletin.write', () => ask(p, 'POST', '/api/bulletins', { campaign, kind: 'bulletin', ...text, asOf: '2999-01-01T00:00:00Z' })],
      ['bulletin.write', () => ask(p, 'POST', '/api/bulletins/check', { campaign, ...text })],
      ['lead.read', () => ask(p, 'GET', `/api/leads?campaign=${campaign}`)],
      ['lead.close', () => ask(p, 'POST', `/api/leads/${id}/close?campaign=${campaign}`, { finding: 'f' })],
    ] as const;
    for (const [verb, work] of asked) {
      const r = await work();
      const wanted = !said.sees ? 'absent' : said.atRoot(verb, root) ? 'allowed' : 'forbidden';
      expect([p.name, verb, verdictOf(r)], `${JSON.stringify(p.actor.grants)} ${r.status} ${r.body.code ?? ''}`).toEqual([
        p.name,
        verb,
        wanted,
      ]);
    }
    expect([p.name, (await ask(p, 'GET', '/api/users')).status]).toEqual([p.name, said.inAnyCampaign('user.read') ? 200 : 403]);
  });
}, 60_000);

test('lists and totals hold what lies inside, with clues for those who may know them', async () => {
  await everyPerson(async (p, said) => {
    const r = await ask(p, 'GET', `/api/ledger?campaign=${campaign}&limit=500`);
    if (!said.anywhere('ledger.read')) {
      expect([p.name, r.status]).toEqual([p.name, said.sees ? 403 : 404]);
      return;
    }
    const rows = r.body.rows as { place: number; clue: string }[];
    const wanted = all.filter((x) => said.at('ledger.read', x.place)).map((x) => x.place);
    expect([p.name, rows.map((x) => x.place).sort()]).toEqual([p.name, wanted.sort()]);
    expect((await ask(p, 'GET', `/api/ledger/total?campaign=${campaign}`)).body.total).toBe(wanted.length);
    for (const row of rows) expect([p.name, row.clue !== '']).toEqual([p.name, !said.masked]);
    const byClue = await ask(p, 'GET', `/api/ledger?campaign=${campaign}&clue=hotline`);
    if (said.masked) expect([p.name, (byClue.body.rows as unknown[] | undefined)?.length ?? 0]).toEqual([p.name, 0]);
  });
}, 60_000);

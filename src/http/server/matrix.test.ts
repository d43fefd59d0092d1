import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { people, testApp, campaign, type TestApp } from '../../../test/support/app.ts';
import { oracle } from '../../../test/generators/rights.ts';
import { isRootVerb, roles, type Actor, type Verb } from '../../domain/access/policy.ts';
import { campaignStreamId, findCampaign, listStreamActs } from '../../storage/acts/read.ts';
import { sequenceCampaign } from '../../usecases/log/sequence.ts';
import { features } from '../features.ts';
import type { RouteInfo } from './route.ts';
import { noSuchId, type Ask, type Examples, type SampleCall } from './sample.ts';

let app: TestApp;
/** What the features made for their samples, in Hongtong county of Linfen. */
const made = new Map<string, string>();
const examples: Examples = {
  campaign,
  county: 141_024,
  city: 141_000,
  of: (name) => {
    const id = made.get(name);
    if (id === undefined || id === '') throw new Error(`no feature made an example of "${name}"`);
    return id;
  },
};

const ask: Ask = async (role, method, url, body, headers) => {
  const who = Object.keys(people).find((name) => people[name]?.role === role) ?? role;
  const reply = await app.call(who, method, url, body, headers);
  if (reply.status >= 300) throw new Error(`${method} ${url}: ${reply.text}`);
  return reply;
};

beforeAll(async () => {
  app = await testApp(80);
  for (const feature of features) {
    for (const [name, id] of Object.entries((await feature.examples?.(ask, examples)) ?? {})) made.set(name, id);
  }
  await sequenceCampaign(app.services, (await findCampaign(app.services.database.db, campaign)) as never);
}, 120_000);
afterAll(() => app?.close());

/** How a route is called, as its feature says beside it. */
function sampleOf(route: RouteInfo): SampleCall {
  if (route.sample === undefined) throw new Error(`no sample for ${route.method} ${route.url}`);
  return route.sample(examples);
}

/** Routes that ask something of whoever calls them. */
const asking = () => app.routes.filter((route) => route.permission !== 'none');

function actorOf(who: string): Actor {
  const p = people[who] as (typeof people)[string];
  return {
    id: who,
    name: who,
    org: p.org,
    grants: [{ role: p.role, place: p.place, campaign: p.campaign === undefined ? null : p.campaign }],
  };
}

describe('every route', () => {
  test('is called by a person of each role', () => {
    expect(new Set(Object.values(people).map((p) => p.role))).toEqual(new Set(roles));
  });

  test('asks something of its caller, but for public pages, signing in, and what says that the server is there', () => {
    const open = app.routes.filter((route) => route.permission === 'none' && !route.url.startsWith('/public'));
    expect(open.map((route) => `${route.method} ${route.url}`)).toEqual([
      'POST /api/session',
      'GET /api/health',
      'GET /api/ready',
      'GET /api/openapi.json',
    ]);
    // Public pages are nobody's: http/public/public.test.ts calls them all.
    expect(asking().some((route) => route.url.startsWith('/public'))).toBe(false);
  });

  test('is described in the API document with its permission', async () => {
    const document = (await app.call(null, 'GET', '/api/openapi.json')).body as {
      paths: Record<string, Record<string, { 'x-permission'?: string }>>;
    };
    for (const route of app.routes.filter((r) => r.url !== '/api/openapi.json')) {
      const described = document.paths[route.url.replace(/:(\w+)/g, '{$1}').replace('*', '{*}')]?.[route.method.toLowerCase()];
      expect(described?.['x-permission'], route.url).toBe(route.permission);
    }
  });

  test('has a sample, and refuses nobody by 401', async () => {
    expect(asking().length).toBeGreaterThan(70);
    for (const route of asking()) {
      const sample = sampleOf(route);
      const reply = await app.call(null, route.method, sample.url, sample.body, sample.headers);
      expect(reply.status, sample.url).toBe(401);
      if (route.method !== 'HEAD') expect(reply.body.code, sample.url).toBe('access.signed-out');
    }
  });

  test('answers each role as the policy says: 404 outside the scope, 403 inside it but not allowed, else the request itself', async () => {
    for (const route of asking()) {
      if (route.permission === 'session') continue;
      const key = `${route.method} ${route.url}`;
      const sample = sampleOf(route);
      for (const who of Object.keys(people)) {
        const actor = actorOf(who);
        const reply = await app.call(who, route.method, sample.url, sample.body, sample.headers);
        const verb = route.permission as Verb;
        const said = oracle(actor, campaign);
        const sees = said.sees;
        const label = `${who} ${key} -> ${reply.status} ${reply.body.code ?? ''}`;
        const { role } = people[who] as (typeof people)[string];
        if (sample.only !== undefined || sample.everybody !== undefined) {
          expect(reply.status, label).toBe(sample.everybody ?? (sample.only?.includes(role) === true ? 200 : 403));
          continue;
        }
        if (who === 'press' && sample.notForPress === true) {
          expect([reply.status, reply.body.code], label).toEqual([403, 'access.forbidden']);
          continue;
        }
        const inSight = sample.place === null ? sees : said.at('item.read', sample.place);
        const allowed = isRootVerb(verb)
          ? said.atRoot(verb, 140_000)
          : sample.place === null
            ? said.anywhere(verb)
            : said.at(verb, sample.place);
        // The press sees no object: the answer is the same whether there is one or not, as the next test says.
        if (who === 'press' && sample.place !== null) expect([403, 404], label).toContain(reply.status);
        else if (!inSight) expect(reply.status, label).toBe(404);
        else if (!allowed) expect([reply.status, reply.body.code], label).toEqual([403, 'access.forbidden']);
        else if (sample.allowed !== undefined) expect(reply.status, label).toBe(sample.allowed);
        else {
          expect([200, 201, 409, 422], label).toContain(reply.status);
          expect(reply.body.code ?? '', label).not.toMatch(/^(access|server)\./);
        }
      }
    }
  }, 120_000);

  test('tells whoever may not see an object nothing by which one that is there differs from one that is not', async () => {
    for (const route of asking()) {
      const sample = sampleOf(route);
      // Where something that lies in a place is named in the address.
      const name = [...made.values()].find((id) => sample.url.includes(id));
      if (sample.place === null || name === undefined || route.method === 'HEAD') continue;
      const other = name.length === 64 ? 'e'.repeat(64) : noSuchId;
      for (const who of ['press', 'taiyuan', 'stranger', 'sysadmin']) {
        const ask = (url: string) => app.call(who, route.method, url, sample.body, sample.headers);
        const [there, none] = [await ask(sample.url), await ask(sample.url.replace(name, other))];
        const told = (r: typeof there, id: string) => JSON.stringify({ ...r.body, instance: '' }).replaceAll(id, '');
        expect([who, route.url, there.status, told(there, name)]).toEqual([who, route.url, none.status, told(none, other)]);
        expect(there.status, `${who} ${route.url}`).toBeGreaterThanOrEqual(400);
      }
    }
  });

  test('proves an act to those who may see it, and to the others as one that never was', async () => {
    const proof = (who: string, id: string) => app.call(who, 'GET', `/api/log/${campaign}/proof/${id}`);
    for (const who of ['clerk', 'linfen', 'hongtong', 'auditor']) expect((await proof(who, examples.of('act'))).status, who).toBe(200);
    const page = await app.call('clerk', 'GET', `/api/bulletins/${examples.of('bulletin')}?campaign=${campaign}`);
    const released = (await findCampaign(app.services.database.db, campaign)) as never;
    const opening = (await listStreamActs(app.services.database.db, released, campaignStreamId(1)))[0]?.id ?? '';
    expect(page.status).toBe(200);
    for (const who of ['press', 'taiyuan']) {
      expect((await proof(who, opening)).status, who).toBe(200);
      const [there, none] = [await proof(who, examples.of('act')), await proof(who, noSuchId)];
      expect([there.status, there.body.code]).toEqual([404, 'log.not-numbered']);
      expect(there.body.title).toBe(String(none.body.title).replace(noSuchId, examples.of('act')));
    }
  });

  test('tells an absent object and one of the neighbour city apart in nothing', async () => {
    const mine = await app.call('taiyuan', 'GET', `/api/items/${examples.of('problem')}?campaign=${campaign}`);
    const absent = await app.call('taiyuan', 'GET', `/api/items/${noSuchId}?campaign=${campaign}`);
    const strip = (x: Record<string, unknown>) => ({ ...x, instance: '' });
    expect(mine.status).toBe(404);
    expect(strip(mine.body)).toEqual(strip(absent.body));
    const foreign = await app.call('stranger', 'GET', `/api/figures?campaign=${campaign}`);
    const unknown = await app.call('stranger', 'GET', '/api/figures?campaign=sim-none');
    expect([foreign.status, foreign.body.code]).toEqual([unknown.status, unknown.body.code]);
  });

  test('keeps lists, totals and figures inside the jurisdiction', async () => {
    const rows = (await app.call('taiyuan', 'GET', `/api/ledger?campaign=${campaign}&limit=500`)).body.rows as {
      place: number;
      clue: string;
    }[];
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.every((r) => r.place >= 140_100 && r.place < 140_200)).toBe(true);
    // A government does not learn where a clue came from.
    expect(rows.every((r) => r.clue === '')).toBe(true);
    const total = (await app.call('taiyuan', 'GET', `/api/ledger/total?campaign=${campaign}`)).body.total;
    expect(total).toBe(rows.length);
    const figure = (await app.call('taiyuan', 'GET', `/api/figures/problems.found?campaign=${campaign}&city=141000`)).body.figure as {
      numerator: number;
    };
    expect(figure.numerator).toBe(0);
    const csv = (await app.call('taiyuan', 'GET', `/api/ledger.csv?campaign=${campaign}`)).text.trim().split('\r\n');
    expect(csv.length - 1).toBe(rows.length);
  });
});

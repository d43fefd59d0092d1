import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { people, testApp, campaign, type TestApp } from '../../../test/support/app.ts';
import { oracle } from '../../../test/generators/rights.ts';
import { handIn, uploadHeaders } from '../../../test/support/upload.ts';
import { isRootVerb, roles, type Actor, type Verb } from '../../domain/access/policy.ts';
import { problemCommandBodies } from '../../contract/items.ts';
import { campaignStreamId, findCampaign, listStreamActs } from '../../storage/acts/read.ts';
import { sequenceCampaign } from '../../usecases/log/sequence.ts';

let app: TestApp;
/** A problem and a source in Hongtong county, Linfen. */
let problem = '';
let source = '';
/** A released bulletin, and the letter to Linfen. */
let bulletin = '';
let letter = '';
/** An object handed in for that problem, and an upload that is nobody's. */
let object = '';
const noUpload = '00000000-0000-7000-8000-000000000000';
let act = '';

beforeAll(async () => {
  app = await testApp(80);
  const made = await app.call('clerk', 'POST', '/api/problems', newProblem(141_024));
  expect(made.status).toBe(201);
  problem = (made.body.item as { id: string }).id;
  const registered = await app.call('clerk', 'POST', '/api/sources', newSource(141_024));
  source = registered.body.id as string;
  const drafted = (await app.call('clerk', 'POST', '/api/bulletins', newBulletinBody)).body as { id: string; no: number };
  bulletin = drafted.id;
  expect((await app.call('clerk', 'POST', `/api/bulletins/${bulletin}/submit?campaign=${campaign}`, { version: 1 })).status).toBe(200);
  const released = await app.call('director', 'POST', `/api/bulletins/${bulletin}/release?campaign=${campaign}`, {
    version: 2,
    confirm: String(drafted.no),
  });
  expect(released.status).toBe(200);
  const batch = (await app.call('clerk', 'GET', `/api/batches/1?campaign=${campaign}`)).body as {
    cities: { place: number; letter: { id: string } | null }[];
  };
  letter = batch.cities.find((c) => c.place === 141_000)?.letter?.id ?? '';
  expect(letter).not.toBe('');
  object = await handIn(app, 'inspector', problem, Buffer.from('点位,COD\n1,50\n'));
  act = ((made.body.acts as { id: string }[])[0] as { id: string }).id;
  await sequenceCampaign(app.services, (await findCampaign(app.services.database.db, campaign)) as never);
}, 120_000);
afterAll(() => app?.close());

function newProblem(place: number) {
  return {
    campaign,
    unit: '听松演示焦化厂',
    place,
    aspect: 'key-dischargers',
    type: 'key-dischargers',
    text: '外排水超标',
    clue: 'inspection',
    evidence: [],
  };
}
function newSource(place: number) {
  return { campaign, name: '竹溪演示铸造厂', uscc: null, place, industry: '3391', scattered: true };
}

const newBulletinBody = {
  campaign,
  kind: 'bulletin',
  title: '进展情况',
  lang: 'zh',
  body: '督办问题{{problems.supervised@1}}个。',
  asOf: '2019-08-05T18:00:00+08:00',
};
const { campaign: _campaign, kind: _kind, ...revisedText } = newBulletinBody;

const evidence = [{ sha256: 'a'.repeat(64), kind: 'photo', name: 'x.jpg', takenAt: '2030-01-01T00:00:00Z' }];
const commandBodies: Record<keyof typeof problemCommandBodies, object> = {
  confirm: {},
  notFounded: { reason: 'r' },
  assign: { government: 'g', department: 'd', person: 'p' },
  plan: { implementer: 'i', goal: 'g', deadline: '2030-01-01', measures: 'm', acceptanceBody: 'b' },
  changeBody: { body: 'b', reason: 'r' },
  start: {},
  stage: { progress: 'p' },
  claim: { text: 't', evidence },
  check: { text: 't' },
  return: { reason: 'r' },
  accept: { criteria: 'c', penaltyCase: null, noPenaltyReason: 'n' },
  clear: { decisionNo: 'n' },
  watch: { until: '2030-01-01' },
  settle: {},
  extend: { rule: 'SX-YAN-02', days: 5, reason: 'r' },
  withdraw: { reason: 'r' },
  merge: { into: 'SX', reason: 'r' },
  split: { parts: ['a', 'b'], reason: 'r' },
  rebound: { reason: 'r', evidence },
};

interface Sample {
  readonly url: string;
  readonly body?: object;
  readonly headers?: Record<string, string>;
  /** Status and code for whoever may; for what nobody owns. */
  readonly allowed?: number;
  /** Where the object lies; null for what has no place. */
  readonly place: number | null;
}

/** How to call a route on an object in Hongtong; a route without an entry fails the test. */
function sampleOf(method: string, url: string): Sample | undefined {
  const q = `campaign=${campaign}`;
  const command = /^\/api\/problems\/:id\/(\w+)$/.exec(url)?.[1] as keyof typeof commandBodies | undefined;
  if (method === 'POST' && command !== undefined)
    return { url: `/api/problems/${problem}/${command}?${q}`, body: commandBodies[command], place: 141_024 };
  const table: Record<string, Sample> = {
    'GET /api/session': { url: '/api/session', place: null },
    'GET /api/session/token': { url: '/api/session/token', place: null },
    'GET /api/campaigns': { url: '/api/campaigns', place: null },
    'GET /api/campaigns/:campaign': { url: `/api/campaigns/${campaign}`, place: null },
    'POST /api/campaigns/:campaign/aspects': {
      url: `/api/campaigns/${campaign}/aspects`,
      body: {
        code: 'central-inspection',
        name: { zh: 'a', en: 'a' },
        unit: { zh: 'a', en: 'a' },
        criteria: { zh: 'a', en: 'a' },
        evidence: [],
        acceptanceBody: 'b',
        noticeDays: 0,
        deadlineDays: 1,
      },
      place: null,
    },
    'GET /api/leads': { url: `/api/leads?${q}`, place: null },
    'POST /api/leads/:id/close': { url: `/api/leads/${noUpload}/close?${q}`, body: { finding: 'f' }, allowed: 404, place: null },
    'GET /api/dashboard': { url: `/api/dashboard?${q}`, place: null },
    'GET /api/figures': { url: `/api/figures?${q}`, place: null },
    'GET /api/figures/:id': { url: `/api/figures/problems.found?${q}`, place: null },
    'GET /api/figures/:id/records': { url: `/api/figures/problems.found/records?${q}`, place: null },
    'GET /api/figures/:id/records.csv': { url: `/api/figures/problems.found/records.csv?${q}`, place: null },
    'GET /api/figures/:id/records.xlsx': { url: `/api/figures/problems.found/records.xlsx?${q}`, place: null },
    'GET /api/figures/:id/history': { url: `/api/figures/problems.found/history?${q}&points=3`, place: null },
    'GET /api/figures/:id/waterfall': { url: `/api/figures/problems.found/waterfall?${q}&from=2019-08-05T18:00:00%2B08:00`, place: null },
    'GET /api/ledger': { url: `/api/ledger?${q}`, place: null },
    'GET /api/ledger/total': { url: `/api/ledger/total?${q}`, place: null },
    'GET /api/ledger/facets': { url: `/api/ledger/facets?${q}`, place: null },
    'GET /api/ledger.csv': { url: `/api/ledger.csv?${q}`, place: null },
    'GET /api/ledger.xlsx': { url: `/api/ledger.xlsx?${q}`, place: null },
    'GET /api/views': { url: `/api/views?${q}`, place: null },
    'POST /api/views': { url: `/api/views?${q}`, body: { name: 'v', query: 'view=open' }, place: null },
    'DELETE /api/views/:id': { url: '/api/views/00000000-0000-7000-8000-000000000000', place: null },
    'GET /api/items/:id': { url: `/api/items/${problem}?${q}`, place: 141_024 },
    'GET /api/sources/:id': { url: `/api/sources/${source}?${q}`, place: 141_024 },
    'GET /api/batches/:no': { url: `/api/batches/1?${q}`, place: null },
    'POST /api/problems/bulk': {
      url: '/api/problems/bulk',
      body: { campaign, verb: 'confirm', ids: [problem], body: {}, preview: true },
      place: null,
    },
    'POST /api/problems': { url: '/api/problems', body: newProblem(141_024), place: 141_024 },
    'POST /api/batches': { url: '/api/batches', body: { campaign, name: 'n', deadline: '2000-01-01', problems: [problem] }, place: null },
    'POST /api/sources': { url: '/api/sources', body: newSource(141_024), place: 141_024 },
    'POST /api/inspections': {
      url: '/api/inspections',
      body: { campaign, sourceId: source, aspect: 'nope', officers: ['a', 'b'], legalBody: 'l', result: 'clean', text: 't' },
      place: 141_024,
    },
    'GET /api/bulletins': { url: `/api/bulletins?${q}`, place: null },
    'GET /api/bulletins/proposal': { url: `/api/bulletins/proposal?${q}&kind=phase-summary&lang=zh`, place: null },
    'GET /api/bulletins/:id': { url: `/api/bulletins/${bulletin}?${q}`, place: null },
    'GET /api/bulletins/:id/file': { url: `/api/bulletins/${bulletin}/file?${q}&format=pdf`, place: null },
    'GET /api/bulletins/:id/rebuild': { url: `/api/bulletins/${bulletin}/rebuild?${q}`, place: null },
    'GET /api/bulletins/:id/preview': { url: `/api/bulletins/${bulletin}/preview?${q}`, place: null },
    'POST /api/bulletins': { url: '/api/bulletins', body: newBulletinBody, place: null },
    'POST /api/bulletins/check': { url: '/api/bulletins/check', body: { campaign, ...revisedText }, place: null },
    'POST /api/bulletins/:id/revise': { url: `/api/bulletins/${bulletin}/revise?${q}`, body: { version: 3, ...revisedText }, place: null },
    'POST /api/bulletins/:id/submit': { url: `/api/bulletins/${bulletin}/submit?${q}`, body: { version: 3 }, place: null },
    'POST /api/bulletins/:id/return': { url: `/api/bulletins/${bulletin}/return?${q}`, body: { version: 3, reason: 'r' }, place: null },
    'POST /api/bulletins/:id/release': { url: `/api/bulletins/${bulletin}/release?${q}`, body: { version: 3, confirm: '1' }, place: null },
    'GET /api/letters/:id/file': { url: `/api/letters/${letter}/file?${q}&format=docx`, place: 141_000 },
    'OPTIONS /api/uploads': { url: '/api/uploads', place: null },
    'POST /api/uploads': { url: '/api/uploads', headers: uploadHeaders(problem, Buffer.from('x'), 'x.txt', 'document'), place: 141_024 },
    'HEAD /api/uploads/:id': { url: `/api/uploads/${noUpload}`, headers: { 'tus-resumable': '1.0.0' }, place: null },
    'PATCH /api/uploads/:id': {
      url: `/api/uploads/${noUpload}`,
      headers: { 'tus-resumable': '1.0.0', 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
      place: null,
    },
    'DELETE /api/uploads/:id': { url: `/api/uploads/${noUpload}`, headers: { 'tus-resumable': '1.0.0' }, place: null },
    'GET /api/items/:id/evidence': { url: `/api/items/${problem}/evidence?${q}`, place: 141_024 },
    'GET /api/evidence/:sha256/custody': { url: `/api/evidence/${object}/custody?${q}`, place: 141_024 },
    'GET /api/evidence/:sha256/view': { url: `/api/evidence/${object}/view?${q}`, place: 141_024 },
    // A table has no picture: whoever may ask is told that there is none.
    'GET /api/evidence/:sha256/thumbnail': { url: `/api/evidence/${object}/thumbnail?${q}`, place: 141_024, allowed: 404 },
    'POST /api/evidence/:sha256/export': { url: `/api/evidence/${object}/export?${q}`, body: { purpose: '核查用' }, place: 141_024 },
    'GET /api/log/:campaign/checkpoint': { url: `/api/log/${campaign}/checkpoint`, place: null },
    'GET /api/log/:campaign/tile/*': { url: `/api/log/${campaign}/tile/0/000`, place: null },
    'GET /api/log/:campaign/proof/:act': { url: `/api/log/${campaign}/proof/${act}`, place: 141_024 },
    'GET /api/log/:campaign/consistency': { url: `/api/log/${campaign}/consistency?from=1`, place: null },
    'POST /api/campaigns/:campaign/releases': {
      url: `/api/campaigns/${campaign}/releases`,
      body: { asOf: '2019-08-05T18:00:00+08:00' },
      place: null,
    },
    'GET /api/users': { url: '/api/users', place: null },
  };
  return table[`${method} ${url}`];
}

/** Public pages are nobody's: http/public/public.test.ts calls them all. */
const isPublic = (route: { url: string; permission: string }) => route.permission === 'none' && route.url.startsWith('/public');
const open = new Set(['POST /api/session', 'DELETE /api/session', 'GET /api/health', 'GET /api/ready', 'GET /api/openapi.json']);

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

  test('is in the matrix, described in the API document with its permission, and refuses nobody by 401', async () => {
    const document = (await app.call(null, 'GET', '/api/openapi.json')).body as {
      paths: Record<string, Record<string, { 'x-permission'?: string }>>;
    };
    for (const route of app.routes) {
      const key = `${route.method} ${route.url}`;
      if (key !== 'GET /api/openapi.json') {
        const described = document.paths[route.url.replace(/:(\w+)/g, '{$1}').replace('*', '{*}')]?.[route.method.toLowerCase()];
        expect(described?.['x-permission'], key).toBe(route.permission);
      }
      if (open.has(key) || isPublic(route)) continue;
      const sample = sampleOf(route.method, route.url);
      expect(sample, `no sample for ${key}`).toBeDefined();
      const reply = await app.call(null, route.method, sample?.url ?? '', sample?.body, sample?.headers);
      expect(reply.status, key).toBe(401);
      if (route.method !== 'HEAD') expect(reply.body.code, key).toBe('access.signed-out');
    }
  });

  test('answers each role as the policy says: 404 outside the scope, 403 inside it but not allowed, else the request itself', async () => {
    for (const route of app.routes) {
      const key = `${route.method} ${route.url}`;
      if (open.has(key) || route.permission === 'session' || route.permission === 'none') continue;
      const sample = sampleOf(route.method, route.url) as Sample;
      for (const who of Object.keys(people)) {
        const actor = actorOf(who);
        const reply = await app.call(who, route.method, sample.url, sample.body, sample.headers);
        const verb = route.permission as Verb;
        const said = oracle(actor, campaign);
        const sees = said.sees;
        const label = `${who} ${key} -> ${reply.status} ${reply.body.code ?? ''}`;
        if (key === 'GET /api/users') {
          expect(reply.status, label).toBe(['security', 'sysadmin', 'auditadmin'].includes(who) ? 200 : 403);
          continue;
        }
        if (key === 'DELETE /api/views/:id') {
          expect(reply.status, label).toBe(404);
          continue;
        }
        // The parts of a change between two instants are more than what was released.
        if (who === 'press' && key === 'GET /api/figures/:id/waterfall') {
          expect([reply.status, reply.body.code], label).toEqual([403, 'access.forbidden']);
          continue;
        }
        // An upload is its owner's: for everyone else there is none.
        if (route.url === '/api/uploads/:id') {
          expect(reply.status, label).toBe(404);
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
    const absent = noUpload;
    for (const route of app.routes) {
      const sample = open.has(`${route.method} ${route.url}`) || isPublic(route) ? undefined : sampleOf(route.method, route.url);
      // Where a problem, a source, a letter or an act is named in the address.
      const name = [problem, source, letter, act, object].find((id) => sample?.url.includes(id));
      if (sample === undefined || name === undefined || route.method === 'HEAD') continue;
      const other = name === object ? 'e'.repeat(64) : absent;
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
    for (const who of ['clerk', 'linfen', 'hongtong', 'auditor']) expect((await proof(who, act)).status, who).toBe(200);
    const page = await app.call('clerk', 'GET', `/api/bulletins/${bulletin}?campaign=${campaign}`);
    const released = (await findCampaign(app.services.database.db, campaign)) as never;
    const opening = (await listStreamActs(app.services.database.db, released, campaignStreamId(1)))[0]?.id ?? '';
    expect(page.status).toBe(200);
    for (const who of ['press', 'taiyuan']) {
      expect((await proof(who, opening)).status, who).toBe(200);
      const [there, none] = [await proof(who, act), await proof(who, noUpload)];
      expect([there.status, there.body.code]).toEqual([404, 'log.not-numbered']);
      expect(there.body.title).toBe(String(none.body.title).replace(noUpload, act));
    }
  });

  test('tells an absent object and one of the neighbour city apart in nothing', async () => {
    const mine = await app.call('taiyuan', 'GET', `/api/items/${problem}?campaign=${campaign}`);
    const absent = await app.call('taiyuan', 'GET', `/api/items/00000000-0000-7000-8000-000000000000?campaign=${campaign}`);
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

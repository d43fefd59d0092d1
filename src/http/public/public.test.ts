import { createHash } from 'node:crypto';
import { Workbook } from '@cj-tech-master/excelts';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from 'kysely';
import { demoPassword, ensureDemoAccounts } from '../../app/demo-accounts.ts';
import { ensureDemoBulletins } from '../../app/demo-bulletins.ts';
import { ensureDemo } from '../../app/demo.ts';
import { shanxiData } from '../../app/seeds.ts';
import { dataFormats, dataSets, publicPaths, type PublicWhere } from '../../contract/paths/public.ts';
import { instant } from '../../domain/kernel/instant.ts';
import { scalePlan, shanxiPlan } from '../../demo/shanxi-2019.ts';
import { openDatabase, type Database } from '../../storage/database.ts';
import { simulate } from '../../app/simulate.ts';
import { sequenceEvery } from '../../../test/support/sequence.ts';
import { makeServices } from '../../usecases/services.ts';
import { buildServer } from '../server/server.ts';
import { checkCheckpoint, checkConsistency, checkInclusion, nodeCrypto } from '../../../verifier/clearzero-verify.mjs';
import type { BulletinProof as Proof } from '../../usecases/publication/public.ts';
import { testKeeping } from '../../../test/support/keeping.ts';
import { freshDatabase, type TestDatabase } from '../../../test/support/database.ts';

// The demo as a new installation has it, and a campaign that nobody published.
let db: TestDatabase;
let database: Database;
let server: Awaited<ReturnType<typeof buildServer>>;
const hidden = 'sim-hidden';

beforeAll(async () => {
  db = await freshDatabase();
  database = openDatabase({ connectionString: db.url, max: 8 });
  const services = makeServices(
    database,
    () => v7(),
    () => instant(Date.now()),
    await testKeeping(),
  );
  await ensureDemo(services);
  await ensureDemoAccounts(services);
  await ensureDemoBulletins(services);
  await sequenceEvery(services);
  await simulate(services, scalePlan(shanxiPlan(await shanxiData()), hidden, 40, 5), []);
  server = await buildServer({ services });
  await server.app.ready();
}, 180_000);
afterAll(async () => {
  await server?.app.close();
  await database?.close();
  await db?.drop();
});

let asked = 0;
/** A request from an address of its own, so that the limit of requests is not what is tested. */
async function get(url: string, headers: Record<string, string> = {}) {
  asked++;
  const remoteAddress = `10.${asked >> 16}.${(asked >> 8) & 255}.${asked & 255}`;
  return server.app.inject({ method: 'GET', url, headers, remoteAddress });
}

const august: PublicWhere = { lang: 'zh', slug: 'shanxi-2019', asOf: '2019-08-05T18:00:00+08:00' };
const july: PublicWhere = { ...august, asOf: '2019-07-07T18:00:00+08:00' };
async function sheetText(bytes: Buffer): Promise<string> {
  const book = new Workbook();
  await book.xlsx.load(bytes as never);
  const lines: string[] = [];
  for (const sheet of book.worksheets) sheet.eachRow((row) => lines.push(JSON.stringify(row.values)));
  expect(lines.length).toBeGreaterThan(10);
  return lines.join('\n');
}

const linksIn = (html: string) =>
  [...html.replaceAll('&#38;', '&').matchAll(/href="(\/public[^"#]*)/g)].map((m) => (m[1] as string).replaceAll('&amp;', '&'));

async function signIn(username: string): Promise<string> {
  const r = await server.app.inject({ method: 'POST', url: '/api/session', payload: { username, password: demoPassword } });
  return (r.json() as { token: string }).token;
}

describe('a citizen, without an account', () => {
  test('reads the press conference in one sentence, in both languages, at addresses that never change', async () => {
    const zh = await get('/public/shanxi-2019?asOf=2019-08-05T18:00:00%2B08:00');
    expect(zh.statusCode).toBe(200);
    const text = zh.body.replace(/<[^>]+>/g, '');
    expect(text).toContain('前三批督办的1,914个问题，已销号1,258个，清零率65.73%；四批2,507个一起算，是50.18%。');
    for (const part of ['5,686', '539', '3,555万元', '尚无']) expect(text).toContain(part);
    const en = (await get(publicPaths.home({ ...august, lang: 'en' }))).body.replace(/<[^>]+>/g, '');
    expect(en).toContain('Of the 1,914 problems in the first three batches, 1,258 are cleared: 65.73%');
    expect(zh.body).toMatch(/hreflang="en" href="\/public\/en\/shanxi-2019\?asOf=/);
  });

  test('gets the newest published instant by default, and the nearest earlier one, said, for any other', async () => {
    expect((await get('/public/shanxi-2019')).body).toContain('2019年10月31日18:00');
    const between = await get(publicPaths.home({ ...august, asOf: '2019-08-20T00:00:00+08:00' }));
    expect(between.body).toContain('您要的2019-08-20T00:00:00+08:00没有公布');
    expect(between.body).toContain('65.73%');
    expect((await get(publicPaths.home({ ...august, asOf: '2019-06-30T00:00:00+08:00' }))).statusCode).toBe(404);
    expect((await get(publicPaths.file({ ...august, asOf: '2019-08-20T00:00:00+08:00' }, 'press', 'csv'))).statusCode).toBe(404);
  });

  test('finds nothing of a campaign that was not published, not even that it exists', async () => {
    const strip = (body: string) => body;
    for (const path of [
      '',
      '/cities',
      '/figures',
      '/figures/problems.supervised',
      '/data',
      '/data/press.csv',
      '/cases',
      '/log',
      '/bulletins/1',
      '/bulletins/1/bulletin.pdf',
      '/log/key',
      '/log/consistency?from=1',
      '/proof?bulletin=1',
    ]) {
      const there = await get(`/public/${hidden}${path}`);
      const absent = await get(`/public/no-such-campaign${path}`);
      expect(there.statusCode, path).toBe(404);
      expect(strip(there.body), path).toBe(strip(absent.body));
    }
    expect((await get('/public')).body).not.toContain(hidden);
  });

  test('reads the five cases in exactly the words of their publication', async () => {
    const body = (await get(publicPaths.cases(august))).body.replaceAll('&amp;', '&');
    for (const text of [
      'Quwo County Furuixin sewage treatment plant, evading supervision',
      'Taiyuan Xishan Coal Gasification Co., Ltd. and Taiyuan Tongzhou Energy Co., Ltd., interference with online monitoring data',
      'Shuozhou Coal Energy Chemical Co., Ltd., illegal dumping of industrial waste water',
      'Shuozhou Senxiang Coal Sales Co., Ltd., illegal discharge',
    ]) {
      expect(body).toContain(text);
    }
    expect((await get(publicPaths.cases(july))).body).toContain('没有公开案例');
  });
});

describe('a released bulletin', () => {
  const unescaped = (body: string) => body.replaceAll('&amp;', '&').replaceAll('&#38;', '&');

  test('is read at its permanent address with its numbers, each opening what it counts, and its files under their hashes', async () => {
    const list = await get(publicPaths.bulletins(august));
    expect(list.body).toContain('签发通报3份');
    const page = await get('/public/shanxi-2019/bulletins/1');
    expect(page.statusCode).toBe(200);
    expect(page.body.replace(/<[^>]+>/g, '')).toContain('前三批督办的1,914个问题中，已完成整改1,258个，清零率为65.73%');
    expect(page.body.match(/<h1>/g)).toHaveLength(1);
    expect(page.body).not.toMatch(/\sstyle=|<style|\son\w+=/);
    const links = [...unescaped(page.body).matchAll(/href="(\/public\/shanxi-2019\/figures\/[^"]+)"/g)].map((m) => m[1] as string);
    expect(links.filter((l) => l.includes('/records?')).length).toBeGreaterThan(15);
    for (const link of new Set(links)) expect([link, (await get(link)).statusCode]).toEqual([link, 200]);
    for (const format of ['html', 'docx', 'pdf', 'zip']) {
      const file = await get(publicPaths.bulletinFile(august, 1, format));
      expect([format, file.statusCode]).toEqual([format, 200]);
      const sha256 = createHash('sha256').update(file.rawPayload).digest('hex');
      expect(page.body).toContain(sha256);
      expect(file.headers['content-disposition']).toContain('attachment');
      const again = await get(publicPaths.bulletinFile(august, 1, format), { 'if-none-match': String(file.headers.etag) });
      expect([again.statusCode, again.body]).toEqual([304, '']);
    }
    // The links of the frozen file itself lead somewhere as well.
    const frozen = unescaped((await get(publicPaths.bulletinFile(august, 1, 'html'))).body);
    const own = [...frozen.matchAll(/href="(\/public[^"]+)"/g)].map((m) => m[1] as string);
    expect(own.length).toBeGreaterThan(20);
    for (const link of new Set(own)) expect([link, (await get(link)).statusCode]).toEqual([link, 200]);
    expect((await get('/public/en/shanxi-2019/bulletins/2')).body).toContain('35,550,000 yuan');
    expect((await get('/public/shanxi-2019/bulletins/4')).statusCode).toBe(404);
  });

  test('is named by the figures it froze, with their records root; another instant has none', async () => {
    const root = /记录根（签发时冻结）<\/dt><dd>\s*<code id="proof-root">([0-9a-f]{64})/;
    const rate = await get(publicPaths.figure(august, 'clearance.rate', { batches: [1, 2, 3] }));
    expect(rate.body).toMatch(root);
    expect(rate.body).toContain('/public/shanxi-2019/bulletins/3"');
    const earlier = await get(publicPaths.figure(july, 'clearance.rate', { batches: [1] }));
    expect(earlier.body).not.toMatch(root);
    expect(earlier.body).toContain('没有通报引用过');
  });

  test('has a proof that the stand-alone verifier accepts, with commitments where the names were', async () => {
    const { proof, log } = {
      proof: (await get('/public/shanxi-2019/proof?bulletin=1')).json() as Proof,
      log: await get('/public/shanxi-2019/log'),
    };
    const c = await nodeCrypto();
    const utf8 = (text: string) => new TextEncoder().encode(text);
    const bytes = (list: readonly string[]) => list.map((x) => new Uint8Array(Buffer.from(x, 'base64')));
    const newest = await checkCheckpoint(c, proof.checkpoint, proof.key);
    expect(newest.fault).toBeUndefined();
    const leaf = c.sha256(new Uint8Array([0, ...utf8(proof.entry)]));
    const root = newest.root as Uint8Array;
    expect(checkInclusion(c, leaf, proof.index, newest.size as number, bytes(proof.inclusion), root)).toBe(true);
    expect(checkInclusion(c, c.sha256(utf8('other')), proof.index, newest.size as number, bytes(proof.inclusion), root)).toBe(false);
    const quoted = await checkCheckpoint(c, proof.quoted as string, proof.key);
    expect(
      checkConsistency(c, quoted.size as number, quoted.root as Uint8Array, newest.size as number, root, bytes(proof.consistency)),
    ).toBe(true);
    expect(log.body).toBe(`${proof.key}\n\n${proof.checkpoint}`);
    expect((await get('/public/shanxi-2019/log/key')).body).toBe(`${proof.key}\n`);
    expect((await get('/public/shanxi-2019/log/checkpoint')).body).toBe(proof.checkpoint);
    expect((await get('/public/shanxi-2019/method')).body).toContain(proof.key);
    const more = (await get(`/public/shanxi-2019/log/consistency?from=${quoted.size}`)).json() as { size: number; proof: string[] };
    expect([more.size, more.proof]).toEqual([newest.size, proof.consistency]);
    const name = (await sql<{ x: string }>`select name as x from users where username = 'director'`.execute(database.db)).rows[0]?.x;
    expect(JSON.stringify(proof)).not.toContain(name);
    const verifier = await get(publicPaths.verifier());
    expect(verifier.headers['content-type']).toContain('text/javascript');
    expect((await get('/public/shanxi-2019/method')).body).toContain(createHash('sha256').update(verifier.rawPayload).digest('hex'));
  });
});

describe('what is kept back', () => {
  test('no name of a person, no unit, no text, no position is in any page or file', async () => {
    const secrets = new Set<string>();
    // Acts hold commitments; the names stand beside them. The installation's own name is an everyday word.
    const names = await sql<{ x: string }>`select distinct value as x from personal_values where subject <> 'system'`.execute(database.db);
    for (const row of names.rows) secrets.add(row.x);
    expect(secrets.size).toBeGreaterThan(50);
    for (const row of (
      await sql<{ x: string }>`select distinct unit as x from items union select distinct name from sources`.execute(database.db)
    ).rows)
      secrets.add(row.x);
    for (const row of (await sql<{ x: string }>`select distinct text as x from items where kind = 'problem'`.execute(database.db)).rows)
      secrets.add(row.x);
    secrets.delete('');
    expect(secrets.size).toBeGreaterThan(2000);
    const queue = [publicPaths.campaigns('zh'), publicPaths.home(august), publicPaths.home({ ...july, lang: 'en' })];
    const seen = new Set<string>(queue);
    const kinds = new Map<string, number>();
    for (let url = queue.shift(); url !== undefined && seen.size < 4000; url = queue.shift()) {
      const reply = await get(url);
      expect([url, reply.statusCode]).toEqual([url, 200]);
      expect(reply.headers['set-cookie'], url).toBeUndefined();
      {
        const text = url.includes('.xlsx') ? await sheetText(reply.rawPayload) : reply.body;
        for (const secret of secrets) if (text.includes(secret)) expect([url, secret]).toEqual([url, 'nothing secret']);
        expect(text, url).not.toMatch(/\b1(09|1[0-5])\.\d{3,}\b|\b(3[3-9]|40)\.\d{4,}\b/);
      }
      for (const link of linksIn(reply.body)) {
        // Enough of each kind of page: every city and figure, a few pages of records.
        const kind = link
          .replace(/\?.*/, '')
          .replace(/\/(1\d{5})$/, '/:code')
          .replace(/figures\/[^/]+/, 'figures/:id');
        const most = kind.endsWith('/records') ? 60 : 160;
        if (seen.has(link) || (kinds.get(kind) ?? 0) >= most) continue;
        kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
        seen.add(link);
        queue.push(link);
      }
    }
    expect(seen.size).toBeGreaterThan(400);
  }, 240_000);

  test('the problem list has county and aspect exactly where the table shows their number, and adds up to the figures', async () => {
    const table = async (set: 'problems' | 'county-aspects') => {
      const r = await get(publicPaths.file(august, set, 'json'));
      return (r.json() as { rows: Record<string, string | number | null>[] }).rows;
    };
    const [problems, cells] = [await table('problems'), await table('county-aspects')];
    expect(problems).toHaveLength(2507);
    expect(problems.reduce((n, p) => n + Number(p.cleared), 0)).toBe(1258);
    expect(problems.filter((p) => Number(p.batch) <= 3)).toHaveLength(1914);
    const listed = new Map<string, number>();
    for (const p of problems) listed.set(`${p.place}/${p.aspect}`, (listed.get(`${p.place}/${p.aspect}`) ?? 0) + 1);
    const counties = cells.filter((x) => x.level === 'county');
    for (const cell of counties) expect([cell.key, listed.get(String(cell.key)) ?? 0]).toEqual([cell.key, cell.supervised ?? 0]);
    expect(counties.every((x) => x.supervised === null || x.supervised === 0 || Number(x.supervised) >= 5)).toBe(true);
    expect(counties.filter((x) => x.note === 'fewer-than-5').length).toBeGreaterThan(100);
    // No county's hidden cells stand alone beside its total, no city's beside the counties' sum.
    for (const city of new Set(cells.filter((x) => x.level === 'city').map((x) => String(x.place)))) {
      for (const aspect of new Set(cells.map((x) => x.aspect))) {
        const column = cells.filter((x) => x.aspect === aspect && String(x.place).slice(0, 4) === city.slice(0, 4));
        expect(column.filter((x) => x.supervised === null).length, `${city} ${String(aspect)}`).not.toBe(1);
      }
    }
  });

  test('where a small count cannot be protected, nothing is told below the city, not even a 0', async () => {
    const r = await get(publicPaths.file(july, 'county-aspects', 'json'));
    const cells = (r.json() as { rows: Record<string, string | number | null>[] }).rows;
    const cities = new Map<string, (string | number | null)[]>();
    for (const cell of cells) {
      const city = String(cell.place).slice(0, 4);
      cities.set(city, [...(cities.get(city) ?? []), cell.supervised ?? null]);
    }
    // On 7 July some published types count 3 in all: with zeros beside them, three cities would have exactly one each.
    expect([...cities.values()].some((list) => list.every((n) => n === null))).toBe(true);
    const problems = ((await get(publicPaths.file(july, 'problems', 'json'))).json() as { rows: Record<string, string>[] }).rows;
    expect(problems).toHaveLength(363);
    for (const p of problems) {
      const list = cities.get(String(p.place).slice(0, 4));
      if (list?.every((n) => n === null) === true) expect([p.key, String(p.place).endsWith('00'), p.aspect]).toEqual([p.key, true, '']);
    }
  });

  test('a crossing that is not published is answered like nothing, for figures and for their records', async () => {
    for (const filter of [
      { county: '140105', aspect: 'boilers' },
      { city: '140100', type: 'scattered' },
      { county: '140105', batches: [1] },
      { aspect: 'boilers', batches: [1] },
    ]) {
      expect((await get(publicPaths.figure(august, 'problems.supervised', filter))).statusCode).toBe(404);
      expect((await get(publicPaths.records(august, 'problems.supervised', filter))).statusCode).toBe(404);
    }
    expect((await get(publicPaths.figure(august, 'cases.typical', { measure: 'detention', city: '140100' }))).statusCode).toBe(404);
    expect((await get(publicPaths.records(august, 'problems.supervised', { county: '140105' }))).statusCode).toBe(404);
    expect((await get(publicPaths.records(august, 'problems.found'))).statusCode).toBe(404);
    // Joined by number to the list of all sources or cases, these would tell the county.
    for (const id of ['scattered.closed', 'cases.typical']) {
      expect((await get(publicPaths.records({ ...july, asOf: '2019-07-28T18:00:00+08:00' }, id))).statusCode).toBe(404);
      // A bulletin that quotes them links there: the page says the number, and lists nothing.
      const quoted = await get(publicPaths.records(august, id));
      expect([quoted.statusCode, quoted.body.includes('不列逐条记录'), quoted.body.includes('scope="row"')]).toEqual([200, true, false]);
    }
    expect((await get(publicPaths.records(august, 'sources.inspected', { aspect: 'scattered' }))).statusCode).toBe(404);
    // What the press published is shown whatever its size.
    expect((await get(publicPaths.figure(august, 'cases.typical', { measure: 'daily-fine' }))).body).toContain('2件');
  });

  test('small counts of businesses by county are hidden', async () => {
    const shown: string[] = [];
    for (const county of ['140105', '140106', '140121', '140122', '140221', '140321']) {
      const body = (await get(publicPaths.figure(august, 'scattered.closed', { county }))).body;
      shown.push(/<h1>([^<]*)/.exec(body)?.[1] ?? '');
    }
    expect(shown.some((h1) => h1.includes('少于5'))).toBe(true);
    for (const h1 of shown) expect(h1).not.toMatch(/：[1-4]家/);
  });
});

describe('the outside', () => {
  test('every public route asks for nothing, sets nothing, and answers a signed-in person the same as anybody', async () => {
    const token = await signIn('director');
    const routes = server.routes.filter((r) => r.url.startsWith('/public'));
    expect(routes.length).toBeGreaterThan(25);
    for (const route of routes) {
      expect(route.permission).toBe('none');
      const url = route.url
        .replace(':campaign', 'shanxi-2019')
        .replace(':code', '140100')
        .replace(':id', 'clearance.rate')
        .replace(':no', '3')
        .replace(':file', 'press.csv');
      const [anybody, person] = [await get(url), await get(url, { authorization: `Bearer ${token}`, cookie: `clearzero=${token}` })];
      expect([url, person.statusCode, person.body]).toEqual([url, anybody.statusCode, anybody.body]);
      expect(anybody.headers['set-cookie']).toBeUndefined();
    }
  });

  test('pages may be kept: with an ETag, without inline styles or scripts', async () => {
    const first = await get(publicPaths.home(august));
    expect(first.headers['cache-control']).toBe('public, max-age=3600');
    expect(String(first.headers['content-security-policy'])).not.toContain('unsafe');
    expect(first.body).not.toMatch(/<script|\sstyle=|\son\w+=/);
    const again = await get(publicPaths.home(august), { 'if-none-match': String(first.headers.etag) });
    expect([again.statusCode, again.body]).toEqual([304, '']);
    expect(Buffer.byteLength(first.body)).toBeLessThan(170_000);
  });

  test('hostile addresses get a page that says no, never a fault and never their own text unescaped', async () => {
    const evil = '"><script>alert(1)</script>';
    const addresses = [
      `/public/${encodeURIComponent(evil)}`,
      '/public/%00',
      '/public/shanxi-2019/cities/14010%27%20or%201=1',
      `/public/shanxi-2019/cities/${'9'.repeat(150)}`,
      `/public/shanxi-2019/figures/${'x'.repeat(190)}`,
      `/public/shanxi-2019/figures/${'x'.repeat(5000)}`,
      '/public/shanxi-2019/figures/__proto__',
      `/public/shanxi-2019/figures/clearance.rate?asOf=${encodeURIComponent(evil)}`,
      '/public/shanxi-2019?asOf=2019-08-05',
      '/public/shanxi-2019?asOf=2999-01-01T00:00:00Z',
      '/public/shanxi-2019?asOf=a&asOf=b',
      '/public/shanxi-2019/figures/clearance.rate?batches=1,2,;drop%20table%20acts',
      `/public/shanxi-2019/figures/clearance.rate?batches=${'1,'.repeat(5000)}1`,
      '/public/shanxi-2019/figures/clearance.rate?city[]=1',
      `/public/shanxi-2019/figures/problems.supervised/records?after=${encodeURIComponent("'; select 1 --")}`,
      '/public/shanxi-2019/figures/problems.supervised/records?after=%00',
      '/public/shanxi-2019/data/../../../etc/passwd',
      '/public/shanxi-2019/data/problems.exe',
      '/public/shanxi-2019/data/constructor.csv',
      '/public/shanxi-2019/bulletins/99',
      '/public/shanxi-2019/bulletins/-1',
      '/public/shanxi-2019/bulletins/1/bulletin.exe',
      '/public/shanxi-2019/bulletins/1/..%2f..%2fpackage.json',
      '/public/shanxi-2019/bulletins/99/bulletin.pdf',
      `/public/shanxi-2019/bulletins/${encodeURIComponent(evil)}/bulletin.pdf`,
      '/public/shanxi-2019/proof',
      '/public/shanxi-2019/proof?bulletin=99',
      '/public/shanxi-2019/proof?bulletin=1&bulletin=2',
      `/public/shanxi-2019/proof?bulletin=${encodeURIComponent("1' or 1=1")}`,
      '/public/shanxi-2019/log/consistency',
      '/public/shanxi-2019/log/consistency?from=-1',
      '/public/shanxi-2019/log/consistency?from=999999999',
      `/public/shanxi-2019/log/consistency?from=${'9'.repeat(400)}`,
      `/public/shanxi-2019/log/${encodeURIComponent(evil)}`,
      '/public/_/..%2f..%2fpackage.json',
    ];
    for (const url of addresses) {
      const reply = await get(url);
      const label = url.slice(0, 120);
      expect([400, 404, 414], `${label} ${reply.statusCode}`).toContain(reply.statusCode);
      expect(reply.body, label).not.toContain('<script>');
    }
  });

  test('a key that is not known is refused by name, since silence would answer for another instant', async () => {
    for (const [url, nearest] of [
      ['/public/shanxi-2019?asof=2019-08-05T18:00:00%2B08:00', 'asOf'],
      ['/public/en/shanxi-2019/figures/clearance.rate?batchs=1', 'batches'],
      ['/public/shanxi-2019/data/press.csv?as-of=2019-08-05T18:00:00%2B08:00', 'asOf'],
      ['/public/shanxi-2019/bulletins/1?ASOF=x', 'asOf'],
    ] as const) {
      const reply = await get(url);
      expect(reply.statusCode, url).toBe(400);
      expect(reply.body, url).toContain(nearest);
    }
    const consistency = await get('/public/shanxi-2019/log/consistency?From=1');
    expect([consistency.statusCode, (consistency.json() as { code: string }).code]).toEqual([400, 'query.unknown']);
  });

  test('whoever asks too often is told to wait', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 70; i++) {
      const r = await server.app.inject({ method: 'HEAD', url: publicPaths.file(august, 'press', 'csv'), remoteAddress: '192.0.2.1' });
      statuses.push(r.statusCode);
    }
    expect(statuses[0]).toBe(200);
    expect(statuses.at(-1)).toBe(429);
  });
});

describe('郝明远, director', () => {
  test('releases figures forward only; a clerk may not; the campaign is public from then on', async () => {
    const post = async (who: string, body: object) =>
      server.app.inject({
        method: 'POST',
        url: `/api/campaigns/${hidden}/releases`,
        headers: { authorization: `Bearer ${await signIn(who)}` },
        payload: body,
      });
    expect((await post('clerk', { asOf: '2019-08-05T18:00:00+08:00' })).statusCode).toBe(403);
    expect((await post('director', { asOf: '2999-08-05T18:00:00+08:00' })).statusCode).toBe(422);
    expect((await post('director', { asOf: '2019-08-05T18:00:00+08:00', figures: ['nope'] })).statusCode).toBe(404);
    const id = v7();
    const figures = ['problems.supervised', 'problems.rectified'];
    expect((await post('director', { id, asOf: '2019-08-05T18:00:00+08:00', figures })).statusCode).toBe(201);
    expect((await post('director', { id, asOf: '2019-08-05T18:00:00+08:00', figures })).json()).toMatchObject({ repeated: true });
    expect((await post('director', { asOf: '2019-07-28T18:00:00+08:00' })).json()).toMatchObject({ code: 'publication.not-later' });
    expect((await get(`/public/${hidden}`)).statusCode).toBe(200);
    expect((await get(`/public/${hidden}/figures/problems.supervised`)).statusCode).toBe(200);
    expect((await get(`/public/${hidden}/figures/fines.total`)).statusCode).toBe(404);
    for (const path of ['/cities', '/cities/140100', '/data', '/method', '/bulletins', '/data/press.json']) {
      const reply = await get(`/public/${hidden}${path}`);
      expect([path, reply.statusCode]).toEqual([path, 200]);
      expect(reply.body).not.toContain('fines.total');
    }
  });
});

test('every file has its rows and hash in its trailer, and the same bytes each time', async () => {
  for (const set of dataSets) {
    for (const format of dataFormats) {
      const url = publicPaths.file(august, set, format);
      const [a, b] = [await get(url), await get(url)];
      expect([url, a.statusCode]).toEqual([url, 200]);
      expect(a.rawPayload.equals(b.rawPayload), url).toBe(true);
    }
  }
}, 120_000);

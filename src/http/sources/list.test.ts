import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { campaign, testApp, type TestApp } from '../../../test/support/app.ts';

let app: TestApp;
const q = `campaign=${campaign}`;
interface Row {
  readonly id: string;
  readonly no: string;
  readonly name: string;
  readonly place: number;
  readonly scattered: boolean;
  readonly inspectedAt: string | null;
  readonly inspections: number;
  readonly problems: number;
  readonly open: number;
}

beforeAll(async () => {
  app = await testApp(60);
}, 120_000);
afterAll(() => app?.close());

const list = async (more = '', who = 'inspector') => {
  const reply = await app.call(who, 'GET', `/api/sources?${q}${more}`);
  expect(reply.status, reply.text).toBe(200);
  return reply.body as unknown as { rows: Row[]; next: string | null; asOf: string };
};
const register = async (name: string, more: object = {}) => {
  const body = { campaign, name, uscc: null, place: 141_024, industry: '2521', ...more };
  const made = await app.call('inspector', 'POST', '/api/sources', body);
  expect(made.status, made.text).toBe(201);
  return made.body.id as string;
};
const find = async (name: string, who = 'inspector') => (await list(`&q=${encodeURIComponent(name)}`, who)).rows.map((r) => r.name);
const problem = (sourceId: string, more: object = {}) => ({
  ...{ campaign, sourceId, unit: '听松演示焦化厂', place: 141_024, aspect: 'key-dischargers', type: 'key-dischargers' },
  ...{ text: '焦炉烟气脱硫塔停运，台账当日已填正常', clue: 'inspection', evidence: [], ...more },
});
const inspect = (sourceId: string, happenedAt: string, officers = ['王磊', '李娜']) =>
  app.call('inspector', 'POST', '/api/inspections', {
    ...{ campaign, sourceId, happenedAt, aspect: 'key-dischargers', officers },
    ...{ legalBody: '临汾市生态环境保护综合行政执法队', result: 'problems', text: '查看治理设施' },
  });

describe('the list of sources', () => {
  test('is read by those who read the business, each in their own jurisdiction', async () => {
    expect((await app.call('press', 'GET', `/api/sources?${q}`)).body.code).toBe('access.forbidden');
    expect((await app.call('stranger', 'GET', `/api/sources?${q}`)).status).toBe(404);
    expect((await app.call(null, 'GET', `/api/sources?${q}`)).status).toBe(401);
    await register('洪洞独有焦化厂');
    expect(await find('洪洞独有')).toEqual(['洪洞独有焦化厂']);
    expect(await find('洪洞独有', 'hongtong')).toEqual(['洪洞独有焦化厂']);
    // The neighbour city neither finds it nor opens it.
    expect(await find('洪洞独有', 'taiyuan')).toEqual([]);
    expect((await list('', 'taiyuan')).rows.every((r) => Math.floor(r.place / 100) === 1401)).toBe(true);
  });

  test('is searched by name, number and credit code, however they are typed', async () => {
    const id = await register('ＡＢ演示热电', { uscc: '91130200699229617X' });
    const { rows } = await list('&q=ab%E6%BC%94%E7%A4%BA');
    expect(rows.map((r) => r.id)).toEqual([id]);
    expect(await find('99229617x')).toEqual(['ＡＢ演示热电']);
    expect(await find((rows[0] as Row).no.toLowerCase())).toEqual(['ＡＢ演示热电']);
    // What search signs are to a database they are not to people.
    expect(await find('%')).toEqual([]);
    expect(await find('_')).toEqual([]);
  });

  test('knows its inspections and problems as of an instant', async () => {
    const id = await register('逐时演示焦化厂', { scattered: true });
    const before = (await list()).asOf;
    expect((await inspect(id, '2019-08-05T13:18:00+08:00')).status).toBe(201);
    for (const text of ['焦炉烟气脱硫塔停运', '堆场未苫盖'])
      expect((await app.call('inspector', 'POST', '/api/problems', problem(id, { text }))).status).toBe(201);
    const of = async (more: string) => (await list(`&q=${encodeURIComponent('逐时演示')}${more}`)).rows;
    expect(await of('')).toMatchObject([
      { id, scattered: true, inspections: 1, inspectedAt: '2019-08-05T13:18:00+08:00', problems: 2, open: 2 },
    ]);
    expect(await of(`&asOf=${encodeURIComponent(before)}`)).toMatchObject([{ inspections: 0, inspectedAt: null, problems: 0, open: 0 }]);
    const yes = async (more: string) => (await of(more)).length === 1;
    expect([await yes('&open=1'), await yes('&scattered=1'), await yes('&inspected=never'), await yes('&inspected=30')]).toEqual([
      true,
      true,
      false,
      true,
    ]);
    expect([await yes('&city=141000'), await yes('&county=141024'), await yes('&county=141023'), await yes('&city=140100')]).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(await of(`&asOf=${encodeURIComponent('2019-07-01T00:00:00+08:00')}`)).toEqual([]);
  });

  test('goes on page by page without a repetition or a gap', async () => {
    const all = (await list('&limit=200', 'clerk')).rows.map((r) => r.id);
    const paged: string[] = [];
    for (let after = ''; ; ) {
      const page = await list(`&limit=7${after}`, 'clerk');
      paged.push(...page.rows.map((r) => r.id));
      if (page.next === null) break;
      after = `&after=${encodeURIComponent(page.next)}`;
    }
    expect(all.length).toBeGreaterThan(7);
    expect(paged.slice(0, all.length)).toEqual(all);
    expect(new Set(paged).size).toBe(paged.length);
    const bad = (more: string) => app.call('clerk', 'GET', `/api/sources?${q}${more}`);
    expect((await bad('&after=nonsense')).body.code).toBe('page.bad-key');
    expect((await bad('&city=999999')).body.code).toBe('filter.unknown-value');
  });
});

test('the list is taken away as a table: the same sources as on its pages, nothing of the neighbour city', async () => {
  await register('带走演示焦化厂', { scattered: true });
  const csv = async (who: string, more = '') => app.call(who, 'GET', `/api/sources.csv?${q}&lang=zh${more}`);
  const lines = (await csv('clerk')).text.trimEnd().split('\r\n');
  expect(lines[0]).toContain('编号,污染源,统一社会信用代码,市,县（市、区）,行业');
  const first = await list('&limit=200', 'clerk');
  const rest = await list(`&limit=200&after=${encodeURIComponent(first.next ?? '')}`, 'clerk');
  const names = [...first.rows, ...rest.rows].map((r) => r.name);
  expect([rest.next, lines.slice(1).map((line) => line.split(',')[1])]).toEqual([null, names]);
  const own = (await csv('inspector', `&q=${encodeURIComponent('带走演示')}`)).text;
  expect(own).toMatch(/带走演示焦化厂,,临汾市,洪洞县,2521,是,否,0,,0,0/);
  expect((await csv('taiyuan')).text).not.toContain('临汾市');
  expect((await csv('press')).body.code).toBe('access.forbidden');
  expect((await app.call('clerk', 'GET', `/api/sources.xlsx?${q}`)).status).toBe(200);
});

describe('a problem on a source', () => {
  test('is refused on one that is unknown, of the neighbour city, or of another county', async () => {
    const id = await register('核对演示焦化厂');
    const found = (who: string, body: object) => app.call(who, 'POST', '/api/problems', body);
    expect((await found('inspector', problem(crypto.randomUUID()))).body.code).toBe('problem.source-unknown');
    expect((await found('inspector', problem(id, { place: 141_023 }))).body.code).toBe('problem.source-elsewhere');
    const far = await app.call('clerk', 'POST', '/api/sources', {
      campaign,
      name: '太原演示厂',
      uscc: null,
      place: 140_106,
      industry: '4430',
    });
    expect((await found('inspector', problem(far.body.id as string))).body.code).toBe('problem.source-unknown');
    expect((await found('inspector', problem(far.body.id as string, { place: 140_106 }))).status).toBe(404);
    expect((await found('hongtong', problem(id))).body.code).toBe('access.forbidden');
    const made = await found('inspector', problem(id));
    expect(made.body.item).toMatchObject({ sourceId: id });
  });

  test('is refused an inspection by one officer who stands there twice', async () => {
    const id = await register('两人演示焦化厂');
    expect((await inspect(id, '2019-08-05T13:18:00+08:00', ['王磊', '王磊'])).body.code).toBe('inspection.same-officer');
  });
});

describe('what a new problem may repeat', () => {
  const alike = (who: string, more: string) => app.call(who, 'GET', `/api/problems/alike?${q}&${more}`);
  const text = encodeURIComponent('焦炉烟气脱硫塔停运，台账当日已填正常');

  test('is told to whoever may record there; to nobody of the neighbour city', async () => {
    expect((await alike('inspector', `place=141024&text=${text}`)).status).toBe(200);
    expect((await alike('hongtong', 'place=141024')).body.code).toBe('access.forbidden');
    expect((await alike('inspector', 'place=140106')).body.code).toBe('item.unknown');
    expect((await alike('taiyuan', 'place=141024')).body.code).toBe('item.unknown');
    expect((await alike('press', 'place=141024')).status).toBe(404);
  });

  test('is at the same source, at the same unit, or alike, with how alike it is', async () => {
    const id = await register('重复演示焦化厂');
    const made = await app.call('inspector', 'POST', '/api/problems', problem(id, { unit: '重复演示焦化厂' }));
    const no = (made.body.item as { no: string }).no;
    const of = async (more: string) => {
      const reply = await alike('inspector', more);
      expect(reply.status, reply.text).toBe(200);
      const { duplicates } = reply.body as unknown as { duplicates: { row: { no: string }; because: string; alike: number }[] };
      return duplicates.filter((d) => d.row.no === no).map((d) => [d.because, d.alike]);
    };
    expect(await of(`place=141024&source=${id}`)).toEqual([['source', 0]]);
    expect(await of(`place=141024&unit=${encodeURIComponent('重复演示焦化厂')}&text=${text}`)).toEqual([['unit', 100]]);
    expect(await of(`place=141023&text=${text}`)).toEqual([]);
    expect((await of(`place=141024&source=${id}&text=${text}`))[0]).toEqual(['source', 100]);
  });
});

import sharp from 'sharp';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { handIn } from '../../../test/support/upload.ts';
import { testApp, campaign, type Reply, type TestApp } from '../../../test/support/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp(40);
}, 120_000);
afterAll(() => app?.close());

/** A photo of a yard with sheds and tanks: no two numbers give the same yard. */
async function yard(seed: number): Promise<Buffer> {
  const r = (i: number) => ((Math.imul(seed * 31 + i + 1, 2_654_435_761) >>> 8) % 1000) / 1000;
  const sheds = Array.from({ length: 9 }, (_, i) => {
    const [x, y, w, h, tone] = [
      r(i * 5) * 700,
      120 + r(i * 5 + 1) * 400,
      80 + r(i * 5 + 2) * 260,
      60 + r(i * 5 + 3) * 220,
      r(i * 5 + 4) * 255,
    ];
    return `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="rgb(${tone},${255 - tone},${tone / 2})"/>`;
  }).join('');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="800" height="600"><rect width="800" height="600" fill="#9db7c4"/>${sheds}</svg>`;
  return sharp(Buffer.from(svg)).jpeg({ quality: 92 }).toBuffer();
}

const forms: Readonly<Record<string, (photo: Buffer) => Promise<Buffer>>> = {
  'saved again as JPEG of quality 80': (p) => sharp(p).jpeg({ quality: 80 }).toBuffer(),
  'at 98 % of its size': (p) => sharp(p).resize(784, 588).jpeg({ quality: 90 }).toBuffer(),
  'as PNG': (p) => sharp(p).png().toBuffer(),
  'with a byte behind its end': (p) => Promise.resolve(Buffer.concat([p, Buffer.from([0])])),
  mirrored: (p) => sharp(p).flop().jpeg({ quality: 90 }).toBuffer(),
};

const later = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const act = (who: string, id: string, verb: string, body: object = {}) =>
  app.call(who, 'POST', `/api/problems/${id}/${verb}?campaign=${campaign}`, body);
const ok = (reply: Reply) => {
  expect(reply.status, reply.text.slice(0, 300)).toBeLessThan(300);
  return reply.body as { item: { id: string; no: string; state: string } };
};

/** A problem of a county with a claim that shows a photo. */
async function claimed(place: number, officer: string, photo: Buffer): Promise<{ id: string; no: string; sha256: string }> {
  const finder = place === 141_024 ? 'finder' : 'clerk';
  const found = {
    campaign,
    unit: '听松演示焦化厂',
    place,
    aspect: 'key-dischargers',
    type: 'key-dischargers',
    text: '外排水氨氮超标',
    clue: 'inspection',
  };
  const { item } = ok(await app.call(finder, 'POST', '/api/problems', { ...found, evidence: [] }));
  ok(await act('clerk2', item.id, 'confirm'));
  ok(await app.call('clerk2', 'POST', '/api/batches', { campaign, name: `批${v7().slice(-6)}`, deadline: later(20), problems: [item.id] }));
  const plan = { implementer: 'u', goal: 'g', deadline: later(10), measures: 'm', acceptanceBody: 'sx-acceptance' };
  ok(await act(officer, item.id, 'plan', plan));
  ok(await act(officer, item.id, 'start'));
  const sha256 = await handIn(app, officer, item.id, photo, '整改后.jpg', 'photo');
  const evidence = [{ sha256, kind: 'photo', name: '整改后.jpg', takenAt: new Date().toISOString() }];
  ok(await act(officer, item.id, 'claim', { text: '完成', evidence }));
  return { id: item.id, no: item.no, sha256 };
}

describe('a photo that was handed in for another problem', () => {
  test('of its own scene is taken without a word', async () => {
    const one = await claimed(141_024, 'hongtong', await yard(1));
    ok(await act('inspector', one.id, 'check', { text: '属实' }));
    const two = await claimed(141_024, 'hongtong', await yard(2));
    ok(await act('inspector', two.id, 'check', { text: '属实' }));
  });

  test.each(Object.entries(forms))('is told again: %s', async (name, form) => {
    const photo = await yard(100 + Object.keys(forms).indexOf(name));
    const first = await claimed(141_024, 'hongtong', photo);
    const again = await claimed(141_024, 'hongtong', await form(photo));
    expect(again.sha256).not.toBe(first.sha256);

    const page = await app.call('inspector', 'GET', `/api/items/${again.no}?campaign=${campaign}`);
    expect(page.body.alike).toMatchObject([{ sha256: again.sha256, other: first.sha256, id: first.id, no: first.no }]);
    // The earlier claim has nothing to explain.
    expect((await app.call('inspector', 'GET', `/api/items/${first.no}?campaign=${campaign}`)).body.alike).toEqual([]);

    const refused = await act('inspector', again.id, 'check', { text: '属实' });
    expect([refused.status, refused.body.code]).toEqual([422, 'problem.evidence-alike']);
    expect(refused.text).toContain(first.no);
    ok(await act('inspector', again.id, 'check', { text: '属实', alike: '同一厂区，两处排口在同一画面内' }));
    const bare = { criteria: '达标', penaltyCase: null, noPenaltyReason: '及时改正' };
    expect((await act('acceptance', again.id, 'accept', bare)).body.code).toBe('problem.evidence-alike');
    expect((await act('acceptance', again.id, 'accept', { ...bare, alike: '  ' })).status).toBe(400);
    ok(await act('acceptance', again.id, 'accept', { ...bare, alike: '已现场比对' }));
    const acts = (await app.call('auditor', 'GET', `/api/items/${again.no}?campaign=${campaign}`)).body.acts as {
      payload: { alike?: string };
    }[];
    expect(acts.map((a) => a.payload.alike).filter((x) => x !== undefined)).toEqual(['同一厂区，两处排口在同一画面内', '已现场比对']);
  });

  test('in another city is told without its number to who does not see it', async () => {
    const photo = await yard(300);
    const first = await claimed(140_105, 'taiyuan', photo);
    const again = await claimed(141_024, 'hongtong', await (forms.mirrored as (p: Buffer) => Promise<Buffer>)(photo));
    const page = await app.call('inspector', 'GET', `/api/items/${again.no}?campaign=${campaign}`);
    expect(page.body.alike).toMatchObject([{ sha256: again.sha256, other: null, id: null, no: null }]);
    const refused = await act('inspector', again.id, 'check', { text: '属实' });
    expect(refused.body.code).toBe('problem.evidence-alike');
    expect(refused.text).not.toContain(first.no);
    expect(page.text).not.toContain(first.no);
    // Whoever sees both sees which.
    const whole = await app.call('auditor', 'GET', `/api/items/${again.no}?campaign=${campaign}`);
    expect(whole.body.alike).toMatchObject([{ no: first.no }]);
  });

  test('needs no reason where nothing looks alike, and none is kept', async () => {
    const one = await claimed(141_024, 'hongtong', await yard(400));
    ok(await act('inspector', one.id, 'check', { text: '属实', alike: '多余的说明' }));
    const acts = (await app.call('auditor', 'GET', `/api/items/${one.no}?campaign=${campaign}`)).body.acts as { payload: object }[];
    expect(acts.some((a) => 'alike' in a.payload)).toBe(false);
  });
});

import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hostile } from '../../../test/generators/bulletin-texts.ts';
import { campaign, testApp, type TestApp } from '../../../test/support/app.ts';
import type { BulletinCheck, BulletinPage } from '../../contract/bulletins.ts';
import { printBody, parseBody } from '../../domain/publication/document.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp(120);
}, 120_000);
afterAll(() => app?.close());

const problemFound = {
  campaign,
  unit: '听松演示焦化厂',
  place: 141_024,
  aspect: 'key-dischargers',
  type: 'key-dischargers',
  text: '外排水超标',
  clue: 'inspection',
  evidence: [],
};
const asOf = '2019-08-05T18:00:00+08:00';
const text = (body: string, title = '进展情况') => ({ title, lang: 'zh', body, asOf });
const q = `campaign=${campaign}`;
const say = (who: string, id: string, verb: string, body: object) => app.call(who, 'POST', `/api/bulletins/${id}/${verb}?${q}`, body);
const read = async (who: string, id: string) => (await app.call(who, 'GET', `/api/bulletins/${id}?${q}`)).body as unknown as BulletinPage;

async function draft(who: string, body: string, more: object = {}) {
  const r = await app.call(who, 'POST', '/api/bulletins', { campaign, kind: 'bulletin', ...text(body), ...more });
  expect(r.status, r.text).toBe(201);
  return r.body as unknown as { id: string; no: number; version: number };
}
async function released(body: string, more: object = {}) {
  const d = await draft('clerk', body, more);
  expect((await say('clerk', d.id, 'submit', { version: 1 })).status).toBe(200);
  const r = await say('director', d.id, 'release', { version: 2, confirm: String(d.no) });
  expect(r.status, r.text).toBe(200);
  return d;
}
const files = (id: string) =>
  Promise.all(
    ['html', 'docx', 'pdf', 'zip'].map(async (format) => {
      const url = `/api/bulletins/${id}/file?${q}&format=${format}`;
      return (await app.raw.inject({ method: 'GET', url, headers: { authorization: `Bearer ${await app.token('press')}` } })).rawPayload;
    }),
  );

describe('a bulletin', () => {
  test('is released by a second person, and by nobody who wrote it', async () => {
    const d = await draft('director', '督办问题{{problems.supervised@1}}个。');
    expect((await say('clerk', d.id, 'submit', { version: 1 })).status).toBe(200);
    expect((await say('clerk', d.id, 'release', { version: 2, confirm: String(d.no) })).body.code).toBe('access.forbidden');
    const own = await say('director', d.id, 'release', { version: 2, confirm: String(d.no) });
    expect([own.status, own.body.code]).toEqual([409, 'bulletin.two-persons']);
    expect((await read('director', d.id)).can).toMatchObject({ release: false, releaseRefused: 'bulletin.two-persons', return: true });
  });

  test('is seen by the press, the governments and other readers only once it is released', async () => {
    const d = await draft('clerk', '督办问题{{problems.supervised@1}}个。');
    for (const who of ['press', 'linfen', 'hongtong', 'inspector']) {
      expect((await app.call(who, 'GET', `/api/bulletins/${d.id}?${q}`)).body.code, who).toBe('bulletin.unknown');
      const list = (await app.call(who, 'GET', `/api/bulletins?${q}`)).body as unknown as { bulletins: { id: string; state: string }[] };
      expect(list.bulletins.every((b) => b.state === 'released')).toBe(true);
    }
    expect((await read('auditor', d.id)).state).toBe('draft');
    await say('clerk', d.id, 'submit', { version: 1 });
    await say('director', d.id, 'release', { version: 2, confirm: String(d.no) });
    const page = await read('press', d.id);
    expect(page.state).toBe('released');
    expect(page.history).toEqual([]);
    expect((await app.call('stranger', 'GET', `/api/bulletins/${d.id}?${q}`)).status).toBe(404);
  });

  test('is refused while a number is not bound, and says where', async () => {
    const d = await draft(
      'clerk',
      '督办问题999个，清零率{{clearance.rate@1}}。\n\n{{nope@1}}和{{problems.supervised@9}}、{{problems.supervised@1 city=1}}、{{problems.supervised@1 asOf=2999-01-01T00:00:00Z}}',
    );
    const page = await read('clerk', d.id);
    expect(page.findings.map((f) => f.code)).toEqual([
      'number.loose',
      'figure.unknown',
      'token.version-unknown',
      'filter.malformed',
      'asof.future',
    ]);
    expect(page.findings[0]?.at).toEqual({ block: 0, part: 0, inline: 0, from: 4, to: 7 });
    const r = await say('clerk', d.id, 'submit', { version: 1 });
    expect([r.status, r.body.code]).toEqual([422, 'bulletin.findings']);
  });

  test('is changed only against the version that was read, and not while it is submitted', async () => {
    const d = await draft('clerk', '督办问题{{problems.supervised@1}}个。');
    const other = text('共{{problems.supervised@1}}个。');
    expect((await say('clerk2', d.id, 'revise', { version: 1, ...other })).body.version).toBe(2);
    expect((await say('clerk', d.id, 'revise', { version: 1, ...other })).body.code).toBe('bulletin.changed');
    await say('clerk', d.id, 'submit', { version: 2 });
    expect((await say('clerk', d.id, 'revise', { version: 3, ...other })).body.code).toBe('bulletin.wrong-state');
    expect((await say('director', d.id, 'release', { version: 2, confirm: String(d.no) })).body.code).toBe('bulletin.changed');
    expect((await say('director', d.id, 'release', { version: 3, confirm: 'yes' })).body.code).toBe('bulletin.confirm');
    expect((await say('director', d.id, 'return', { version: 3, reason: '改标题' })).status).toBe(200);
    expect(await read('clerk', d.id)).toMatchObject({ state: 'returned', returnedFor: '改标题', version: 4 });
  });

  test('once released never changes: not by its authors, not by later acts', async () => {
    const d = await released('截至目前督办问题{{problems.supervised@1}}个，清零率{{clearance.rate@1}}。');
    const before = await files(d.id);
    const page = await read('press', d.id);
    for (const [verb, body] of [
      ['revise', { version: 3, ...text('x') }],
      ['submit', { version: 3 }],
      ['return', { version: 3, reason: 'r' }],
      ['release', { version: 3, confirm: String(d.no) }],
    ] as const) {
      expect((await say(verb === 'return' || verb === 'release' ? 'director' : 'clerk', d.id, verb, body)).body.code, verb).toBe(
        'bulletin.frozen',
      );
    }
    const item = (await app.call('clerk', 'POST', '/api/problems', problemFound)).body.item as { id: string };
    await app.call('clerk2', 'POST', `/api/problems/${item.id}/confirm?${q}`, {});
    expect(
      (await app.call('clerk', 'POST', '/api/batches', { campaign, name: '第九批', deadline: '2099-01-01', problems: [item.id] })).status,
    ).toBe(201);
    expect((await read('press', d.id)).released).toEqual(page.released);
    expect(await files(d.id)).toEqual(before);
    const note = page.released?.checkpoint?.note ?? '';
    expect(note).toMatch(/\n\d+\n[A-Za-z0-9+/]{43}=\n\n— /);
    expect(page.released?.seal).toBe(note);
    expect(before[0]?.toString()).toContain(note.split('\n')[2]);
    expect((await read('auditor', d.id)).history.map((h) => [h.kind, h.by])).toEqual([
      ['BulletinDrafted', 'clerk 某'],
      ['BulletinSubmitted', 'clerk 某'],
      ['BulletinReleased', 'director 某'],
    ]);
    const rebuilt = (await app.call('auditor', 'GET', `/api/bulletins/${d.id}/rebuild?${q}`)).body;
    expect(rebuilt).toMatchObject({ same: true, sameRenderer: true });
  });

  test('is corrected by another one, and both say so', async () => {
    const d = await released('督办问题{{problems.supervised@1}}个。');
    const again = await released('前三批督办问题{{problems.supervised@1 batches=1,2,3}}个。'.replace('三', '{{=三}}'), {
      corrects: { id: d.id, reason: '口径有误' },
    });
    const [old, now] = [await read('press', d.id), await read('press', again.id)];
    expect(old.correctedBy).toMatchObject([{ no: again.no, reason: '口径有误' }]);
    expect(now.corrects).toMatchObject({ no: d.no });
    expect(now.changes[0]?.changes.map((c) => c.kind)).toContain('new');
    expect(old.changes).toEqual(now.changes);
    expect((await files(d.id))[0]?.toString()).not.toContain('更正');
    expect((await files(again.id))[0]?.toString()).toContain(`本件更正第${d.no}号`);
    const early = await draft('clerk', '督办问题{{problems.supervised@1}}个。');
    const wrong = await app.call('clerk', 'POST', '/api/bulletins', {
      campaign,
      kind: 'bulletin',
      ...text('x'),
      corrects: { id: early.id, reason: 'r' },
    });
    expect(wrong.body.code).toBe('bulletin.corrects-unreleased');
  });

  test('sent twice with one id is one bulletin and one release', async () => {
    const commandId = '01900000-0000-7000-8000-0000000000aa';
    const body = { campaign, kind: 'bulletin', commandId, ...text('督办问题{{problems.supervised@1}}个。') };
    const [a, b] = [await app.call('clerk', 'POST', '/api/bulletins', body), await app.call('clerk', 'POST', '/api/bulletins', body)];
    expect([b.body.no, b.body.repeated]).toEqual([a.body.no, true]);
    await say('clerk', commandId, 'submit', { version: 1 });
    const release = { commandId: '01900000-0000-7000-8000-0000000000ab', version: 2, confirm: String(a.body.no) };
    expect((await say('director', commandId, 'release', release)).body.repeated).toBe(false);
    expect((await say('director', commandId, 'release', release)).body.repeated).toBe(true);
  });

  test('hostile texts come out as plain text in every format', async () => {
    const blocks = hostile.map((t) => ({ kind: 'paragraph' as const, inlines: [{ kind: 'plain' as const, text: t }] }));
    const body = `${printBody(blocks)}\n\n{{problems.supervised@1}}`;
    const d = await released(body, { title: '<img src=x onerror=alert()> {title} #eval' });
    const [html, docx, pdf] = await files(d.id);
    expect(html?.toString()).not.toMatch(/<img|<script/i);
    expect(html?.toString()).toContain('&#60;script&#62;alert(1)&#60;/script&#62;');
    const xml = Buffer.from(unzipSync(docx as Buffer)['word/document.xml'] as Uint8Array).toString();
    expect(xml).not.toMatch(/<script|<img/);
    expect(xml).toContain('{#blocks}');
    expect(pdf?.subarray(0, 5).toString()).toBe('%PDF-');
    expect(parseBody((await read('press', d.id)).body)).toHaveLength(hostile.length + 1);
  });

  test('is checked as it is written: live values, and the figure a typed number is', async () => {
    const supervised = (await app.call('clerk', 'GET', `/api/figures/problems.supervised?${q}&asOf=${encodeURIComponent(asOf)}`)).body
      .figure as { numerator: number };
    const r = await app.call('clerk', 'POST', '/api/bulletins/check', {
      campaign,
      ...text(`督办${supervised.numerator}个，{{problems.supervised@1}}`),
    });
    const check = r.body as unknown as BulletinCheck;
    expect(check.values).toMatchObject([{ token: '{{problems.supervised@1}}', figure: { numerator: supervised.numerator } }]);
    expect(check.findings[0]?.details.suggest).toBe('{{problems.supervised@1}}');
    expect(check.findings[0]?.messages.zh).toContain('没有绑定指标');
  });

  test('publishes the instants it quotes as it is released, forward only, and an earlier one is refused before any file is made', async () => {
    const later = '2019-09-10T18:00:00+08:00';
    const pages = async (at: string) =>
      (await app.call(null, 'GET', `/public/${campaign}/figures/problems.supervised?asOf=${encodeURIComponent(at)}`)).text;
    const before = await app.call(null, 'GET', `/public/${campaign}/bulletins/1`);
    const d = await released('督办问题{{problems.supervised@1}}个。', { asOf: later });
    expect(before.status === 404 || !before.text.includes(`bulletins/${d.no}"`)).toBe(true);
    // The page is of that very instant, not of an earlier one with a note.
    expect(await pages(later)).not.toContain('没有公布，下面是');
    expect((await app.call(null, 'GET', `/public/${campaign}/bulletins/${d.no}`)).status).toBe(200);
    const early = await draft('clerk', '督办问题{{problems.supervised@1}}个。', { asOf: '2019-09-01T18:00:00+08:00' });
    const page = await read('clerk', early.id);
    expect(page.findings.map((f) => [f.code, f.severity])).toEqual([['bulletin.instant-passed', 'error']]);
    expect(page.findings[0]?.messages.zh).toContain('公布只能向后进行');
    expect((await say('clerk', early.id, 'submit', { version: 1 })).body.code).toBe('bulletin.findings');
    // An instant between two that are public is not public because a draft names it.
    expect(await pages('2019-09-01T18:00:00+08:00')).toContain('没有公布，下面是');
    // What is public already is quoted again without another release.
    await released('督办问题{{problems.supervised@1}}个。', { asOf: later });
    expect(await pages(later)).not.toContain('没有公布，下面是');
  });

  test('with a character that no font of its files has is neither put forward nor released, and it is named', async () => {
    const d = await draft('clerk', '当事人𠮷某，督办问题{{problems.supervised@1}}个。');
    const [finding] = (await read('clerk', d.id)).findings;
    expect(finding).toMatchObject({
      ...{ code: 'text.undrawable', severity: 'error', at: { block: 0, part: 0, inline: 0, from: 3, to: 5 } },
      messages: { zh: '签发文件所用的字体没有“𠮷”（U+20BB7）；请改写，否则不能签发。' },
    });
    expect(finding?.messages.en).toContain('"𠮷" (U+20BB7)');
    const wrong = await say('clerk', d.id, 'submit', { version: 1 });
    expect([wrong.status, wrong.body.code, wrong.body.details]).toMatchObject([422, 'bulletin.findings', { codes: ['text.undrawable'] }]);
    await say('clerk', d.id, 'revise', { version: 1, ...text('当事人㛃某，督办问题{{problems.supervised@1}}个。') });
    expect((await read('clerk', d.id)).findings).toEqual([]);
    expect((await say('clerk', d.id, 'submit', { version: 2 })).status).toBe(200);
  });

  test('a letter names its batch as it was named, quotes by the rules, and its PDF is refused while a character has no glyph', async () => {
    const letterOf = async (batch: number) =>
      ((await app.call('clerk', 'GET', `/api/batches/${batch}?${q}`)).body as { cities: { letter: { id: string } | null }[] }).cities.find(
        (c) => c.letter !== null,
      )?.letter?.id as string;
    const issue = async (name: string, unit: string) => {
      const made = await app.call('clerk', 'POST', '/api/problems', { ...problemFound, unit });
      const { id, no } = made.body.item as { id: string; no: string };
      expect((await app.call('clerk2', 'POST', `/api/problems/${id}/confirm?${q}`, {})).status).toBe(200);
      const issued = await app.call('clerk', 'POST', '/api/batches', { campaign, name, deadline: '2099-01-01', problems: [id] });
      expect(issued.status, issued.text).toBe(201);
      return { no, letter: await letterOf(issued.body.no as number) };
    };
    const file = async (letter: string, format: string) =>
      app.raw.inject({
        ...{ method: 'GET', url: `/api/letters/${letter}/file?${q}&format=${format}` },
        headers: { authorization: `Bearer ${await app.token('clerk')}` },
      });
    const wordText = (bytes: Buffer) =>
      new TextDecoder().decode(unzipSync(new Uint8Array(bytes))['word/document.xml']).replace(/<[^>]+>/g, '');
    const { letter } = await issue('十九', '听松演示焦化厂');
    const shown = wordText((await file(letter, 'docx')).rawPayload);
    expect(shown).toContain('列入“');
    expect(shown).toContain('”第十九批（清单附后）');
    expect(shown).toContain('督办函（第十九批）');
    expect((await file(letter, 'pdf')).statusCode).toBe(200);
    const rare = await issue('第二十批', '𠮷演示焦化厂');
    const refused = await file(rare.letter, 'pdf');
    expect([refused.statusCode, refused.json()]).toMatchObject([
      422,
      { code: 'letter.undrawable', details: { characters: '𠮷', codePoints: ['U+20BB7'], places: [rare.no] } },
    ]);
    expect(wordText((await file(rare.letter, 'docx')).rawPayload)).toContain('𠮷演示焦化厂');
  });

  test('a letter of a batch is a file only within the jurisdiction', async () => {
    const batch = (await app.call('clerk', 'GET', `/api/batches/1?${q}`)).body as unknown as {
      cities: { place: number; letter: { id: string } | null }[];
    };
    const letter = batch.cities.find((c) => c.place === 141_000)?.letter?.id as string;
    for (const format of ['pdf', 'docx']) {
      const url = `/api/letters/${letter}/file?${q}&format=${format}`;
      const [a, b] = [await app.call('linfen', 'GET', url), await app.call('linfen', 'GET', url)];
      expect(a.status).toBe(200);
      expect(a.text).toBe(b.text);
      expect(String(a.headers['content-disposition'])).toContain('attachment');
      expect((await app.call('taiyuan', 'GET', url)).body.code).toBe('letter.unknown');
    }
  });
});

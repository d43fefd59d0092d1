import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page, Route } from 'playwright-core';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoPassword, ensureDemoAccounts } from '../../src/app/demo-accounts.ts';
import { ensureDemoBulletins } from '../../src/app/demo-bulletins.ts';
import { ensureDemo } from '../../src/app/demo.ts';
import { publicPaths, type PublicWhere } from '../../src/contract/paths/public.ts';
import { instant } from '../../src/domain/kernel/instant.ts';
import { buildServer } from '../../src/http/server/server.ts';
import { openDatabase, type Database } from '../../src/storage/database.ts';
import { sequenceEvery } from '../support/sequence.ts';
import { makeServices, type Services } from '../../src/usecases/services.ts';
import { barriers } from '../support/accessibility.ts';
import { openBrowser } from '../support/browser.ts';
import { testKeeping } from '../support/keeping.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

// Bulletins from the desk of the clerk to the public page, and the check that a reader makes alone.
let db: TestDatabase;
let database: Database;
let services: Services;
let app: Awaited<ReturnType<typeof buildServer>>['app'];
let browser: Browser;
let base = '';

const number = () => sequenceEvery(services);

beforeAll(async () => {
  db = await freshDatabase();
  database = openDatabase({ connectionString: db.url, max: 8 });
  services = makeServices(
    database,
    () => v7(),
    () => instant(Date.now()),
    await testKeeping(),
  );
  await ensureDemo(services);
  await ensureDemoAccounts(services);
  await ensureDemoBulletins(services);
  await number();
  ({ app } = await buildServer({ services, webRoot: fileURLToPath(new URL('../../dist/web', import.meta.url)) }));
  base = await app.listen({ host: '127.0.0.1', port: 0 });
  browser = await openBrowser();
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await app?.close();
  await database?.close();
  await db?.drop();
});

const now: PublicWhere = { lang: 'zh', slug: 'shanxi-2019', asOf: null };
const august: PublicWhere = { ...now, asOf: '2019-08-05T18:00:00+08:00' };
const ratePath = publicPaths.figure(august, 'clearance.rate', { batches: [1, 2, 3] });

async function open(path: string, o: { width?: number; scripts?: boolean; context?: BrowserContext } = {}) {
  const context =
    o.context ??
    (await browser.newContext({
      viewport: { width: o.width ?? 1440, height: 900 },
      javaScriptEnabled: o.scripts ?? true,
      locale: 'zh-CN',
    }));
  const page = await context.newPage();
  await page.goto(`${base}${path}`);
  return { page, context };
}

/** Presses the button and reads the steps: those that do not hold by their text. */
async function check(page: Page): Promise<{ result: string | undefined; steps: string[]; bad: string[] }> {
  await page.evaluate(`document.getElementById('proof-check').removeAttribute('data-result')`);
  await page.getByRole('button', { name: /在本机核验|Check in this browser/ }).click();
  await page.locator('#proof-check[data-result]').waitFor({ timeout: 60_000 });
  return {
    result: (await page.locator('#proof-check').getAttribute('data-result')) ?? undefined,
    steps: await page.locator('#proof-check li').allInnerTexts(),
    bad: await page.locator('#proof-check li.bad').allInnerTexts(),
  };
}

describe('a reporter', () => {
  test('reads the press text of 5 August without scripts, and every number opens its records', async () => {
    const { page, context } = await open(publicPaths.bulletin(now, 1), { scripts: false });
    for (const [shown, records] of [
      ['65.73%', 1258],
      ['5,686', 5686],
      ['2,507', 2507],
    ] as const) {
      const link = page.locator('.frozen .prose a', { hasText: shown }).first();
      expect(await link.innerText()).toBe(shown);
      const { page: list, context: other } = await open((await link.getAttribute('href')) as string, { scripts: false });
      await expect.poll(() => list.locator('h1').innerText()).toMatch(shown === '65.73%' ? /清零率/ : new RegExp(shown));
      await expect.poll(() => list.locator('tbody tr').count()).toBe(Math.min(100, records));
      await other.close();
    }
    expect(await page.getByRole('button').count()).toBe(0);
    await context.close();
  });

  test('checks the page and its headline figure in her own browser: all hold', async () => {
    for (const width of [1440, 390]) {
      const { page, context } = await open(publicPaths.bulletin(now, 1), { width });
      if (width === 390) {
        const bulletin = await check(page);
        expect([bulletin.bad, bulletin.result, bulletin.steps.length]).toEqual([[], 'ok', 6]);
      }
      expect(await barriers(page)).toEqual([]);
      await page.goto(`${base}${ratePath}`);
      const figure = await check(page);
      expect([figure.bad, figure.result, figure.steps.length]).toEqual([[], 'ok', 6]);
      expect(figure.steps.join('\n')).toContain(width === 390 ? '接得上上次记下的' : '本机第一次核验');
      await expect.poll(() => page.locator('#proof-check .verdict').innerText()).toBe('全部相符。');
      expect(await barriers(page)).toEqual([]);
      await context.close();
    }
    // One that no bulletin quotes: what can be checked is, and the page says what cannot.
    const { page, context } = await open(
      publicPaths.figure({ ...august, lang: 'en', asOf: '2019-07-28T18:00:00+08:00' }, 'problems.supervised'),
    );
    const alone = await check(page);
    expect([alone.bad, alone.result]).toEqual([[], 'ok']);
    expect(alone.steps.join('\n')).toContain('no bulletin quotes this figure');
    await context.close();
  });
});

/** Somebody between the reader and the records: changes an answer on its way. */
async function tampered(path: string, pattern: RegExp, change: (body: string) => string): Promise<Awaited<ReturnType<typeof check>>> {
  const { page, context } = await open('/public');
  let changed = 0;
  await page.route(pattern, async (route: Route) => {
    const answer = await route.fetch();
    const body = await answer.text();
    const other = change(body);
    if (other !== body) changed++;
    await route.fulfill({ response: answer, body: other });
  });
  await page.goto(`${base}${path}`);
  const found = await check(page);
  expect(changed).toBeGreaterThan(0);
  await context.close();
  return found;
}

describe('what was tampered with is found, and said where', () => {
  const flip = (text: string) => (text === 'A' ? 'B' : 'A');
  const wholePage = /figures\/clearance\.rate\?/;
  test.each([
    ['the number that is shown', wholePage, (b: string) => b.replace('proof-value">65.73', 'proof-value">75.73'), '数字'],
    [
      'numerator and number together',
      wholePage,
      (b: string) => b.replace('proof-value">65.73', 'proof-value">67.82').replace('numerator="1258"', 'numerator="1298"'),
      '数字',
    ],
    [
      'the definition',
      wholePage,
      (b: string) => b.replace(/(id="proof-definition">[^<]*)problem\.supervised/, '$1problem.confirmed'),
      '定义指纹',
    ],
    ['the records root on the page', wholePage, (b: string) => b.replace(/proof-root">./, 'proof-root">x'), '数字'],
    ['a record that is left out', /\/records\?/, (b: string) => b.replace(/<tr><th scope="row">[^]*?<\/tr>/, ''), '逐条记录'],
    ['a record that is another', /\/records\?/, (b: string) => b.replace(/<th scope="row">SX2019-/, '<th scope="row">SX2018-'), '逐条记录'],
    ['the checkpoint', /\/log$/, (b: string) => b.replace(/\n(\d+)\n/, (_, n: string) => `\n${Number(n) + 1}\n`), '日志签名'],
    [
      'the signature',
      /\/log$/,
      (b: string) => b.replace(/(.)(.{20})\n$/, (_, x: string, rest: string) => `${flip(x)}${rest}\n`),
      '日志签名',
    ],
    ['the release act', /\/proof\?/, (b: string) => b.replace(/\\"numerator\\":1258/, '\\"numerator\\":1298'), '签发记录'],
    [
      'the place of the act',
      /\/proof\?/,
      (b: string) => b.replace(/"index":(\d+)/, (_, n: string) => `"index":${Number(n) - 1}`),
      '签发记录',
    ],
    ['the checkpoint that was printed', /\/proof\?/, (b: string) => b.replace(/"quoted":"[^"]*"/, '"quoted":null'), '签发记录'],
  ])('%s', async (_, pattern, change, step) => {
    const found = await tampered(ratePath, pattern, change);
    expect(found.result).toBe('bad');
    expect(found.bad.join('\n')).toContain(`${step}：`);
  });

  test('a page of another cohort than its address', async () => {
    const path = publicPaths.figure({ ...august, asOf: '2019-07-28T18:00:00+08:00' }, 'clearance.rate', { batches: [1] });
    const other = publicPaths.figure({ ...august, asOf: '2019-07-28T18:00:00+08:00' }, 'clearance.rate', { batches: [1, 2] });
    const body = await (await fetch(`${base}${other}`)).text();
    const found = await tampered(path, /clearance\.rate\?/, () => body);
    expect(found.bad.map((x) => x.includes('地址栏'))).toEqual([true]);
  });

  test('the text of a bulletin, and the frozen file it is compared with', async () => {
    const path = publicPaths.bulletin(now, 1);
    const text = await tampered(path, /bulletins\/1$/, (b) => b.replace('行政处罚决定', '行政处罚意见'));
    expect([text.result, text.bad.length]).toEqual(['bad', 1]);
    expect(text.bad[0]).toContain('文字：');
    const file = await tampered(path, /bulletin\.html$/, (b) => b.replace('65.73%', '75.73%'));
    expect(file.bad[0]).toContain('文字：');
  });

  test('an answer that does not come is no verdict', async () => {
    const { page, context } = await open(ratePath);
    await page.route(/\/records\?/, (route) => route.abort());
    const found = await check(page);
    expect([found.result, found.bad]).toEqual(['unknown', []]);
    await expect.poll(() => page.locator('#proof-check .verdict').innerText()).toContain('不能下结论');
    await context.close();
  });

  test('a log that does not continue what this browser saw before', async () => {
    const { page, context } = await open(ratePath);
    expect((await check(page)).result).toBe('ok');
    // What a browser would have kept of a log that was rewritten since: signed with the same key, over other records.
    const other = services.log.signText('shanxi-2019', `${services.log.origin('shanxi-2019')}\n900\n${'A'.repeat(43)}=\n`);
    const key = services.log.verifier('shanxi-2019');
    await page.evaluate(`localStorage.setItem('clearzero.log.shanxi-2019', ${JSON.stringify(JSON.stringify({ key, note: other }))})`);
    const found = await check(page);
    expect([found.result, found.bad.length]).toEqual(['bad', 1]);
    expect(found.bad[0]).toContain('有记录被改写或删去');
    await context.close();
  });
});

async function signedIn(username: string): Promise<Page> {
  const { page } = await open('/signin');
  await page.getByLabel(/用户名/).fill(username);
  await page.getByLabel(/密码/).fill(demoPassword);
  await page.getByRole('button', { name: /登\s*录/ }).click();
  await page.waitForURL(/\/c\/shanxi-2019/);
  return page;
}

/** The director releases what was put forward last. */
async function release(page: Page, id: string, no: number): Promise<void> {
  await page.goto(`${base}/c/shanxi-2019/bulletins/${id}`);
  await page.getByRole('button', { name: '签发', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(/请输入本件编号/).fill(String(no));
  await dialog.getByRole('button', { name: '签发', exact: true }).click();
  await page.getByText('永久公开地址').waitFor();
}

describe('周慎, clerk, and 郝明远, director', () => {
  test('write and release a bulletin, then a correction: both stand on the public page, and the check holds', async () => {
    const [clerk, director] = [await signedIn('clerk'), await signedIn('director')];
    await clerk.goto(`${base}/c/shanxi-2019/bulletins/new?kind=press&lang=zh&asOf=${encodeURIComponent(august.asOf ?? '')}`);
    await clerk.getByLabel('标题', { exact: true }).fill('督办问题整改进展');
    const text = clerk.getByRole('textbox', { name: '正文' });
    await text.click();
    await clerk.keyboard.type('各地督办问题');
    await clerk.keyboard.press('Control+k');
    await clerk.getByRole('dialog').getByLabel('指标').selectOption('problems.supervised');
    await clerk.getByRole('dialog').getByText('2,507').waitFor();
    // Whoever types the moment the text has the focus again types after the figure.
    await clerk.evaluate(
      `document.querySelector('[role=textbox].prose').addEventListener('focus', (e) => { globalThis.figuresAtFocus ??= e.target.querySelectorAll('.chip').length; })`,
    );
    await clerk.getByRole('button', { name: '插入', exact: true }).click();
    await clerk.waitForFunction(`document.activeElement?.getAttribute('role') === 'textbox'`);
    expect(await clerk.evaluate('globalThis.figuresAtFocus')).toBe(1);
    await clerk.keyboard.type('个，正在整改。');
    await clerk.getByText('没有发现问题').waitFor();
    const submit = async () => {
      await clerk.getByRole('button', { name: '送审', exact: true }).click();
      await clerk.getByRole('dialog').getByRole('button', { name: '送审', exact: true }).click();
      await clerk.waitForURL(/bulletins\/[0-9a-f-]{36}(\?|$)/);
      return new URL(clerk.url()).pathname.split('/').at(-1) ?? '';
    };
    await release(director, await submit(), 4);

    const { page, context } = await open(publicPaths.bulletins(now), { scripts: false });
    await page.getByRole('link', { name: '督办问题整改进展' }).click();
    await expect.poll(() => page.locator('.frozen .prose').innerText()).toBe('各地督办问题2,507个，正在整改。');
    expect(await page.locator('main').innerText()).not.toContain('更正');

    await clerk.reload();
    await clerk.getByRole('button', { name: '更正', exact: true }).click();
    await clerk.getByRole('dialog').getByRole('textbox').fill('漏写截止时刻');
    await clerk.getByRole('button', { name: '开始更正' }).click();
    await clerk.waitForURL(/\/edit/);
    await clerk.getByRole('textbox', { name: '正文' }).click();
    await clerk.keyboard.press('Control+Home');
    await clerk.keyboard.type('到目前为止，');
    await clerk.getByText('没有发现问题').waitFor();
    await release(director, await submit(), 5);

    await page.reload();
    await expect.poll(() => page.locator('.told').innerText()).toContain('已由第5号更正');
    await expect.poll(() => page.locator('.diff ins').innerText()).toBe('到目前为止，');
    await page.getByRole('link', { name: '看更正件' }).click();
    await expect.poll(() => page.locator('.told').innerText()).toContain('本件更正第4号');
    await expect.poll(() => page.locator('.frozen ins').innerText()).toBe('到目前为止，');
    await page.goto(`${base}${publicPaths.corrections(now)}`);
    await expect.poll(() => page.locator('main').innerText()).toContain('漏写截止时刻');
    await number();
    const { page: own, context: other } = await open(publicPaths.bulletin(now, 5));
    expect(await check(own)).toMatchObject({ bad: [], result: 'ok' });
    await Promise.all([context.close(), other.close(), clerk.context().close(), director.context().close()]);
  });
});

describe('郝明远, director, at the list of published instants', () => {
  test('sees what he is about to make public, publishes it, and cannot publish an earlier instant any more', async () => {
    const director = await signedIn('director');
    await director.goto(`${base}/c/shanxi-2019/bulletins`);
    const section = director.locator('section', { hasText: '已公开的数据时刻' });
    await section.getByRole('link', { name: '2019年8月5日18:00' }).waitFor();
    const publish = async (asOf: string) => {
      await section.getByRole('button', { name: '公开数据' }).click();
      await director.getByRole('dialog').getByLabel('数据时刻').fill(asOf);
      await director.getByRole('button', { name: '预览' }).click();
      await director.getByRole('dialog').getByText('98.71').first().waitFor();
      expect(await barriers(director)).toEqual([]);
      await director.getByRole('dialog').getByRole('button', { name: '公开数据' }).click();
    };
    await publish('2019-11-15T18:00:00+08:00');
    await section.getByRole('link', { name: '2019年11月15日18:00' }).waitFor();
    const { page, context } = await open(publicPaths.home({ ...now, asOf: '2019-11-15T18:00:00+08:00' }), { scripts: false });
    await expect.poll(() => page.locator('main').innerText()).toContain('2019年11月15日18:00');
    await context.close();
    await publish('2019-11-14T18:00:00+08:00');
    await director.getByRole('dialog').getByRole('alert').waitFor();
    await director.getByRole('button', { name: '取消' }).click();
    expect(await section.getByRole('link', { name: '2019年11月14日' }).count()).toBe(0);
    await director.context().close();
  });

  test('a clerk sees the instants, and is not offered to publish', async () => {
    const clerk = await signedIn('clerk');
    await clerk.goto(`${base}/c/shanxi-2019/bulletins`);
    await clerk.getByText('已公开的数据时刻').first().waitFor();
    expect(await clerk.getByRole('button', { name: '公开数据' }).count()).toBe(0);
    await clerk.context().close();
  });
});

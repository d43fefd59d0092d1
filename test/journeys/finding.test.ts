import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ensureDemoAccounts, demoPassword } from '../../src/app/demo-accounts.ts';
import { ensureDemo } from '../../src/app/demo.ts';
import { instant } from '../../src/domain/kernel/instant.ts';
import { buildServer } from '../../src/http/server/server.ts';
import { openDatabase, type Database } from '../../src/storage/database.ts';
import { makeServices } from '../../src/usecases/services.ts';
import { barriers } from '../support/accessibility.ts';
import { openBrowser } from '../support/browser.ts';
import { testKeeping } from '../support/keeping.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

// Finding records and going through them, by the keyboard; dates and the order are set by value, and 390 px is clicked.
let db: TestDatabase;
let database: Database;
let app: Awaited<ReturnType<typeof buildServer>>['app'];
let browser: Browser;
let base = '';

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
  ({ app } = await buildServer({ services, webRoot: fileURLToPath(new URL('../../dist/web', import.meta.url)) }));
  base = await app.listen({ host: '127.0.0.1', port: 0 });
  browser = await openBrowser();
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await app?.close();
  await database?.close();
  await db?.drop();
});

async function signedIn(username: string, width = 1440, locale = 'zh-CN'): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, locale });
  const page = await context.newPage();
  await page.goto(`${base}/signin`);
  await page.locator('input[autocomplete="username"]').fill(username);
  await page.locator('input[type="password"]').fill(demoPassword);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/c\/shanxi-2019/);
  return page;
}

const august = encodeURIComponent('2019-08-20T18:00:00+08:00');
const cursor = (page: Page) => page.locator('tr.cur a.mono').innerText();
const crumb = async (page: Page) => (await page.locator('.crumb').innerText()).replace(/\s+/g, ' ');

describe('周慎 looks at what is overdue', () => {
  test('opens a bar of the dashboard, goes through its problems and comes back to the one seen last', async () => {
    const page = await signedIn('clerk');
    await page.goto(`${base}/c/shanxi-2019?asOf=${august}`);
    const bar = page.getByRole('link', { name: /^逾期8–14天的\d+个/ });
    await bar.waitFor();
    const count = Number(/的(\d+)个/.exec((await bar.getAttribute('aria-label')) ?? '')?.[1]);
    expect(count).toBeGreaterThan(3);
    await bar.focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/ledger\?view=overdue&due=2019-08-06\.\.2019-08-12/);
    await page.getByText(`共${count}条`).waitFor();
    await page.getByRole('button', { name: '去掉条件期限：2019年8月6日至2019年8月12日' }).waitFor();
    expect(await page.getByLabel('排序').inputValue()).toBe('deadline');
    expect(await page.locator('th[aria-sort="ascending"]').innerText()).toBe('期限');
    expect(await barriers(page)).toEqual([]);

    await page.keyboard.press('j');
    await page.keyboard.press('j');
    const second = await cursor(page);
    await page.keyboard.press('Enter');
    await page.waitForURL(new RegExp(`/p/${second}`));
    await page.getByText(`2／${count}`, { exact: true }).waitFor();
    await page.keyboard.press('j');
    await page.getByText(`3／${count}`, { exact: true }).waitFor();
    await page.keyboard.press('j');
    await page.getByText(`4／${count}`, { exact: true }).waitFor();
    await page.keyboard.press('k');
    await page.getByText(`3／${count}`, { exact: true }).waitFor();
    expect(await barriers(page)).toEqual([]);
    const third = /SX2019-\d+/.exec(await crumb(page))?.[0];
    await page.getByRole('link', { name: '返回“逾期”' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/ledger\?view=overdue/);
    await page.locator('tr.cur').waitFor();
    expect(await cursor(page)).toBe(third);
    await page.context().close();
  });

  test('comes back by the browser to the row, the offset and the lines that were there', async () => {
    const page = await signedIn('clerk');
    await page.goto(`${base}/c/shanxi-2019/ledger`);
    await page.locator('.led tbody a.mono').first().waitFor();
    for (let i = 0; i < 260; i++) await page.keyboard.press('j');
    await page.waitForFunction(() => document.querySelector('.sc')?.scrollTop !== 0);
    await page.locator('tr.cur').waitFor();
    const no = await cursor(page);
    const offset = await page.locator('.sc').evaluate((e) => e.scrollTop);
    expect(offset).toBeGreaterThan(1000);
    await page.keyboard.press('Enter');
    await page.waitForURL(new RegExp(`/p/${no}`));
    await page.locator('.crumb').waitFor();
    await page.goBack();
    await page.locator('tr.cur').waitFor();
    expect(await cursor(page)).toBe(no);
    expect(await page.locator('.sc').evaluate((e) => e.scrollTop)).toBe(offset);
    // The same address opened anew begins at its top.
    await page.goto(`${base}/c/shanxi-2019/ledger?sort=no`);
    await page.locator('.led tbody a.mono').first().waitFor();
    expect(await page.locator('.sc').evaluate((e) => e.scrollTop)).toBe(0);
    await page.context().close();
  });

  test('types days, reads the order in words and chooses another', async () => {
    const page = await signedIn('clerk');
    await page.goto(`${base}/c/shanxi-2019/ledger?asOf=${august}`);
    await page.getByText('日期', { exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.getByLabel('发现 自').fill('2019-08-01');
    await page.keyboard.press('Enter');
    await page.waitForURL(/found=2019-08-01\.\.(&|$)/);
    await page.getByLabel('发现 至').fill('2019-07-01');
    await page.keyboard.press('Enter');
    await page.getByText('开始日2019年8月1日晚于结束日2019年7月1日，请改其中一个。').waitFor();
    await page.getByLabel('发现 至').fill('2019-08-03');
    await page.keyboard.press('Enter');
    await page.waitForURL(/found=2019-08-01\.\.2019-08-03/);
    expect(await page.getByLabel('发现 至').evaluate((e) => e === document.activeElement)).toBe(true);
    await page.getByRole('button', { name: '去掉条件发现：2019年8月1日至2019年8月3日' }).waitFor();
    expect(await page.locator('select.order option:checked').innerText()).toBe('按更新时间，新者在前');
    await page.getByLabel('排序').selectOption({ label: '按编号，小者在前' });
    await page.waitForURL(/sort=no/);
    await page.locator('th[aria-sort="ascending"]').waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.context().close();
  });

  test('finds a place and a batch by the box in the head, which says what the ledger is searched for', async () => {
    const page = await signedIn('clerk');
    await page.goto(`${base}/c/shanxi-2019?asOf=${august}`);
    await page.locator('.mast').waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('洪洞 第3批');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: '第3批督办函' }).waitFor();
    const place = page.getByRole('link', { name: '临汾·洪洞，搜索“第3批”' });
    await place.waitFor();
    expect(await page.locator('.mast .find input').inputValue()).toBe('洪洞 第3批');
    expect(await barriers(page)).toEqual([]);
    await place.focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/county=141024/);
    await page.goto(`${base}/c/shanxi-2019/ledger?q=${encodeURIComponent('洪洞')}&asOf=${august}`);
    await page.getByRole('link', { name: '临汾·洪洞的台账' }).focus();
    await page.keyboard.press('Enter');
    await page.locator('.led tbody a.mono').first().waitFor();
    await page.waitForFunction(() => document.querySelector<HTMLInputElement>('.mast .find input')?.value === '');
    await page.context().close();
  });

  test('saves what was found, gives it another name, and its tab stands in line with the others', async () => {
    const page = await signedIn('clerk');
    await page.goto(`${base}/c/shanxi-2019/ledger?city=140100&view=overdue`);
    await page.getByRole('button', { name: '保存当前视图' }).focus();
    await page.keyboard.press('Enter');
    await page.getByLabel('视图名称').fill('太原逾期');
    await page.keyboard.press('Enter');
    const tab = page.getByRole('link', { name: '太原逾期', exact: true });
    await tab.waitFor();
    const box = async (name: string) => {
      const found = await page.locator('.views').getByRole('link', { name, exact: true }).boundingBox();
      return [Math.round(found?.y ?? -1), Math.round(found?.height ?? -1)];
    };
    expect(await box('太原逾期')).toEqual(await box((await page.locator('.views a').first().innerText()).replace(/\s+/g, ' ')));
    await page.getByRole('button', { name: '重命名' }).focus();
    await page.keyboard.press('Enter');
    await page.getByLabel('视图名称').fill('太原：逾期');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: '太原：逾期', exact: true }).waitFor();
    expect(await tab.count()).toBe(0);
    expect(await barriers(page)).toEqual([]);
    await page.context().close();
  });
});

test('a problem that a command takes out of its list says so, and the next one of the list is one key away', async () => {
  const inspector = await signedIn('inspector');
  const post = (path: string, body: unknown) =>
    inspector.evaluate(
      async ([url, data]) => {
        const { csrfToken } = (await (await fetch('/api/session')).json()) as { csrfToken: string };
        const r = await fetch(url as string, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-csrf-token': csrfToken },
          body: JSON.stringify(data),
        });
        return { status: r.status, body: (await r.json()) as { item: { no: string } } };
      },
      [path, body] as const,
    );
  const numbers: string[] = [];
  for (const text of ['锅炉未登记', '料场未苫盖']) {
    const made = await post('/api/problems', {
      ...{ campaign: 'shanxi-2019', unit: '松风演示化工厂', place: 141_024, aspect: 'key-dischargers', type: 'key-dischargers' },
      ...{ text, clue: 'inspection', evidence: [] },
    });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    numbers.push(made.body.item.no);
  }
  const [first = '', second = ''] = numbers;
  await inspector.context().close();
  const page = await signedIn('clerk');
  await page.goto(`${base}/c/shanxi-2019/ledger?state=found&sort=no`);
  await page.getByRole('link', { name: first }).focus();
  await page.keyboard.press('Enter');
  await page.getByText(/^\d+／\d+$/).waitFor();
  await page.getByRole('button', { name: '确认属实' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: '确认属实' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText(/^已不在列表中/).waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.locator('[role=dialog]').waitFor({ state: 'detached' });
  await page.keyboard.press('j');
  await page.waitForURL(new RegExp(`/p/${second}\\?`));
  await page.getByText(/^\d+／\d+$/).waitFor();
  await page.context().close();
});

test.each([
  [390, 'zh-CN'],
  [360, 'en-GB'],
])('the list, its days and a problem of it are good at %i px in %s', async (width, locale) => {
  const page = await signedIn('clerk', width, locale);
  await page.goto(`${base}/c/shanxi-2019/ledger?view=overdue&due=2019-08-06..2019-08-12&asOf=${august}`);
  await page.locator('.led tbody a.mono').first().waitFor();
  await page.locator('.facetbtn').click();
  expect(await barriers(page)).toEqual([]);
  await page.locator('.led tbody a.mono').first().click();
  await page.getByText(/^1(／| of )\d+$/).waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.context().close();
});

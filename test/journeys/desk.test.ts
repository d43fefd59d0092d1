import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoPassword, ensureDemoAccounts } from '../../src/app/demo-accounts.ts';
import { ensureDemo } from '../../src/app/demo.ts';
import { instant } from '../../src/domain/kernel/instant.ts';
import { buildServer } from '../../src/http/server/server.ts';
import { openDatabase, type Database } from '../../src/storage/database.ts';
import { makeServices } from '../../src/usecases/services.ts';
import { barriers } from '../support/accessibility.ts';
import { openBrowser } from '../support/browser.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { testKeeping } from '../support/keeping.ts';

// A day’s work from the desk, with the keyboard.
let db: TestDatabase;
let database: Database;
let app: Awaited<ReturnType<typeof buildServer>>['app'];
let browser: Browser;
let base = '';
const campaign = 'shanxi-2019';
const august = encodeURIComponent('2019-08-05T18:00:00+08:00');

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

async function signedIn(username: string, width = 1440, locale = 'zh-CN'): Promise<{ page: Page; context: BrowserContext }> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, locale });
  const page = await context.newPage();
  await page.goto(`${base}/signin`);
  await page.locator('input').first().fill(username);
  await page.locator('input[type=password]').fill(demoPassword);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/c\/shanxi-2019/);
  return { page, context };
}

const tokens = new Map<string, string>();
async function ask(who: string, method: 'GET' | 'POST', url: string, payload?: object): Promise<Record<string, unknown>> {
  if (!tokens.has(who)) {
    const reply = await app.inject({ method: 'POST', url: '/api/session', payload: { username: who, password: demoPassword } });
    tokens.set(who, (reply.json() as { token: string }).token);
  }
  const headers = { authorization: `Bearer ${tokens.get(who)}` };
  const reply = await app.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) });
  expect(reply.statusCode, `${url} ${reply.body.slice(0, 300)}`).toBeLessThan(300);
  return reply.json() as Record<string, unknown>;
}

async function found(unit: string): Promise<{ id: string; no: string }> {
  const body = {
    ...{ campaign, unit, place: 141_024, aspect: 'key-dischargers', type: 'key-dischargers', text: '外排水超标' },
    ...{ clue: 'hotline', evidence: [] },
  };
  return (await ask('inspector', 'POST', '/api/problems', body)).item as { id: string; no: string };
}

/** Goes on with the Tab key until something has the focus. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.first().waitFor();
  for (let i = 0; i < 80; i++) {
    if (await target.first().evaluate((e) => e === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`not reached with 80 tabs: ${target.toString()}`);
}

/** The line of a group on the desk. */
const group = (page: Page, name: string) => page.locator('.queue .grp').filter({ has: page.getByRole('heading', { name, exact: true }) });
const countOf = async (page: Page, name: string) => Number(await group(page, name).locator('.cnt b').first().innerText());

/** Back on the desk through the menu. */
async function toDesk(page: Page): Promise<void> {
  await tabTo(page, page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '今日' }));
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/desk$/);
  await page.getByRole('heading', { name: '等您办理', exact: true }).waitFor();
  await page.waitForLoadState('networkidle');
}

describe('周慎, clerk of the provincial office, with the keyboard', () => {
  test('begins at the desk, confirms one of two findings, and the count falls', async () => {
    await found('旅程演示焦化厂');
    await found('旅程演示洗煤厂');
    const { page, context } = await signedIn('clerk');
    await page.waitForURL(/\/desk$/);
    await group(page, '确认新登记').waitFor();
    expect(await countOf(page, '确认新登记')).toBe(2);
    await tabTo(page, group(page, '确认新登记').getByRole('link', { name: /逐个确认/ }));
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/ledger\?desk=confirm/);
    await page.getByText('共2条').waitFor();
    await page.getByRole('button', { name: /去掉条件等我办理：确认新登记/ }).waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/p\/SX2019-/);
    await tabTo(page, page.getByRole('button', { name: '确认属实' }));
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await tabTo(page, dialog.locator('.ant-btn-primary').last());
    await page.keyboard.press('Enter');
    await page.getByText('已确认').first().waitFor();
    await dialog.waitFor({ state: 'hidden' });
    await toDesk(page);
    await expect.poll(() => countOf(page, '确认新登记')).toBe(1);
    await page.locator('.ways').getByText('确认').first().waitFor();
    await context.close();
  });
});

describe('石远, officer of Hongtong county, with the keyboard', () => {
  test('writes the plan that waits, and it leaves the desk', async () => {
    const later = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
    const { id } = await found('旅程演示铸造厂');
    await ask('clerk', 'POST', `/api/problems/${id}/confirm?campaign=${campaign}`, {});
    await ask('clerk', 'POST', '/api/batches', { campaign, name: '第九批', deadline: later(20), problems: [id] });
    const { page, context } = await signedIn('hongtong');
    await page.waitForURL(/\/desk$/);
    await group(page, '编制整改方案').waitFor();
    expect(await page.locator('.queue .grp h3').first().innerText()).toBe('编制整改方案');
    await tabTo(
      page,
      page
        .locator('.queue .grp')
        .first()
        .getByRole('link', { name: /填方案/ }),
    );
    await page.keyboard.press('Enter');
    // The only one: its own page, not a list of one.
    await page.waitForURL(/\/p\/SX2019-/);
    await tabTo(page, page.getByRole('button', { name: '填写整改方案' }));
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await tabTo(page, dialog.getByLabel('整改目标'));
    await page.keyboard.type('外排水达标');
    await tabTo(page, dialog.locator('.ant-picker input'));
    await page.keyboard.type(later(10));
    await page.keyboard.press('Enter');
    await tabTo(page, dialog.getByLabel('主要措施'));
    await page.keyboard.type('更换曝气设备');
    await tabTo(page, dialog.locator('.ant-select input'));
    await page.keyboard.type('sx-acceptance');
    await page.keyboard.press('Enter');
    await tabTo(page, dialog.locator('.ant-btn-primary').last());
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    await toDesk(page);
    await group(page, '开始整改').waitFor();
    expect(await group(page, '编制整改方案').count()).toBe(0);
    expect(await countOf(page, '开始整改')).toBe(1);
    await context.close();
  });
});

describe('郝明远, director', () => {
  test('begins at the dashboard, whose queue has the numbers of the desk; on a telephone it comes before the figures', async () => {
    const { page, context } = await signedIn('director');
    await page.waitForURL(/\/c\/shanxi-2019$/);
    await page.locator('.queue .grp').first().waitFor();
    const short = await page
      .locator('.queue .grp')
      .evaluateAll((list) => list.map((e) => [e.querySelector('h3')?.textContent, e.querySelector('b')?.textContent]));
    await page.goto(`${base}/c/shanxi-2019/desk`);
    await page.locator('.queue .grp').first().waitFor();
    const long = await page
      .locator('.queue .grp')
      .evaluateAll((list) => list.map((e) => [e.querySelector('h3')?.textContent, e.querySelector('b')?.textContent]));
    expect(short).toEqual(long);
    await context.close();
    const narrow = await signedIn('director', 390);
    await narrow.page.locator('.queue').waitFor();
    const top = async (selector: string) => (await narrow.page.locator(selector).first().boundingBox())?.y ?? Number.NaN;
    expect(await top('.queue')).toBeLessThan(await top('.figs'));
    expect(await top('.queue')).toBeLessThan(700);
    await narrow.context.close();
  });
});

describe('the desk', () => {
  test.each([
    ['clerk', 1440, 'zh-CN'],
    ['clerk', 390, 'zh-CN'],
    ['linfen', 390, 'en-GB'],
    ['linfen', 360, 'zh-CN'],
    ['acceptance', 1440, 'en-GB'],
  ] as const)('of %s at %i px in %s has no barrier, now and in August', async (who, width, locale) => {
    const { page, context } = await signedIn(who, width, locale);
    for (const at of ['', `?asOf=${august}`]) {
      await page.goto(`${base}/c/shanxi-2019/desk${at}`);
      await page.locator('.queue').waitFor();
      expect([at, await barriers(page)]).toEqual([at, []]);
    }
    await context.close();
  });

  test('as of the past offers lists to look at, and nothing to do', async () => {
    const { page, context } = await signedIn('linfen');
    await page.goto(`${base}/c/shanxi-2019/desk?asOf=${august}`);
    await page.locator('.queue').getByText('只能看，不能办理').waitFor();
    const actions = await page.locator('.queue .go a').allInnerTexts();
    expect(actions.length).toBeGreaterThan(2);
    expect(new Set(actions)).toEqual(new Set(['看名单']));
    expect(await page.locator('.lead .btn.main').count()).toBe(0);
    await context.close();
  });

  test('of the auditor says that nothing waits; the press and a ledger without what could be mine have neither', async () => {
    const auditor = await signedIn('auditor');
    await auditor.page.getByText('现在没有等您办理的事项').first().waitFor();
    await auditor.page.goto(`${base}/c/shanxi-2019/ledger`);
    await auditor.page.locator('.views a').first().waitFor();
    await auditor.page.waitForLoadState('networkidle');
    expect(await auditor.page.locator('.views a', { hasText: '我的' }).count()).toBe(0);
    await auditor.context.close();
    const press = await signedIn('press');
    await press.page.waitForURL(/\/c\/shanxi-2019$/);
    expect(await press.page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '今日' }).count()).toBe(0);
    await press.context.close();
  });
});

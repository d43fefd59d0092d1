import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
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

// The demo as a new installation has it, with the built pages, in a real browser.
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

const august = encodeURIComponent('2019-08-05T18:00:00+08:00');

async function signedIn(username: string, width = 1440): Promise<{ page: Page; context: BrowserContext; outside: string[] }> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, locale: 'zh-CN' });
  const page = await context.newPage();
  const outside: string[] = [];
  page.on('request', (r) => {
    if (!r.url().startsWith(base) && !r.url().startsWith('data:') && !r.url().startsWith('blob:')) outside.push(r.url());
  });
  page.on('pageerror', (e) => outside.push(`error: ${e.message}`));
  await page.goto(`${base}/signin`);
  await page.getByLabel(/用户名/).fill(username);
  await page.getByLabel(/密码/).fill(demoPassword);
  await page.getByRole('button', { name: /登\s*录/ }).click();
  await page.waitForURL(/\/c\/shanxi-2019/);
  return { page, context, outside };
}

async function text(page: Page): Promise<string> {
  await page.waitForLoadState('networkidle');
  return (await page.locator('main').innerText()).replace(/\s+/g, ' ');
}

describe('周慎, clerk of the provincial office', () => {
  test('signs in and sees the press conference of 5 August, each figure opening exactly its records', async () => {
    const { page, context, outside } = await signedIn('clerk');
    await page.goto(`${base}/c/shanxi-2019?asOf=${august}`);
    await page.getByText('65.73').first().waitFor();
    const seen = await text(page);
    for (const part of ['5,686', '2,507', '1,258', '1,914', '65.73', '50.18', '539']) expect(seen).toContain(part);
    await page.locator('a[href*="clearance.rate"][href*="batches=1"]').first().click();
    await page.waitForURL(/figures\/clearance\.rate/);
    await page.getByText('差额').first().waitFor();
    await page.getByText('SX2019-').first().waitFor();
    const figure = await text(page);
    expect(figure).toMatch(/1,258/);
    expect(figure).toMatch(/1,914/);
    expect(figure).toMatch(/656/);
    expect(outside).toEqual([]);
    await context.close();
  });

  test('sees 98.71 % as of 31 October', async () => {
    const { page, context } = await signedIn('clerk');
    await page.goto(`${base}/c/shanxi-2019?asOf=${encodeURIComponent('2019-10-31T18:00:00+08:00')}`);
    await page.getByText('98.71').first().waitFor();
    await expect.poll(() => text(page)).toContain('22,234');
    await context.close();
  });

  test('finds a problem in the ledger with the keyboard and opens it', async () => {
    const { page, context } = await signedIn('clerk');
    await page.goto(`${base}/c/shanxi-2019/ledger`);
    await page.getByText('SX2019-').first().waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/p\/SX2019-\d+/);
    await page.getByRole('heading', { name: /经过/ }).waitFor();
    await context.close();
  });

  test('confirms a found problem, and it leaves the list of found ones', async () => {
    const { page, context } = await signedIn('clerk');
    const made = await page.evaluate(async () => {
      const session = (await (await fetch('/api/session')).json()) as { csrfToken: string };
      const r = await fetch('/api/problems', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-csrf-token': session.csrfToken },
        body: JSON.stringify({
          campaign: 'shanxi-2019',
          unit: '旅程演示焦化厂',
          place: 141024,
          aspect: 'key-dischargers',
          type: 'key-dischargers',
          text: '外排水超标，旅程测试',
          clue: 'hotline',
          evidence: [],
        }),
      });
      return (await r.json()) as { item: { no: string } };
    });
    await page.goto(`${base}/c/shanxi-2019/p/${made.item.no}`);
    await page.getByRole('button', { name: '确认属实' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await dialog.locator('.ant-btn-primary').last().click();
    await page.getByText('已确认').first().waitFor();
    await context.close();
  });
});

describe('段知行 of Linfen', () => {
  test('sees Linfen only: a problem of Taiyuan does not exist for him', async () => {
    const clerk = await signedIn('clerk');
    const no = await clerk.page.evaluate(async () => {
      const r = await fetch('/api/ledger?campaign=shanxi-2019&city=140100&limit=1');
      return ((await r.json()) as { rows: { no: string }[] }).rows[0]?.no ?? '';
    });
    await clerk.context.close();
    const { page, context } = await signedIn('linfen');
    await page.goto(`${base}/c/shanxi-2019/p/${no}`);
    await page.waitForLoadState('networkidle');
    expect(await page.locator('body').innerText()).not.toContain('整改方案五项');
    await page.goto(`${base}/c/shanxi-2019/ledger`);
    await page.getByText('SX2019-').first().waitFor();
    expect(await text(page)).not.toContain('太原');
    await context.close();
  });
});

describe('accessibility', () => {
  const pages = ['', '/ledger', '/figures/clearance.rate?batches=1,2,3', '/batches/2', '/method', '/p/SX2019-0412'];
  test.each([1440, 390])('no page breaks WCAG 2.2 AA rules at %i px', async (width) => {
    const { page, context } = await signedIn('clerk', width);
    const broken: string[] = [];
    for (const path of pages) {
      await page.goto(`${base}/c/shanxi-2019${path}${path.includes('?') ? '&' : '?'}asOf=${august}`);
      broken.push(...(await barriers(page)).map((found) => `${path || '/'} ${found}`));
    }
    expect(broken).toEqual([]);
    await context.close();
  });
});

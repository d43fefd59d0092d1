import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ensureDemoAccounts, demoPassword } from '../../src/app/demo-accounts.ts';
import { ensureDemo } from '../../src/app/demo.ts';
import { instant } from '../../src/domain/kernel/instant.ts';
import { buildServer } from '../../src/http/server/server.ts';
import { openDatabase, type Database } from '../../src/storage/database.ts';
import { makeServices } from '../../src/usecases/services.ts';
import { openBrowser } from '../support/browser.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { testKeeping } from '../support/keeping.ts';

let db: TestDatabase;
let database: Database;
let app: Awaited<ReturnType<typeof buildServer>>['app'];
let browser: Browser;
let base = '';

beforeAll(async () => {
  db = await freshDatabase();
  database = openDatabase({ connectionString: db.url, max: 8 });
  const keeping = await testKeeping();
  const services = makeServices(
    database,
    () => v7(),
    () => instant(Date.now()),
    keeping,
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

async function tokenOf(username: string): Promise<string> {
  const reply = await app.inject({ method: 'POST', url: '/api/session', payload: { username, password: demoPassword } });
  return (reply.json() as { token: string }).token;
}

test('周慎, clerk: a letter about a firm with a rare character comes as Word, and the page says why not as PDF', async () => {
  const campaign = 'shanxi-2019';
  const say = async (who: string, url: string, payload: object) => {
    const reply = await app.inject({ method: 'POST', url, payload, headers: { authorization: `Bearer ${await tokenOf(who)}` } });
    expect(reply.statusCode, reply.body).toBeLessThan(300);
    return reply.json() as { item: { id: string; no: string }; no: number };
  };
  const found = {
    campaign,
    unit: '𠮷祥演示焦化厂',
    place: 141_024,
    aspect: 'key-dischargers',
    type: 'key-dischargers',
    text: '外排水超标',
  };
  const { item } = await say('inspector', '/api/problems', { ...found, clue: 'inspection', evidence: [] });
  await say('clerk', `/api/problems/${item.id}/confirm?campaign=${campaign}`, {});
  const { no } = await say('clerk', '/api/batches', { campaign, name: '十一', deadline: '2099-01-01', problems: [item.id] });

  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' });
  const page = await context.newPage();
  await page.goto(`${base}/signin`);
  await page.getByLabel(/用户名/).fill('clerk');
  await page.getByLabel(/密码/).fill(demoPassword);
  await page.getByRole('button', { name: /登\s*录/ }).click();
  await page.waitForURL(/\/c\/shanxi-2019/);
  await page.goto(`${base}/c/${campaign}/batches/${no}`);
  await page.getByRole('heading', { name: '第十一批' }).waitFor();
  const links = page.locator('a[href*="/api/letters/"]');
  await links.first().click();
  const told = page.getByRole('alert');
  await told.waitFor();
  const shown = (await told.innerText()).replace(/\s+/g, ' ');
  for (const part of ['“𠮷”', 'U+20BB7', item.no, 'Word']) expect(shown).toContain(part);
  // The code is for whoever is asked for help.
  expect(await told.locator('code').textContent()).toBe('letter.undrawable');
  const saved = page.waitForEvent('download');
  await links.nth(1).click();
  const file = await saved;
  expect(file.suggestedFilename()).toBe(`${campaign}-letter-${no}-141000.docx`);
  expect((await readFile(await file.path())).subarray(0, 2).toString()).toBe('PK');
  expect(await told.count()).toBe(0);
  await context.close();
});

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ensureDemoAccounts } from '../../src/app/demo-accounts.ts';
import { ensureDemoBulletins } from '../../src/app/demo-bulletins.ts';
import { ensureDemo } from '../../src/app/demo.ts';
import { publicPaths, type PublicLang, type PublicWhere } from '../../src/contract/paths/public.ts';
import { instant } from '../../src/domain/kernel/instant.ts';
import { buildServer } from '../../src/http/server/server.ts';
import { openDatabase, type Database } from '../../src/storage/database.ts';
import { makeServices } from '../../src/usecases/services.ts';
import { barriers } from '../support/accessibility.ts';
import { openBrowser } from '../support/browser.ts';
import { testKeeping } from '../support/keeping.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

// The public pages of the demo in a real browser with scripts switched off: what a citizen or a journalist does there.
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
  await ensureDemoBulletins(services);
  ({ app } = await buildServer({ services }));
  base = await app.listen({ host: '127.0.0.1', port: 0 });
  browser = await openBrowser();
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await app?.close();
  await database?.close();
  await db?.drop();
});

const august = (lang: PublicLang): PublicWhere => ({ lang, slug: 'shanxi-2019', asOf: '2019-08-05T18:00:00+08:00' });

async function open(
  path: string,
  o: { width?: number; scripts?: boolean } = {},
): Promise<{ page: Page; context: BrowserContext; outside: string[] }> {
  const context = await browser.newContext({
    viewport: { width: o.width ?? 1440, height: 900 },
    javaScriptEnabled: o.scripts ?? false,
    acceptDownloads: true,
  });
  const page = await context.newPage();
  const outside: string[] = [];
  page.on('request', (r) => {
    if (!r.url().startsWith(base)) outside.push(r.url());
  });
  page.on('console', (m) => {
    if (m.type() === 'error' && !m.text().includes('favicon') && !m.text().includes('404')) outside.push(m.text());
  });
  await page.goto(`${base}${path}`);
  return { page, context, outside };
}

describe('李秀英 of Qingxu county, on an old phone without scripts', () => {
  test('reads the answer, finds her city and county, and goes back in time', async () => {
    const { page, context, outside } = await open(publicPaths.home(august('zh')), { width: 390 });
    await expect.poll(() => page.locator('h1').innerText()).toContain('清零率65.73%');
    await page.getByRole('link', { name: '太原市' }).click();
    await expect.poll(() => page.locator('h1').innerText()).toContain('太原市督办');
    await expect.poll(() => page.locator('main').innerText()).toContain('清徐县');
    await expect.poll(() => page.locator('main').innerText()).toContain('少于5');
    await page.getByRole('link', { name: '2019年10月31日18:00' }).click();
    await expect.poll(() => page.url()).toContain('/cities/140100?asOf=2019-10-31');
    await page.getByRole('link', { name: 'English' }).click();
    await expect.poll(() => page.locator('h1').innerText()).toContain('Taiyuan has');
    expect(outside).toEqual([]);
    expect((await context.cookies()).length).toBe(0);
    await context.close();
  });
});

describe('a journalist, without scripts', () => {
  test('opens 65.73 %, its records and its proof, downloads the list, and gets the same number and root alone', async () => {
    const { page, context } = await open(publicPaths.home(august('en')));
    await page.locator('a[href*="clearance.rate"][href*="batches=1,2,3"]').last().click();
    await expect.poll(() => page.locator('h1').innerText()).toContain('65.73%, 1,258 / 1,914');
    const proof = page.locator('[data-proof-figure="clearance.rate"]');
    const root = await proof.getAttribute('data-proof-records-root');
    await expect.poll(() => page.locator('#proof-check').count()).toBe(1);
    await expect.poll(() => page.locator('main').innerText()).toContain('none yet');
    await page.getByRole('link', { name: 'See the records it counts' }).click();
    await expect.poll(() => page.locator('tbody tr').count()).toBe(100);
    await page.getByRole('link', { name: 'Next page' }).click();
    await expect.poll(() => page.locator('tbody tr').count()).toBe(100);
    await page.getByRole('link', { name: 'Data', exact: true }).first().click();
    const row = page.locator('tr', { hasText: 'Problem list' });
    const [download] = await Promise.all([page.waitForEvent('download'), row.getByRole('link', { name: 'CSV' }).click()]);
    const text = await readFile(await download.path(), 'utf8');
    const content = text.slice(0, text.indexOf('\n# rows: ') + 1);
    expect(text).toContain(`# sha256: ${createHash('sha256').update(content).digest('hex')}`);
    const lines = content
      .trim()
      .split('\r\n')
      .slice(1)
      .map((l) => l.split(','));
    const cohort = lines.filter((l) => Number(l[5]) <= 3);
    const cleared = cohort.filter((l) => l[9] === '1').map((l) => l[0] as string);
    expect([cleared.length, cohort.length]).toEqual([1258, 1914]);
    expect(
      createHash('sha256')
        .update(
          cleared
            .sort()
            .map((no) => `${no}\n`)
            .join(''),
        )
        .digest('hex'),
    ).toBe(root);
    await context.close();
  });
});

const pages: readonly [string, (w: PublicWhere) => string][] = [
  ['campaigns', (w) => publicPaths.campaigns(w.lang)],
  ['home', publicPaths.home],
  ['cities', publicPaths.cities],
  ['city', (w) => publicPaths.city(w, 140_100)],
  ['figures', publicPaths.figures],
  ['figure', (w) => publicPaths.figure(w, 'clearance.rate', { batches: [1, 2, 3] })],
  ['verified', (w) => publicPaths.figure(w, 'clearance.verified')],
  ['records', (w) => publicPaths.records(w, 'problems.supervised')],
  ['cases', publicPaths.cases],
  ['bulletins', publicPaths.bulletins],
  ['bulletin', (w) => publicPaths.bulletin(w, 3)],
  ['corrections', publicPaths.corrections],
  ['method', publicPaths.method],
  ['data', publicPaths.data],
  ['missing', (w) => publicPaths.figure(w, 'no.such')],
];

describe('every public page', () => {
  for (const lang of ['zh', 'en'] as const) {
    for (const width of [1440, 390]) {
      test(`in ${lang} at ${width} px has no WCAG 2.2 AA violation, does not scroll sideways, and asks nothing of another site`, async () => {
        const { page, context, outside } = await open('/public', { width, scripts: true });
        for (const [name, address] of pages) {
          await page.goto(`${base}${address(august(lang))}`);
          expect([name, await barriers(page)]).toEqual([name, []]);
        }
        expect(outside).toEqual([]);
        await context.close();
      });
    }
  }
});

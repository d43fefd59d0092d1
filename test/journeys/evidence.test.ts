import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { campaign, password, testApp, type TestApp } from '../support/app.ts';
import { barriers } from '../support/accessibility.ts';
import { openBrowser } from '../support/browser.ts';
import { phonePhoto } from '../support/hostile.ts';
import { sha256 } from '../support/upload.ts';

let app: TestApp;
let browser: Browser;
let base = '';

beforeAll(async () => {
  app = await testApp(30, fileURLToPath(new URL('../../dist/web', import.meta.url)));
  base = await app.raw.listen({ host: '127.0.0.1', port: 0 });
  browser = await openBrowser();
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

async function signedIn(username: string, width = 1440): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, locale: 'zh-CN' });
  const page = await context.newPage();
  await page.goto(`${base}/signin`);
  await page.getByLabel(/用户名/).fill(username);
  await page.getByLabel(/密码/).fill(password);
  await page.getByRole('button', { name: /登\s*录/ }).click();
  await page.waitForURL(/\/c\//);
  return page;
}

/** A problem whose finding names a photo by its fingerprint only. */
async function foundWith(photo: Buffer, name: string): Promise<string> {
  const evidence = [{ sha256: sha256(photo), kind: 'photo', name, takenAt: '2019-07-30T09:15:00+08:00', bytes: photo.length }];
  const body = {
    campaign,
    unit: '听松演示焦化厂',
    place: 141_024,
    aspect: 'key-dischargers',
    type: 'key-dischargers',
    text: '外排水超标',
    clue: 'inspection',
    evidence,
  };
  return ((await app.call('finder', 'POST', '/api/problems', body)).body.item as { no: string }).no;
}

describe('an inspector of Linfen hands in what the finding only named', () => {
  test('another file is turned away, a broken line is gone on with, and then the original is sealed and seen', async () => {
    const photo = await phonePhoto(1600, 1200, 21);
    const no = await foundWith(photo, '现场照片.jpg');
    const page = await signedIn('inspector');
    await page.goto(`${base}/c/${campaign}/p/${no}`);
    const row = page.locator('.evi li', { hasText: '现场照片' });
    await row.getByText('仅有指纹，未收到原件').waitFor();
    const bring = row.locator('.bring input');
    await bring.setInputFiles({ name: 'other.jpg', mimeType: 'image/jpeg', buffer: await phonePhoto(400, 300, 0) });
    await row.getByText('不是同一个文件').waitFor();
    await page.route('**/api/uploads/*', (route) => (route.request().method() === 'PATCH' ? route.abort() : route.continue()));
    await bring.setInputFiles({ name: '现场照片.jpg', mimeType: 'image/jpeg', buffer: photo });
    await row.getByText('未传完：连接中断').waitFor({ timeout: 30_000 });
    await page.unroute('**/api/uploads/*');
    await row.getByRole('button', { name: '继续上传' }).click();
    await row.getByText('原件已封存').waitFor({ timeout: 30_000 });
    await row.getByRole('button', { name: '查看' }).click();
    const drawer = page.getByRole('dialog');
    await drawer.getByText('看的是去除位置和设备信息的副本').waitFor();
    await expect.poll(() => drawer.locator('img').evaluate((img) => (img as HTMLImageElement).naturalWidth)).toBe(1600);
    for (const step of ['收到原件', '封存', '生成副本', '查看']) await expect.poll(() => drawer.innerText()).toContain(step);
    // An inspector may not export, and is not offered to.
    expect(await drawer.getByRole('button', { name: '调取原件' }).count()).toBe(0);
    await page.context().close();
  });

  test.each([1440, 390])('the evidence and its custody break no WCAG 2.2 AA rule at %i px', async (width) => {
    // Other bytes at each width: what one run exports stands in the custody of the same object.
    const photo = await phonePhoto(900, 700, width % 97);
    const no = await foundWith(photo, `照片${width}.jpg`);
    const page = await signedIn('clerk', width);
    await page.goto(`${base}/c/${campaign}/p/${no}`);
    await page.locator('.bring input').setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer: photo });
    const row = page.locator('.evi li', { hasText: `照片${width}` });
    await row.getByText('原件已封存').waitFor({ timeout: 30_000 });
    await page.getByRole('button', { name: '上传证据' }).click();
    await page.locator('.evi-in').waitFor();
    expect(await barriers(page)).toEqual([]);
    await row.getByRole('button', { name: '保管链' }).click();
    await page.locator('#export-purpose').fill('行政复议举证');
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: '调取原件' }).click();
    expect((await download).suggestedFilename()).toBe(`照片${width}.jpg`);
    expect(readFileSync(await (await download).path()).equals(photo)).toBe(true);
    await page.getByRole('dialog').getByText('用途：行政复议举证').waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.context().close();
  });
});

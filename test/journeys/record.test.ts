import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { barriers } from '../support/accessibility.ts';
import { campaign, password, testApp, type TestApp } from '../support/app.ts';
import { openBrowser } from '../support/browser.ts';
import { phonePhoto } from '../support/hostile.ts';
import { sha256 } from '../support/upload.ts';

let app: TestApp;
let browser: Browser;
let base = '';
const shots = process.env.CLEARZERO_SHOTS;

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
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  await page.goto(`${base}/signin`);
  await page.getByLabel(/用户名/).fill(username);
  await page.getByLabel(/密码/).fill(password);
  await page.getByRole('button', { name: /登\s*录/ }).click();
  await page.waitForURL(/\/c\//);
  return page;
}
const shot = async (page: Page, name: string) => {
  if (shots !== undefined) await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true });
};
async function source(name: string): Promise<string> {
  const made = await app.call('inspector', 'POST', '/api/sources', { campaign, name, uscc: null, place: 141_024, industry: '2521' });
  return made.body.id as string;
}
const officeOf = (path: string) => `${base}/c/${campaign}/${path}`;

/** Tabs on until the element with this id, or one inside it, has the focus. */
async function tabTo(page: Page, id: string): Promise<void> {
  for (let i = 0; i < 60; i++) {
    if (await page.evaluate<boolean>(`document.activeElement?.closest('#${id}') !== null`)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`no way to #${id} by Tab`);
}

describe('an inspector of Linfen records what was found', () => {
  test('on a source that exists, with a photo, by keyboard: the original is kept, and custody names the inspector', async () => {
    const id = await source('松涛演示焦化厂');
    await app.call('finder', 'POST', '/api/problems', {
      ...{ campaign, sourceId: id, unit: '松涛演示焦化厂', place: 141_024, aspect: 'key-dischargers', type: 'key-dischargers' },
      ...{ text: '脱硫塔停运，台账补写', clue: 'inspection', evidence: [] },
    });
    const page = await signedIn('inspector');
    await page.goto(officeOf('ledger'));
    await page.getByRole('link', { name: '登记问题' }).focus();
    await page.keyboard.press('Enter');
    await page.locator('#source').waitFor();
    await tabTo(page, 'source');
    await page.keyboard.type('松涛演示');
    await page.getByRole('option', { name: /松涛演示焦化厂/ }).waitFor();
    await page.getByText('查到1家').waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.locator('.chosen').getByText('松涛演示焦化厂').waitFor();
    await expect.poll(() => page.evaluate('document.activeElement?.id')).toBe('found');
    await tabTo(page, 'aspect');
    await page.keyboard.press('Space');
    await tabTo(page, 'text');
    await page.keyboard.type('脱硫塔停运，加药泵流量显示0.00');
    // What was found there before is told, and is not merged.
    await page.locator('.dups li').first().waitFor();
    expect(await page.locator('.dups li').first().innerText()).toMatch(/同一污染源/);
    if ((await page.locator('#type').inputValue()) === '') await page.locator('#type').selectOption({ index: 1 });
    const photo = await phonePhoto(1200, 900, 33);
    await tabTo(page, 'evidence');
    await page.locator('#evidence').setInputFiles({ name: '加药泵.jpg', mimeType: 'image/jpeg', buffer: photo });
    await page.getByText('登记后上传').waitFor();
    await shot(page, 'record-1440');
    expect(await barriers(page)).toEqual([]);
    await page.locator('.bar button.main').focus();
    await page.keyboard.press('Enter');
    await page.getByText('1件原件全部收到并封存').waitFor({ timeout: 30_000 });
    await shot(page, 'recorded-1440');
    expect(await barriers(page)).toEqual([]);
    const no = await page.locator('.recorded h2 a').innerText();
    // The next one at this source begins with it, though it was chosen on the page and not by an address.
    await page.getByRole('button', { name: '在同一污染源再登记一个' }).click();
    await page.locator('.chosen').getByText('松涛演示焦化厂').waitFor();
    expect(await page.locator('#text').inputValue()).toBe('');
    const kept = (await app.call('clerk', 'GET', `/api/items/${no}/evidence?campaign=${campaign}`)).body as unknown as {
      objects: { sha256: string }[];
    };
    expect(kept.objects.map((o) => o.sha256)).toEqual([sha256(photo)]);
    const custody = (await app.call('clerk', 'GET', `/api/evidence/${sha256(photo)}/custody?campaign=${campaign}`)).body as unknown as {
      acts: { kind: string; actor: { name: string; org: string } }[];
    };
    expect(custody.acts.find((a) => a.kind === 'EvidenceReceived')?.actor).toMatchObject({ name: 'inspector 某', org: 'team-141000' });
    const item = (await app.call('clerk', 'GET', `/api/items/${no}?campaign=${campaign}`)).body as unknown as {
      item: { sourceId: string };
    };
    expect(item.item.sourceId).toBe(id);
    await page.goto(officeOf(`p/${no}`));
    await page.locator('.evi').getByText('原件已封存').waitFor();
    expect(await page.getByText('仅有指纹').count()).toBe(0);
    await page.context().close();
  });

  test('one after the other from an inspection by two officers, at 390 px', async () => {
    const id = await source('柳湾演示焦化厂');
    const page = await signedIn('inspector', 390);
    await page.goto(officeOf(`sources/${id}`));
    await page.getByRole('link', { name: '记录现场检查' }).click();
    await page.locator('#second').fill('inspector 某');
    await page.locator('#legalBody').fill('临汾市生态环境保护综合行政执法队');
    await page.locator('#aspect').selectOption('key-dischargers');
    await page.getByLabel('发现问题', { exact: true }).check();
    await page.locator('#text').fill('查看焦炉烟气治理设施');
    const send = page.getByRole('button', { name: '记录检查，接着登记问题' });
    await send.click();
    // The same person twice is one officer; what was typed stays.
    await page.getByText('须有两名不同的执法人员').waitFor();
    await page.locator('#second').fill('李某');
    await shot(page, 'inspect-390');
    expect(await barriers(page)).toEqual([]);
    await send.click();
    await page.waitForURL(/\/record\?/);
    for (const text of ['加药泵停运', '堆场未苫盖，面积约900平方米']) {
      await page.locator('#text').fill(text);
      if ((await page.locator('#type').inputValue()) === '') await page.locator('#type').selectOption({ index: 1 });
      await shot(page, 'record-390');
      expect(await barriers(page)).toEqual([]);
      await page.getByRole('button', { name: '登记', exact: true }).click();
      await page.getByRole('button', { name: '在同一污染源再登记一个' }).click();
      await page.locator('#text').waitFor();
    }
    await page.goto(officeOf(`sources/${id}`));
    await expect.poll(() => page.locator('table tbody tr').count()).toBe(2);
    expect(await page.locator('.tl').innerText()).toContain('现场检查');
    await page.context().close();
  });

  test('with a file that the browser lost at a reload: it is asked for again, never left at its fingerprint', async () => {
    const id = await source('竹风演示焦化厂');
    const page = await signedIn('inspector');
    await page.goto(officeOf(`record?source=${id}`));
    await page.locator('#text').fill('加药泵停运');
    const file = { name: '现场.jpg', mimeType: 'image/jpeg', buffer: await phonePhoto(700, 500, 4) };
    await page.locator('#evidence').setInputFiles(file);
    await page.getByText('登记后上传').waitFor();
    await page.reload();
    await page.locator('.draftnote').waitFor();
    await page.getByText('请再选一次这个文件').waitFor();
    await page.locator('#aspect label').first().click();
    if ((await page.locator('#type').inputValue()) === '') await page.locator('#type').selectOption({ index: 1 });
    await page.getByRole('button', { name: '登记', exact: true }).click();
    expect(await page.locator('.recorded').count()).toBe(0);
    await page.locator('#evidence').setInputFiles(file);
    await page.getByText('登记后上传').waitFor();
    await page.getByRole('button', { name: '登记', exact: true }).click();
    await page.getByText('1件原件全部收到并封存').waitFor({ timeout: 30_000 });
    await page.context().close();
  });
});

describe('who may not', () => {
  test('a county officer sees the source and no button; the neighbour city does not find it', async () => {
    const id = await source('梅坞演示焦化厂');
    const page = await signedIn('hongtong');
    await page.goto(officeOf(`sources/${id}`));
    await page.getByRole('heading', { name: '梅坞演示焦化厂' }).waitFor();
    expect(await page.getByRole('link', { name: /登记问题|记录现场检查/ }).count()).toBe(0);
    await page.context().close();
    const other = await signedIn('taiyuan');
    await other.goto(officeOf(`sources/${id}`));
    await other.getByRole('heading', { name: '没有找到这一页' }).waitFor();
    await other.context().close();
  });
});

test.each([1440, 390])('the list of sources and its form break no WCAG 2.2 AA rule at %i px', async (width) => {
  const page = await signedIn('clerk', width);
  await page.goto(officeOf('sources'));
  await page.locator('tbody tr').first().waitFor();
  await shot(page, `sources-${width}`);
  expect(await barriers(page)).toEqual([]);
  await page.goto(officeOf('sources?q=没有这样的名字'));
  await page.getByText('没有符合条件的污染源').waitFor();
  await page.goto(officeOf('sources/new'));
  await page.locator('#name').fill(`新登记${width}焦化厂`);
  await page.locator('#place').selectOption('141024');
  await page.locator('#industry').fill('2521');
  await page.locator('#uscc').fill('911302006992296170');
  await page.getByRole('button', { name: '登记污染源' }).click();
  await page.getByRole('alert').getByText('校验不符').waitFor();
  await shot(page, `new-source-${width}`);
  expect(await barriers(page)).toEqual([]);
  await page.locator('#uscc').fill('91130200699229617x');
  await page.getByRole('button', { name: '登记污染源' }).click();
  await page.getByRole('heading', { name: `新登记${width}焦化厂` }).waitFor();
  await shot(page, `source-${width}`);
  expect(await barriers(page)).toEqual([]);
  await page.context().close();
});

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { barriers } from '../support/accessibility.ts';
import { campaign, password, testApp, type TestApp } from '../support/app.ts';
import { openBrowser } from '../support/browser.ts';
import { phonePhoto } from '../support/hostile.ts';
import { sha256 } from '../support/upload.ts';

// Nothing typed is lost: whatever way out of a form is taken, the text is there again, and it is sent exactly once.
let app: TestApp;
let browser: Browser;
let base = '';
const web = fileURLToPath(new URL('../../dist/web', import.meta.url));
const shots = process.env.CLEARZERO_SHOTS;

beforeAll(async () => {
  app = await testApp(30, web);
  base = await app.raw.listen({ host: '127.0.0.1', port: 0 });
  browser = await openBrowser();
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

async function signIn(page: Page, username: string): Promise<void> {
  await page.goto(`${base}/signin`);
  await page.getByLabel(/用户名/).fill(username);
  await page.getByLabel(/密码/).fill(password);
  await page.getByRole('button', { name: /登\s*录/ }).click();
  await page.waitForURL(/\/c\//);
}

async function signedIn(username: string, width = 1440): Promise<{ page: Page; context: BrowserContext; posts: string[] }> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, locale: 'zh-CN' });
  const page = await context.newPage();
  context.setDefaultTimeout(12_000);
  const posts: string[] = [];
  page.on('request', (r) => {
    if (r.method() === 'POST') posts.push(`${new URL(r.url()).pathname} ${r.postData() ?? ''}`);
  });
  await signIn(page, username);
  return { page, context, posts };
}

const shot = async (page: Page, name: string) => {
  if (shots !== undefined) await page.screenshot({ path: `${shots}/${name}.png` });
};
const ledger = () => `${base}/c/${campaign}/ledger`;
const note = (page: Page) => page.locator('.draftnote');
const signInOver = (page: Page) => page.getByRole('dialog', { name: '登录已结束，请重新登录' });

async function openNew(page: Page): Promise<void> {
  await page.getByRole('link', { name: '登记问题' }).click();
  await page.locator('.record #text').waitFor();
}

/** A unit that is on no list of sources. */
async function nameUnit(page: Page, unit: string): Promise<void> {
  await page.getByRole('button', { name: '名单上没有' }).click();
  await page.locator('.record #unit').fill(unit);
}

const record = (page: Page) => page.locator('.record .bar button.main').click();

async function fillNew(page: Page, unit: string): Promise<void> {
  await nameUnit(page, unit);
  await page.locator('.record #place').selectOption('141024');
  await page.locator('.record #aspect label').first().click();
  await page.locator('.record #type').selectOption({ index: 1 });
  await page.locator('.record #text').fill('外排水超标，逐字写下的一段话');
}

async function countOf(unit: string): Promise<number> {
  const r = await app.call('clerk', 'GET', `/api/ledger/total?campaign=${campaign}&q=${encodeURIComponent(unit)}`);
  return r.body.total as number;
}

const send = (page: Page) => page.locator('.ant-modal-footer .ant-btn-primary').click();

describe('a new problem, typed by an inspector of Linfen', () => {
  test('is there after Escape, a click beside it, Back, a reload and an ended session, and is recorded once', async () => {
    const { page, context, posts } = await signedIn('inspector');
    await page.goto(ledger());
    await openNew(page);
    await fillNew(page, '逐字焦化厂');
    const stillThere = async () => {
      await note(page).waitFor();
      expect(await note(page).innerText()).toMatch(/还原了.*未提交的内容/);
      expect(await page.locator('.record #unit').inputValue()).toBe('逐字焦化厂');
      expect(await page.locator('.record #text').inputValue()).toBe('外排水超标，逐字写下的一段话');
      expect(await page.locator('.record #place').inputValue()).toBe('141024');
    };
    await page.goto(ledger());
    await openNew(page);
    await stillThere();
    await shot(page, 'draft-1440');
    expect(await barriers(page)).toEqual([]);
    // A link of the page keeps it as well.
    await page.getByRole('navigation').getByRole('link', { name: '通报' }).click();
    await page.goto(ledger());
    await openNew(page);
    await stillThere();
    await page.goBack();
    await page.goForward();
    await stillThere();
    await page.reload();
    await stillThere();

    await context.clearCookies({ name: /session/ });
    await context.clearCookies();
    await record(page);
    await signInOver(page).waitFor();
    await shot(page, 'renew-1440');
    expect(await barriers(page)).toEqual([]);
    // Escape is for the dialog above; the form below stays.
    await page.keyboard.press('Escape');
    await signInOver(page).waitFor({ state: 'hidden' });
    await page.locator('.record').getByText('请先登录').waitFor();
    expect(await page.locator('.record #unit').inputValue()).toBe('逐字焦化厂');
    await record(page);
    await signInOver(page).getByLabel('密码').fill('wrong password here');
    await page.keyboard.press('Enter');
    await signInOver(page).getByRole('alert').waitFor();
    await signInOver(page).getByLabel('密码').fill(password);
    await page.keyboard.press('Enter');
    await page.locator('.recorded').waitFor();
    expect(await countOf('逐字焦化厂')).toBe(1);
    const ids = posts.filter((p) => p.startsWith('/api/problems ')).map((p) => (JSON.parse(p.slice(14)) as { id: string }).id);
    expect(ids.length).toBeGreaterThanOrEqual(3);
    expect(new Set(ids).size).toBe(1);
    await page.goto(ledger());
    await openNew(page);
    expect([await note(page).count(), await page.locator('.record #unit').count()]).toEqual([0, 0]);
    await context.close();
  });

  test('goes on when its person signed in again in another tab', async () => {
    const { page, context } = await signedIn('inspector');
    await page.goto(ledger());
    await openNew(page);
    await fillNew(page, '另页登录焦化厂');
    await context.clearCookies();
    await signIn(await context.newPage(), 'inspector');
    await record(page);
    await page.locator('.recorded').waitFor();
    expect(await countOf('另页登录焦化厂')).toBe(1);
    await context.close();
  });

  test('is never sent in the name of another person who signed in meanwhile, who never sees it either', async () => {
    const { page, context } = await signedIn('inspector');
    await page.goto(ledger());
    await openNew(page);
    await fillNew(page, '他人登录焦化厂');
    await context.clearCookies();
    const other = await context.newPage();
    await signIn(other, 'clerk');
    await page.bringToFront();
    await record(page);
    await page.locator('.record').getByText('没有以别人的名义提交').waitFor();
    expect([await countOf('他人登录焦化厂'), await page.locator('.record #unit').inputValue()]).toEqual([0, '他人登录焦化厂']);
    await other.goto(ledger());
    await openNew(other);
    expect([await note(other).count(), await other.locator('.record #unit').count()]).toEqual([0, 0]);

    // The dialog over the form: somebody else signs in there.
    await context.clearCookies();
    await record(page);
    await signInOver(page).getByLabel('用户名').fill('clerk');
    await signInOver(page).getByLabel('密码').fill(password);
    await page.keyboard.press('Enter');
    await signInOver(page).getByText('没有以别人的名义提交').waitFor();
    expect(await countOf('他人登录焦化厂')).toBe(0);
    await signInOver(page).getByRole('button', { name: '打开当前登录者的页面' }).click();
    await page.waitForURL(/\/c\//);
    await page.goto(ledger());
    await openNew(page);
    expect(await note(page).count()).toBe(0);

    // Its own person comes back.
    await context.clearCookies();
    await signIn(page, 'inspector');
    await page.goto(ledger());
    await openNew(page);
    await note(page).waitFor();
    await record(page);
    await page.locator('.recorded').waitFor();
    expect(await countOf('他人登录焦化厂')).toBe(1);
    await context.close();
  });

  test('is discarded on request, and all of it goes at sign-out, which asks', async () => {
    const { page, context } = await signedIn('inspector');
    await page.goto(ledger());
    await openNew(page);
    await nameUnit(page, '不要了');
    await page.goto(ledger());
    await openNew(page);
    await note(page).getByRole('button').click();
    expect([await page.locator('.record #unit').count(), await note(page).count()]).toEqual([0, 0]);
    await nameUnit(page, '第二稿');
    await page.goto(ledger());
    const kept = () => page.evaluate<number>(`Object.keys(localStorage).filter((k) => k.startsWith('clearzero.draft/')).length`);
    expect(await kept()).toBe(1);
    const asked: string[] = [];
    let answer = false;
    page.on('dialog', (d) => {
      asked.push(d.message());
      void (answer ? d.accept() : d.dismiss());
    });
    await page.locator('.who summary').click();
    await page.getByRole('button', { name: '退出登录' }).click();
    expect(asked[0]).toContain('1处');
    expect([await kept(), page.url()]).toEqual([1, ledger()]);
    answer = true;
    await page.getByRole('button', { name: '退出登录' }).click();
    await page.waitForURL(/signin/);
    expect(await kept()).toBe(0);
    await context.close();
  });
});

describe('a command on a problem', () => {
  async function found(unit: string): Promise<{ no: string; id: string }> {
    const body = {
      campaign,
      unit,
      place: 141_024,
      aspect: 'key-dischargers',
      type: 'key-dischargers',
      text: '外排水超标',
      clue: 'inspection',
      evidence: [],
    };
    return (await app.call('finder', 'POST', '/api/problems', body)).body.item as { no: string; id: string };
  }

  test('that somebody overtook shows what they did and keeps the text; going on is recorded once', async () => {
    const { no, id } = await found('抢先焦化厂');
    const act = async (verb: string, body: object) =>
      expect((await app.call('clerk2', 'POST', `/api/problems/${id}/${verb}?campaign=${campaign}`, body)).status).toBeLessThan(300);
    await act('confirm', {});
    const { page, context } = await signedIn('clerk', 390);
    await page.goto(`${base}/c/${campaign}/p/${no}`);
    await page.getByText('其他办理').click();
    await page.getByRole('button', { name: '撤回', exact: true }).click();
    await page.locator('.ant-modal #reason').fill('与另一问题重复，写了很久的理由');
    await act('assign', { government: 'gov-141024', department: '洪洞县生态环境局', person: '李某' });
    await send(page);
    await page.locator('.meanwhile').waitFor();
    expect(await page.locator('.meanwhile').innerText()).toMatch(/clerk2 某/);
    await page.locator('.ant-modal .fail').waitFor();
    expect(await page.locator('.ant-modal .fail code').textContent()).toBe('problem.changed');
    expect(await page.locator('.ant-modal #reason').inputValue()).toBe('与另一问题重复，写了很久的理由');
    await shot(page, 'meanwhile-390');
    await page.keyboard.press('Escape');
    await page.reload();
    await page.getByText('其他办理').click();
    await page.getByRole('button', { name: '撤回', exact: true }).click();
    await note(page).waitFor();
    await shot(page, 'draft-390');
    expect(await barriers(page)).toEqual([]);
    // The version that was typed over is still the old one: what happened since is still told.
    await page.getByRole('button', { name: '已看过，按最新情况继续办理' }).click();
    await context.clearCookies();
    await send(page);
    await signInOver(page).waitFor();
    await shot(page, 'renew-390');
    await signInOver(page).getByLabel('密码').fill(password);
    await page.keyboard.press('Enter');
    await page.locator('.proposal').waitFor();
    const item = (await app.call('clerk', 'GET', `/api/items/${no}?campaign=${campaign}`)).body as unknown as { acts: { kind: string }[] };
    expect(item.acts.map((a) => a.kind)).toEqual(['ProblemFound', 'ProblemConfirmed', 'ProblemAssigned', 'WithdrawalProposed']);
    await context.close();
  });

  test('an upload whose session ended goes on after signing in', async () => {
    const photo = await phonePhoto(900, 700, 5);
    const { no } = await found('续传焦化厂');
    const { page, context } = await signedIn('inspector');
    await page.goto(`${base}/c/${campaign}/p/${no}`);
    await page.getByRole('button', { name: '上传证据' }).click();
    await page.locator('.evi-in input').first().waitFor();
    await context.clearCookies();
    await page.locator('.evi-in input').first().setInputFiles({ name: '现场.jpg', mimeType: 'image/jpeg', buffer: photo });
    await signInOver(page).getByLabel('密码').fill(password);
    await page.keyboard.press('Enter');
    await page.locator('.evi-in').getByText('原件已封存').waitFor({ timeout: 30_000 });
    const kept = (await app.call('clerk', 'GET', `/api/items/${no}/evidence?campaign=${campaign}`)).body as unknown as {
      objects: { sha256: string }[];
    };
    expect(kept.objects.map((o) => o.sha256)).toEqual([sha256(photo)]);
    await context.close();
  });

  test('a claim comes back with its files after a reload, says which originals arrived, and is recorded once', async () => {
    const { no, id } = await found('申报焦化厂');
    const act = async (who: string, verb: string, body: object) => {
      const r = await app.call(who, 'POST', `/api/problems/${id}/${verb}?campaign=${campaign}`, body);
      expect([verb, r.body.code, r.status < 300]).toEqual([verb, undefined, true]);
    };
    const soon = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
    await act('clerk', 'confirm', {});
    await act('clerk', 'assign', { government: 'gov-141024', department: '洪洞县生态环境局', person: '李某' });
    const batch = { campaign, name: '申报一批', deadline: soon, problems: [id] };
    expect((await app.call('clerk', 'POST', '/api/batches', batch)).body.code).toBeUndefined();
    await act('hongtong', 'plan', {
      implementer: '申报焦化厂',
      goal: '达标',
      deadline: soon,
      measures: '改造',
      acceptanceBody: 'sx-acceptance',
    });
    await act('hongtong', 'start', {});
    const { page, context } = await signedIn('hongtong');
    const openClaim = async () => {
      await page.goto(`${base}/c/${campaign}/p/${no}`);
      await page.getByRole('button', { name: '申报完成', exact: true }).click();
      await page.locator('.ant-modal #text').waitFor();
    };
    await openClaim();
    await page.locator('.ant-modal #text').fill('已完成整改');
    const photo = await phonePhoto(800, 600, 9);
    await page.locator('.ant-modal .evi-in input').first().setInputFiles({ name: '整改后.jpg', mimeType: 'image/jpeg', buffer: photo });
    await page.locator('.ant-modal').getByText('原件已封存').waitFor({ timeout: 30_000 });
    await page.reload();
    await openClaim();
    await note(page).waitFor();
    expect(await page.locator('.ant-modal #text').inputValue()).toBe('已完成整改');
    await page.locator('.ant-modal').getByText('整改后.jpg').waitFor();
    await page.locator('.ant-modal').getByText('原件已封存').waitFor();
    await context.clearCookies();
    await send(page);
    await signInOver(page).getByLabel('密码').fill(password);
    await page.keyboard.press('Enter');
    await page.locator('.ant-modal').waitFor({ state: 'hidden' });
    const item = (await app.call('clerk', 'GET', `/api/items/${no}?campaign=${campaign}`)).body as unknown as { acts: { kind: string }[] };
    expect(item.acts.filter((a) => a.kind === 'RectificationClaimed')).toHaveLength(1);
    await context.close();
  });

  test('a page that is opened after the session ended asks over itself, and then shows what was wanted', async () => {
    const { page, context } = await signedIn('clerk');
    await page.goto(ledger());
    await page.locator('tbody tr').first().waitFor();
    await context.clearCookies();
    await page.getByRole('navigation').getByRole('link', { name: '通报' }).click();
    await page.getByRole('alert').getByRole('button', { name: '重新登录' }).first().click();
    await signInOver(page).getByLabel('密码').fill(password);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: '公开的数据时刻' }).waitFor();
    await context.close();
  });

  test('where the browser stores nothing, leaving is asked about', async () => {
    const { no } = await found('存不下焦化厂');
    const { page, context } = await signedIn('clerk');
    await page.addInitScript(`Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }`);
    await page.goto(`${base}/c/${campaign}/p/${no}`);
    await page.getByText('其他办理').click();
    await page.getByRole('button', { name: '认定不属实', exact: true }).click();
    await page.locator('.ant-modal #reason').fill('没有地方存');
    const asked: string[] = [];
    page.on('dialog', (d) => {
      asked.push(d.type());
      void (asked.length < 3 ? d.dismiss() : d.accept());
    });
    await page.keyboard.press('Escape');
    await expect.poll(() => asked).toEqual(['confirm']);
    expect(await page.locator('.ant-modal #reason').inputValue()).toBe('没有地方存');
    await page.reload({ timeout: 2000 }).catch(() => undefined);
    await expect.poll(() => asked).toEqual(['confirm', 'beforeunload']);
    expect(await page.locator('.ant-modal #reason').inputValue()).toBe('没有地方存');
    await page.keyboard.press('Escape');
    await page.locator('.ant-modal').waitFor({ state: 'hidden' });
    await context.close();
  });
});

describe('many problems at once', () => {
  test('what is typed in the bar comes back; a person’s name is not kept, and leaving it is asked about', async () => {
    const { page, context } = await signedIn('clerk');
    await page.goto(ledger());
    const select = async () => {
      await page.locator('tbody input[type=checkbox]').first().click();
      await page.locator('.selbar').waitFor();
    };
    await select();
    await page.locator('.selbar').getByRole('button', { name: '分派', exact: true }).first().click();
    const fields = page.locator('.selbar .opform input.ant-input');
    await fields.nth(0).fill('洪洞县生态环境局');
    await fields.nth(1).fill('王某某');
    expect(await page.evaluate<string>('JSON.stringify(localStorage)')).not.toContain('王某某');
    const asked: string[] = [];
    page.on('dialog', (d) => {
      asked.push(d.type());
      void (asked.length === 1 ? d.dismiss() : d.accept());
    });
    await page.getByRole('navigation').getByRole('link', { name: '总览' }).first().click();
    await expect.poll(() => asked.length).toBe(1);
    expect(await fields.nth(1).inputValue()).toBe('王某某');
    await page.getByRole('navigation').getByRole('link', { name: '总览' }).first().click();
    await page.waitForURL((url) => !url.pathname.endsWith('/ledger'));
    await page.goto(ledger());
    await select();
    await note(page).waitFor();
    expect([await fields.nth(0).inputValue(), await fields.nth(1).inputValue()]).toEqual(['洪洞县生态环境局', '']);
    await context.close();
  });

  test('Escape that belongs to an input method clears nothing', async () => {
    const { page, context } = await signedIn('clerk');
    await page.goto(ledger());
    const boxes = page.locator('tbody input[type=checkbox]');
    await boxes.nth(0).click();
    await boxes.nth(1).click();
    const press = (composing: boolean) =>
      page.evaluate<string>(`(() => {
        const input = document.querySelector('input[data-search]');
        input.focus();
        const key = new KeyboardEvent('keydown', { key: 'Escape', isComposing: ${composing}, keyCode: ${composing ? 229 : 27}, bubbles: true, cancelable: true });
        input.dispatchEvent(key);
        return document.activeElement === input ? 'still there' : 'gone';
      })()`);
    expect(await press(true)).toBe('still there');
    expect(await page.locator('.selbar .k').innerText()).toContain('2');
    expect(await press(false)).toBe('gone');
    await page.locator('.selbar').waitFor({ state: 'hidden' });
    await context.close();
  });
});

describe('a bulletin', () => {
  const editor = (page: Page) => page.getByRole('textbox', { name: '正文' });
  const paste = (page: Page, html: string) =>
    page.evaluate(`(() => {
      const data = new DataTransfer();
      data.setData('text/html', ${JSON.stringify(html)});
      document.querySelector('.ProseMirror').dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    })()`);
  const bulletins = async () =>
    (await app.call('clerk', 'GET', `/api/bulletins?campaign=${campaign}`)).body as unknown as {
      bulletins: { id: string; title: string; version: number }[];
    };

  test('comes back after a reload and a link, is saved once over an ended session, and two who write see each other', async () => {
    const { page, context } = await signedIn('clerk');
    await page.goto(`${base}/c/${campaign}/bulletins/new?kind=press&lang=zh`);
    await page.getByLabel('标题', { exact: true }).fill('写了很久的通报');
    await editor(page).click();
    await page.keyboard.press('Control+Home');
    await page.keyboard.type('写了很久的一句话。');
    await page.reload();
    await note(page).waitFor();
    expect(await page.getByLabel('标题', { exact: true }).inputValue()).toBe('写了很久的通报');
    await expect.poll(() => editor(page).innerText()).toContain('写了很久的一句话。');
    await page.locator('.crumb a').first().click();
    await page.getByRole('heading', { name: '通报', exact: true }).waitFor();
    await page.goBack();
    await note(page).waitFor();
    await context.clearCookies();
    await editor(page).click();
    await page.keyboard.press('Control+s');
    await signInOver(page).getByLabel('密码').fill(password);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/edit/);
    const made = (await bulletins()).bulletins.filter((b) => b.title === '写了很久的通报');
    expect(made.map((b) => b.version)).toEqual([1]);
    await expect.poll(() => editor(page).innerText()).toContain('写了很久的一句话。');
    expect(await note(page).count()).toBe(0);

    const id = made[0]?.id ?? '';
    const stored = async () =>
      (await app.call('clerk', 'GET', `/api/bulletins/${id}?campaign=${campaign}`)).body as unknown as {
        body: string;
        version: number;
        title: string;
        lang: string;
        asOf: string;
      };
    await editor(page).click();
    await page.keyboard.press('Control+Home');
    await page.keyboard.type('我的补充。');
    const { title, lang, asOf, body } = await stored();
    const theirs = { version: 1, title, lang, asOf, body: `${body}\n\n另一人的补充。` };
    expect((await app.call('clerk2', 'POST', `/api/bulletins/${id}/revise?campaign=${campaign}`, theirs)).status).toBeLessThan(300);
    await page.keyboard.press('Control+s');
    await page.locator('.conflict').waitFor();
    expect(await page.locator('.conflict').innerText()).toMatch(/clerk2 某[^]*另一人的补充/);
    await expect.poll(() => editor(page).innerText()).toContain('我的补充。');
    await shot(page, 'conflict-1440');
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('button', { name: '已看过，以我的文字为准' }).click();
    await page.keyboard.press('Control+s');
    await editor(page).click();
    await page.keyboard.press('Control+s');
    await expect.poll(async () => (await stored()).version).toBe(3);
    expect((await stored()).body).toContain('我的补充。');
    await context.close();
  });

  test('a pasted table keeps its columns and deleted text is not pasted: what is shown is what is stored', async () => {
    const { page, context } = await signedIn('clerk');
    await page.goto(`${base}/c/${campaign}/bulletins/new?kind=press&lang=zh`);
    await page.getByLabel('标题', { exact: true }).fill('粘贴的表');
    await editor(page).click();
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Delete');
    await paste(page, '<p>督办<del>2057</del><ins>2507</ins>个</p>');
    await page.keyboard.press('Enter');
    await paste(
      page,
      '<table><tr><td rowspan=2>市</td><td colspan=2>数量</td></tr><tr><td>督办</td><td>整改</td></tr><tr><td>太原</td><td>739</td><td>726</td></tr></table>',
    );
    await note(page).waitFor();
    expect(await note(page).innerText()).toContain('合并单元格');
    const cells = () =>
      page.locator('.ProseMirror tr').evaluateAll((rows) => rows.map((r) => [...r.children].map((c) => c.textContent ?? '')));
    const shown = await cells();
    expect(shown).toEqual([
      ['市', '数量', ''],
      ['', '督办', '整改'],
      ['太原', '739', '726'],
    ]);
    await page.keyboard.press('Control+s');
    await page.waitForURL(/\/edit/);
    const id = new URL(page.url()).pathname.split('/').at(-2) ?? '';
    const { body } = (await app.call('clerk', 'GET', `/api/bulletins/${id}?campaign=${campaign}`)).body as unknown as { body: string };
    expect(body.split('\n').filter((line) => line.startsWith('|'))).toEqual([
      '| 市 | 数量 |  |',
      '|  | 督办 | 整改 |',
      '| 太原 | 739 | 726 |',
    ]);
    expect(body).toContain('督办2507个');
    await page.reload();
    await expect.poll(cells).toEqual(shown);
    await context.close();
  });
});

test('the scripts of the office’s shell stay within 260 KB compressed', () => {
  const html = readFileSync(`${web}/index.html`, 'utf8');
  const scripts = [...html.matchAll(/assets\/[^"]+\.js/g)].map(([path]) => gzipSync(readFileSync(`${web}/${path}`)).length);
  expect(scripts.length).toBeGreaterThan(3);
  expect(scripts.reduce((a, b) => a + b, 0)).toBeLessThan(260_000);
});

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { documentWith, Part } from '../../../../test/support/page-parts.ts';
import { Bad, Report } from './report.ts';
import { words } from './words.ts';

beforeEach(
  () =>
    void vi.stubGlobal(
      'document',
      documentWith(() => ({})),
    ),
);
afterEach(() => void vi.unstubAllGlobals());

function report(lang: 'zh' | 'en' = 'en') {
  const place = new Part();
  return { place, made: new Report(place as unknown as HTMLElement, words[lang]) };
}
const ok = () => ({ text: 'fine', value: 1 });
const bad = () => {
  throw new Bad('does not hold');
};
const broken = () => {
  throw new TypeError('cannot read properties of undefined');
};

describe('the verdict', () => {
  test.each([
    ['all hold', [ok, ok], 'ok', ['ok', 'ok']],
    ['one has nothing to check', [ok, () => ({ text: '', state: 'not' as const, value: 1 })], 'ok', ['ok', 'not']],
    ['one does not hold', [ok, bad], 'bad', ['ok', 'bad']],
    ['one could not be made', [broken, ok], 'unknown', ['unknown', 'ok']],
    ['one does not hold and another could not be made', [broken, bad], 'bad', ['unknown', 'bad']],
  ] as const)('when %s', async (_, steps, result, states) => {
    const { place, made } = report();
    for (const step of steps) await made.step('step', step);
    made.end();
    expect([place.dataset.result, (place.children[0]?.children ?? []).map((c) => c.className)]).toEqual([result, states]);
    expect(place.children.at(-1)?.className).toBe(`verdict ${result}`);
  });

  test('names the steps by their numbers, in both languages', async () => {
    for (const lang of ['zh', 'en'] as const) {
      const { place, made } = report(lang);
      for (const step of [ok, bad, broken, bad]) await made.step('x', step);
      made.end();
      const verdict = place.children.at(-1)?.textContent ?? '';
      expect(verdict).toMatch(lang === 'zh' ? /第2、4步/ : /step 2, 4 /);
      expect(verdict).toContain('BAD');
    }
  });
});

describe('a step', () => {
  test('gives its value on, or nothing where it failed', async () => {
    const { made } = report();
    expect([await made.step('a', ok), await made.step('b', bad), await made.step('c', broken)]).toEqual([1, undefined, undefined]);
    expect(await made.step('d', () => Promise.resolve({ text: '', value: 'later' }))).toBe('later');
    expect(await made.step('e', () => Promise.reject(new Bad('late')))).toBeUndefined();
  });

  test('that the page’s own fault broke shows no inner words, and says that it may be tried again', async () => {
    const { place, made } = report();
    await made.step('a', broken);
    expect(place.lines().join()).not.toContain('properties');
    expect(place.lines().join()).toContain(words.en.unreadable);
  });

  test('that takes long says how far it is, until the end', async () => {
    const { place, made } = report();
    await made.step('records', () => {
      expect(place.lines().at(-1)).toBe(`${words.en.running}records`);
      made.progress('2,000');
      expect(place.lines().at(-1)).toBe('2,000');
      return ok();
    });
    made.end();
    expect(place.lines()).not.toContain('2,000');
  });

  test('is numbered from 1 and keeps what it says as text, markup included', async () => {
    const { place, made } = report();
    await made.step('<b>', () => ({ text: '<img src=x onerror=alert(1)>', value: 0 }));
    expect(place.lines()).toContain('1. <b>: <img src=x onerror=alert(1)>');
  });
});

test('a check that is begun again begins with an empty list', async () => {
  const { place, made } = report();
  await made.step('a', bad);
  made.end();
  const again = new Report(place as unknown as HTMLElement, words.zh);
  await again.step('a', ok);
  again.end();
  expect([place.dataset.result, place.children.length]).toEqual(['ok', 2]);
});

test('the two languages say the same of the same things: where one fills in a value, so does the other', () => {
  const ofSteps = ['.bad', '.unfinished'];
  const walk = (zh: unknown, en: unknown, path: string): void => {
    expect(typeof en, path).toBe(typeof zh);
    if (typeof zh === 'function' && typeof en === 'function') {
      const values = ofSteps.includes(path) ? [[4711]] : ['4711', '4712', '4713'];
      const filled = (f: (...values: never[]) => unknown) => String(f(...(values as never[]))).match(/471\d/g);
      expect(filled(en as () => unknown)?.sort(), path).toEqual(filled(zh as () => unknown)?.sort());
    } else if (typeof zh === 'object' && zh !== null) {
      for (const key of Object.keys(zh)) walk((zh as Record<string, unknown>)[key], (en as Record<string, unknown>)[key], `${path}.${key}`);
    } else expect(String(en), path).not.toMatch(/\p{Script=Han}/u);
  };
  walk(words.zh, words.en, '');
});

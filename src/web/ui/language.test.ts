import { afterEach, describe, expect, test, vi } from 'vitest';
import { rememberedLang, rememberLang } from './language.ts';

afterEach(() => void vi.unstubAllGlobals());

/** A browser with a language of its own and a storage. */
function browser(language: string | undefined, kept: Record<string, string> = {}) {
  vi.stubGlobal('navigator', { language });
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept[key] ?? null,
    setItem: (key: string, value: string) => void (kept[key] = value),
  });
  return kept;
}
const broken = () => {
  throw new DOMException('denied', 'SecurityError');
};

describe('the language of the pages', () => {
  test.each([
    ['en', 'en'],
    ['en-GB', 'en'],
    ['EN-us', 'en'],
    ['zh-CN', 'zh'],
    ['zh-Hant-TW', 'zh'],
    ['de', 'zh'],
    ['', 'zh'],
    [undefined, 'zh'],
  ])('of a browser in %s is %s', (language, lang) => {
    browser(language);
    expect(rememberedLang()).toBe(lang);
  });

  test('is the one a person chose, whatever the browser’s', () => {
    const kept = browser('zh-CN');
    rememberLang('en');
    expect([rememberedLang(), Object.values(kept)]).toEqual(['en', ['en']]);
    rememberLang('zh');
    expect(rememberedLang()).toBe('zh');
  });

  test('is the browser’s where something else was kept', () => {
    for (const odd of ['fr', '', 'ZH', 'null']) {
      browser('en', { 'clearzero.lang': odd });
      expect(rememberedLang(), odd).toBe('en');
    }
  });

  test('is found in a browser that keeps nothing, and choosing one there breaks nothing', () => {
    vi.stubGlobal('navigator', { language: 'en' });
    vi.stubGlobal('localStorage', { getItem: broken, setItem: broken });
    expect(rememberedLang()).toBe('en');
    expect(() => rememberLang('zh')).not.toThrow();
    vi.stubGlobal('localStorage', undefined);
    expect(rememberedLang()).toBe('en');
  });
});

/** The product's two languages; Chinese is written first. */
export type Lang = 'zh' | 'en';
export const langTag = { zh: 'zh-CN', en: 'en' } as const;

const key = 'clearzero.lang';

/** The language a person chose before, else the browser's, else Chinese. */
export function rememberedLang(): Lang {
  const stored = read();
  if (stored === 'zh' || stored === 'en') return stored;
  return globalThis.navigator?.language?.toLowerCase().startsWith('en') ? 'en' : 'zh';
}

export function rememberLang(lang: Lang): void {
  try {
    globalThis.localStorage?.setItem(key, lang);
  } catch {
    // A browser that stores nothing asks again next time; its pages work all the same.
  }
}

function read(): string | null | undefined {
  try {
    return globalThis.localStorage?.getItem(key);
  } catch {
    return null;
  }
}

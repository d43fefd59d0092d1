import { createInstance } from 'i18next';
import type { Lang } from '../ui/language.ts';
import { langTag } from '../ui/language.ts';
import type { Words } from '../ui/words.ts';
import { texts as en } from './en/index.ts';
import { texts as zh } from './zh-CN/index.ts';

/** The words of a language without a page around them, set up as the pages' are; for tests. A key that is missing is given back as it is. */
export async function wordsOf(lang: Lang): Promise<Words> {
  const i18n = createInstance();
  await i18n.init({
    lng: langTag[lang],
    fallbackLng: false,
    resources: { [langTag.zh]: zh, [langTag.en]: en },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  return { t: i18n.t, lang, pick: (text) => text[lang] || text.zh || text.en };
}

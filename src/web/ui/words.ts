import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Lang } from './language.ts';

interface Bilingual {
  readonly zh: string;
  readonly en: string;
}

export interface Words {
  readonly t: TFunction;
  readonly lang: Lang;
  /** The text of a bilingual value; the other language when one is missing. */
  readonly pick: (text: Bilingual) => string;
}

/** Texts of the page's language. */
export function useWords(): Words {
  const { t, i18n } = useTranslation();
  const lang: Lang = i18n.language === 'en' ? 'en' : 'zh';
  return { t, lang, pick: (text) => text[lang] || text.zh || text.en };
}

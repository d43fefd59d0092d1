import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { langTag, rememberedLang, rememberLang, type Lang } from '../ui/language.ts';

type Texts = Record<string, object>;

// One chunk a language, so that a page carries only the one it shows.
const load: Readonly<Record<Lang, () => Promise<{ texts: Texts }>>> = {
  zh: () => import('./zh-CN/index.ts'),
  en: () => import('./en/index.ts'),
};

export async function startI18n(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: undefined,
    fallbackLng: false,
    resources: {},
    ns: [],
    interpolation: { escapeValue: false },
    returnNull: false,
    react: { useSuspense: false, bindI18nStore: 'added' },
  });
  await showLanguage(rememberedLang());
}

/** Loads a language and switches the whole page to it. */
export async function showLanguage(lang: Lang): Promise<void> {
  const { texts } = await load[lang]();
  for (const [name, bundle] of Object.entries(texts)) i18next.addResourceBundle(langTag[lang], name, bundle);
  await i18next.changeLanguage(langTag[lang]);
  document.documentElement.lang = langTag[lang];
  rememberLang(lang);
}

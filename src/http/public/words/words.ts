import type { PublicLang } from '../../../contract/paths/public.ts';
import { en } from './en.ts';
import { zh, type Words } from './zh.ts';

export type { Words };

export function wordsOf(lang: PublicLang): Words {
  return lang === 'en' ? en : zh;
}

import type { PublicLang } from '../../../contract/public-paths.ts';
import { en } from './en.ts';
import { zh, type Words } from './zh.ts';

export type { Words };

export function wordsOf(lang: PublicLang): Words {
  return lang === 'en' ? en : zh;
}

import { ApiError } from './api.ts';
import type { Words } from './words.ts';

/** Why something failed, for people: the server's words, or that the page met what it was not made for. */
export function refusalWords(error: unknown, words: Pick<Words, 't' | 'pick'>): string {
  return error instanceof ApiError ? words.pick(error.problem.messages) : words.t('shell:crash.body');
}

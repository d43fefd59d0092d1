import { z } from 'zod';
import { isBlank, isWellFormed, tidyLine, tidyText } from '../domain/kernel/text.ts';

/** No pair of surrogates is torn apart: what is no text is refused, whatever is left of it. */
const wellFormed = (max: number) => z.string().max(max).refine(isWellFormed, 'a character is cut in half (lone surrogate)');

const saysSomething = (text: string) => !isBlank(text);

/** A text of any number of lines, in its kept form, that says something. */
export const text = (max = 4000) => wellFormed(max).overwrite(tidyText).min(1).refine(saysSomething, 'nothing of it can be seen');

/** A text of one line, in its kept form, that says something. */
export const line = (max: number) => wellFormed(max).overwrite(tidyLine).min(1).refine(saysSomething, 'nothing of it can be seen');

/** A text that may be empty. */
export const anyText = (max: number) => wellFormed(max).overwrite(tidyText);

/** A calendar date that exists, as it is written in the campaign. */
export const plainDate = z.iso.date();

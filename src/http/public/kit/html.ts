import { html, raw } from 'hono/html';
import { writableText } from '../../../domain/kernel/text.ts';

/** A piece of a page: its texts are escaped already. */
export type Html = ReturnType<typeof html>;
/** What may stand in a template: texts and numbers are escaped, pieces are not, nothing is left out. */
export type Part = Html | string | number | null | undefined | false | readonly Part[];

/** A piece of a page. Every value put in is escaped, in texts and in (quoted) attributes. */
export function h(strings: TemplateStringsArray, ...values: Part[]): Html {
  return html(strings, ...values.map(shown));
}

/** Nothing for what is absent; of a text what a file can hold. */
function shown(part: Part): Part {
  if (typeof part === 'string') return writableText(part);
  if (Array.isArray(part)) return part.map(shown);
  return part === null || part === undefined || part === false ? '' : part;
}

/** The doctype. */
export const doctype = raw('<!doctype html>');

/** Markup that we made and escaped when a bulletin was released; apart from it no text goes on a page unescaped. */
export function frozen(markup: string): Html {
  return raw(markup);
}

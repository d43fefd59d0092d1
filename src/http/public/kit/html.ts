import { html, raw } from 'hono/html';

/** A piece of a page: its texts are escaped already. */
export type Html = ReturnType<typeof html>;
/** What may stand in a template: texts and numbers are escaped, pieces are not, nothing is left out. */
export type Part = Html | string | number | null | undefined | false | readonly Part[];

/** A piece of a page. Every value put in is escaped, in texts and in (quoted) attributes. */
export function h(strings: TemplateStringsArray, ...values: Part[]): Html {
  return html(strings, ...values.map((v) => (v === null || v === undefined || v === false ? '' : v)));
}

/** The doctype. */
export const doctype = raw('<!doctype html>');

/** Markup that we made and escaped when a bulletin was released; apart from it no text goes on a page unescaped. */
export function frozen(markup: string): Html {
  return raw(markup);
}

const here = 'http://here.invalid';

/**
 * Where signing in leads: the address that was asked for, if it is one of this site; another site's would be a way to lure people.
 *
 * It is taken apart as browsers do, which leave out tabs and line breaks, take a backslash for a slash and fold dots: `/<tab>/x` is `//x`.
 * @returns path, query and fragment; `/` for anything else
 */
export function safeNext(next: string | null): string {
  if (next?.startsWith('/') !== true || !URL.canParse(next, here)) return '/';
  const { origin, pathname, search, hash } = new URL(next, here);
  return origin === here && !pathname.startsWith('//') ? pathname + search + hash : '/';
}

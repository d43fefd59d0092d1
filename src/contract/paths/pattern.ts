/** Names of the parameters in a pattern: of `/api/items/:id` it is `id`, of one that ends in `/*` also `*`. */
export type ParamsOf<P extends string> = P extends `${string}:${infer Rest}`
  ? Rest extends `${infer Name}/${infer More}`
    ? Name | ParamsOf<`/${More}`>
    : Rest
  : P extends `${string}/*`
    ? '*'
    : never;

/** A value for each parameter; none for a pattern without one. */
export type Params<P extends string> = [ParamsOf<P>] extends [never]
  ? Readonly<Record<string, never>>
  : Readonly<Record<ParamsOf<P>, string | number>>;

export type Query = Readonly<Record<string, string | number | readonly number[] | null | undefined>>;

/**
 * The address that a pattern has for these parameters; one that is missing or not of the pattern does not compile.
 *
 * A parameter stays one segment whatever it holds; only `*` may be several.
 */
export function to<P extends string>(
  pattern: P,
  ...rest: [ParamsOf<P>] extends [never] ? [params?: Params<P>, query?: Query] : [params: Params<P>, query?: Query]
): string {
  const [params = {}, query = {}] = rest;
  return fill(pattern, params) + queryText(query);
}

/** The pattern with its parameters put in. */
export function fill(pattern: string, params: Readonly<Record<string, string | number>>): string {
  const value = (name: string) => String(params[name] ?? '');
  return pattern
    .replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(value(name)))
    .replace(/\*$/, () => value('*').split('/').map(encodeURIComponent).join('/'));
}

/** `?a=b` in the order given; empty values are left out, lists are comma-separated. */
export function queryText(query: Query): string {
  const pairs: string[] = [];
  for (const [key, value] of Object.entries(query)) {
    if (value === null || value === undefined || value === '') continue;
    pairs.push(`${form(key)}=${form(Array.isArray(value) ? value.join(',') : String(value as string | number))}`);
  }
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

/** As forms of pages write it (application/x-www-form-urlencoded). */
function form(text: string): string {
  return encodeURIComponent(text)
    .replace(/[!'()~]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
}

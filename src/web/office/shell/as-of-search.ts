/** The query of an address without its instant: the same page as of now. */
export function withoutAsOf(search: string): string {
  const query = new URLSearchParams(search);
  query.delete('asOf');
  return query.toString();
}

/** The same page as of another instant. */
export function withAsOf(search: string, asOf: string): string {
  const query = new URLSearchParams(search);
  query.set('asOf', asOf);
  return query.toString();
}

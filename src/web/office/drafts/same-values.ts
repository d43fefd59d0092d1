/** Whether two forms hold the same: what is empty and what was never touched are one, within a filter as well. */
export function sameValues(a: object, b: object): boolean {
  return JSON.stringify(filled(a)) === JSON.stringify(filled(b));
}

/** What of a value is filled in, its members by name; undefined when nothing is. */
function filled(value: unknown): unknown {
  if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return undefined;
  if (typeof value !== 'object' || Array.isArray(value)) return value;
  const members = Object.entries(value)
    .map(([key, inner]) => [key, filled(inner)] as const)
    .filter(([, inner]) => inner !== undefined)
    .sort(([x], [y]) => (x < y ? -1 : 1));
  return members.length === 0 ? undefined : members;
}

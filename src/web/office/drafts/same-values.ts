/** Whether two forms hold the same: what is empty and what was never touched are one. */
export function sameValues(a: object, b: object): boolean {
  const text = (values: object) =>
    JSON.stringify(
      Object.entries(values)
        .filter(([, v]) => v !== undefined && v !== null && v !== '' && !(Array.isArray(v) && v.length === 0))
        .sort(([x], [y]) => (x < y ? -1 : 1)),
    );
  return text(a) === text(b);
}

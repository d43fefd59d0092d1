/** The two sides of a predicate written as a division. */
export function termNames(predicate: string): [string | undefined, string | undefined] {
  const sides = predicate.replace(/\s*\([^()]*definition\)\s*$/u, '').split(/÷| \/ /u);
  return sides.length === 2 ? [sides[0]?.replace(/^[（(]|[）)]$/gu, '').trim(), sides[1]?.trim()] : [undefined, undefined];
}

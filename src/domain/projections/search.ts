/**
 * Search keys of a text: a number for each pair of neighbouring characters, so that a two-character word can be looked up.
 *
 * Case and width are folded (NFKC); spaces and punctuation separate. A hit is a candidate only: pairs may stand apart, and two
 * pairs may share a number, so the reader compares the text itself.
 * @returns  distinct 32-bit numbers, ascending
 */
export function searchKeys(text: string): number[] {
  const keys = new Set<number>();
  for (const run of foldText(text).split(/[^\p{L}\p{N}]+/u)) {
    const chars = [...run];
    for (let i = 0; i + 1 < chars.length; i++) keys.add(pairKey(chars[i] as string, chars[i + 1] as string));
  }
  return [...keys].sort((a, b) => a - b);
}

/** The form in which texts are compared. */
export function foldText(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

function pairKey(a: string, b: string): number {
  return (Math.imul(a.codePointAt(0) as number, 0x9e3779b1) ^ (b.codePointAt(0) as number)) | 0;
}

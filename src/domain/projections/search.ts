/**
 * Search keys of a text: a number for each pair of neighbouring characters, so that a two-character word can be looked up.
 *
 * Texts are folded first; spaces and punctuation separate. A hit is a candidate only: pairs may stand apart, and two
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

/** Rises when `foldText` gives another form: stored texts are folded again when the database is next migrated. */
export const foldVersion = 2;

/** Marks that the eye takes for one another, and the one they are compared as. Looked for before NFKC, which takes some of them apart. */
const alike: readonly (readonly [RegExp, string])[] = [
  // A wave dash is a dash to Unicode and a tilde to the eye.
  [/[~～〜∼˜]/gu, '~'],
  [/["'`´¨‘’‚‛“”„‟′″‴‵‶‷«»‹›「」『』﹁﹂﹃﹄〝〞〟＂＇｀｢｣❛❜❝❞]/gu, '"'],
  [/[\p{Pd}−⁃¯‾─━ｰ]+/gu, '-'],
  [/[·•∙⋅‧・･⸱●]/gu, '·'],
];

/**
 * The form in which texts are compared: search finds what the eye sees.
 *
 * Case and width are folded (NFKC); quotes, dashes, middle dots and tildes of every kind are one each, any run of spaces of any
 * kind is one space, and what shows nothing (zero-width characters, soft hyphens, selectors, controls) is left out.
 */
export function foldText(text: string): string {
  const bare = text.replace(/[\p{White_Space}\u2800]+/gu, ' ').replace(/[\p{DI}\p{Cf}\p{Cc}]/gu, '');
  const marked = alike.reduce((t, [marks, one]) => t.replace(marks, one), bare);
  return marked.normalize('NFKC').toLowerCase().replace(/ {2,}/g, ' ');
}

function pairKey(a: string, b: string): number {
  return (Math.imul(a.codePointAt(0) as number, 0x9e3779b1) ^ (b.codePointAt(0) as number)) | 0;
}

/** A text as a string of CSS: whatever it holds, it ends where it should, also within a style element. */
export function cssText(text: string): string {
  const escaped = [...text].map((c) => (/["\\<>\p{Cc}]/u.test(c) ? `\\${c.codePointAt(0)?.toString(16)} ` : c));
  return `"${escaped.join('')}"`;
}

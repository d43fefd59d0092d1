/** A stretch of a text that cannot be drawn (无法绘制的字). */
export interface Undrawable {
  readonly from: number;
  readonly to: number;
  /** Its characters, each once. */
  readonly characters: readonly string[];
}

/** Whether a font has a glyph for a code point. */
export type CanDraw = (codePoint: number) => boolean;

/** Characters that are never drawn themselves: line ends, tabs, joiners, variation selectors, and spaces, which need no ink. */
const silent = /[\p{White_Space}\p{Default_Ignorable_Code_Point}]/u;

/** The stretches of a text that have no glyph; a text that is composed differently is the same text. */
export function undrawable(text: string, canDraw: CanDraw): Undrawable[] {
  const out: { from: number; to: number; characters: string[] }[] = [];
  let at = 0;
  for (const c of text) {
    const next = at + c.length;
    if (!silent.test(c) && ![...c.normalize('NFC')].every((part) => canDraw(part.codePointAt(0) as number))) {
      const last = out.at(-1);
      if (last?.to !== at) out.push({ from: at, to: next, characters: [c] });
      else {
        last.to = next;
        if (!last.characters.includes(c)) last.characters.push(c);
      }
    }
    at = next;
  }
  return out;
}

/** The name of a character that cannot be shown, such as U+20BB7. */
export function codePointName(character: string): string {
  return `U+${(character.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')}`;
}

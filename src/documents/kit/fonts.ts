import { closeSync, openSync, readSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { codePointName, undrawable, type CanDraw } from '../../domain/kernel/drawable.ts';

const folder = new URL('./fonts/', import.meta.url);
const files = ['NotoSansSC-Regular.ttf', 'NotoSansSC-Bold.ttf'] as const;

/** The fonts of every PDF, which come with the product: a machine with others, or with none, makes the same pages. */
export const fontFamily = 'Noto Sans SC';
export const fontPaths: readonly string[] = files.map((name) => fileURLToPath(new URL(name, folder)));

/** What the fonts are called where a file says what made it: the beginnings of their SHA-256, regular and bold. */
export const fontsName = 'noto-sans-sc/d45f67f0a7c0+9a38ae0ab28c';

/** Spans of code points that a font maps to glyphs: first and last by turns. */
type Spans = Uint32Array;

let known: readonly Spans[] | undefined;

/** Whether the fonts of the documents have a glyph for a code point, regular and bold. Read once, from the fonts themselves. */
export const canDraw: CanDraw = (codePoint) => {
  known ??= fontPaths.map(readSpans);
  return known.every((spans) => within(spans, codePoint));
};

/** A text in which every character that the fonts cannot draw is told by its code point, so that no page has a box in its place. */
export function drawn(text: string): string {
  let out = '';
  let at = 0;
  for (const stretch of undrawable(text, canDraw)) {
    out += text.slice(at, stretch.from);
    for (const c of text.slice(stretch.from, stretch.to)) out += `[${codePointName(c)}]`;
    at = stretch.to;
  }
  return out + text.slice(at);
}

function within(spans: Spans, codePoint: number): boolean {
  let low = 0;
  let high = spans.length / 2 - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (codePoint < (spans[middle * 2] as number)) high = middle - 1;
    else if (codePoint > (spans[middle * 2 + 1] as number)) low = middle + 1;
    else return true;
  }
  return false;
}

/** The spans of a font's Unicode table (`cmap`, format 12: OpenType 1.9, "Segmented coverage"). */
function readSpans(path: string): Spans {
  const file = openSync(path, 'r');
  try {
    const read = (at: number, length: number) => {
      const bytes = new Uint8Array(length);
      if (readSync(file, bytes, 0, length, at) !== length) throw new Error(`${path} is cut off`);
      return new DataView(bytes.buffer);
    };
    const cmap = tableAt(read, 'cmap');
    const head = read(cmap, 4 + 8 * read(cmap + 2, 2).getUint16(0));
    for (let i = 4; i < head.byteLength; i += 8) {
      const at = cmap + head.getUint32(i + 4);
      if (head.getUint16(i) !== 3 || head.getUint16(i + 2) !== 10 || read(at, 2).getUint16(0) !== 12) continue;
      const groups = read(at + 16, 12 * read(at + 12, 4).getUint32(0));
      return Uint32Array.from({ length: groups.byteLength / 6 }, (_, n) => groups.getUint32((n >> 1) * 12 + (n & 1) * 4));
    }
    throw new Error(`${path} has no table of all Unicode characters`);
  } finally {
    closeSync(file);
  }
}

function tableAt(read: (at: number, length: number) => DataView, tag: string): number {
  const count = read(4, 2).getUint16(0);
  const directory = read(12, 16 * count);
  for (let i = 0; i < directory.byteLength; i += 16) {
    const name = String.fromCharCode(...Array.from({ length: 4 }, (_, n) => directory.getUint8(i + n)));
    if (name === tag) return directory.getUint32(i + 8);
  }
  throw new Error(`no table ${tag}`);
}

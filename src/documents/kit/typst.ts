import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { drawn, fontFamily, fontPaths } from './fonts.ts';
import { mapTexts, writable } from './writable.ts';

/**
 * The compiler looks at the fonts of the machine and cannot be told not to. It takes the first that fits best, ours stand first and
 * fit exactly, and without a fallback no other family is asked; so theirs are never drawn with.
 */
const only = `#set text(font: "${fontFamily}", fallback: false)\n`;

/**
 * Sets a document of a fixed source and data into PDF. The data reach the source as JSON text, so nothing in them is ever read as
 * markup or code. Weights in a source are regular and bold; a character without a glyph is told by its code point.
 * @param at  what the file says it was made at; nothing in it depends on the clock
 * @returns   the same bytes for the same source and data, on every machine
 */
export function typeset(source: string, data: unknown, at: Date): Uint8Array {
  const inputs = { data: JSON.stringify(mapTexts(writable(data), drawn)) };
  const compiler = NodeCompiler.create({ fontArgs: [{ fontPaths: [...fontPaths] }], inputs });
  const pdf = compiler.pdf({ mainFileContent: `${only}${source}` }, { creationTimestamp: Math.floor(at.getTime() / 1000) });
  compiler.evictCache(2);
  return new Uint8Array(pdf);
}

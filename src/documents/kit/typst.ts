import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { writable } from './writable.ts';

const require = createRequire(import.meta.url);

/** The fonts come with a package, so that a machine without any gives the same pages. */
const fontPaths = ['400Regular', '700Bold'].map((weight) =>
  join(dirname(require.resolve('@expo-google-fonts/noto-sans-sc/package.json')), weight),
);

/**
 * Sets a document of a fixed source and data into PDF. The data reach the source as JSON text, so nothing in them is ever read as
 * markup or code.
 * @param at  what the file says it was made at; nothing in it depends on the clock
 * @returns   the same bytes for the same source and data
 */
export function typeset(source: string, data: unknown, at: Date): Uint8Array {
  const compiler = NodeCompiler.create({ fontArgs: [{ fontPaths }], inputs: { data: JSON.stringify(writable(data)) } });
  const pdf = compiler.pdf({ mainFileContent: source }, { creationTimestamp: Math.floor(at.getTime() / 1000) });
  compiler.evictCache(2);
  return new Uint8Array(pdf);
}

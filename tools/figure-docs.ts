// Writes docs/figures from the dictionary, so that a figure's page never says something else than its definition.
import { mkdir, writeFile } from 'node:fs/promises';
import { dictionary } from '../src/domain/clearance/dictionary.ts';
import { figurePages } from './lib/figure-pages.ts';

const folder = new URL('../docs/figures/', import.meta.url);
await mkdir(folder, { recursive: true });
for (const [name, text] of figurePages(dictionary)) await writeFile(new URL(name, folder), text);

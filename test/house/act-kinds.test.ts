import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { streamRules } from '../../src/domain/acts/streams.ts';
import { byProgram, waiting } from '../fixtures/act-kinds.ts';

const src = new URL('../../src/', import.meta.url).pathname;

function sources(folder: string): { readonly path: string; readonly text: string }[] {
  return readdirSync(join(src, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.includes('.test.'))
    .map((name) => ({ path: `${folder}/${name}`, text: readFileSync(join(src, folder, name), 'utf8') }));
}

const kinds = [...new Set(Object.values(streamRules).flatMap((rule) => [...rule.opens, ...rule.takes] as string[]))].sort();

/** Where a kind is written: a draft of it outside the generator. The table of streams, folds and types only name kinds. */
function writersOf(kind: string): string[] {
  const written = new RegExp(`draft\\(\\s*'\\w+',[^;]*?'${kind}'|kind: '${kind}',`);
  const files = ['domain', 'usecases', 'storage', 'app'].flatMap(sources);
  return files.filter((f) => written.test(f.text)).map((f) => f.path);
}

test('every kind of act can be written by a person or a named program, or its feature is listed as not built', () => {
  const unreachable: string[] = [];
  for (const kind of kinds) {
    const writers = writersOf(kind);
    const program = byProgram[kind];
    if (program === undefined ? writers.length === 0 : !writers.some((path) => path.startsWith(program))) unreachable.push(kind);
  }
  expect(unreachable).toEqual(Object.keys(waiting).sort());
});

test('every listed kind exists, and stands in one list only', () => {
  for (const kind of [...Object.keys(waiting), ...Object.keys(byProgram)]) expect(kinds).toContain(kind);
  expect(Object.keys(waiting).filter((kind) => kind in byProgram)).toEqual([]);
});

test('nothing outside the lists is written by the generator alone', () => {
  const inDemo = kinds.filter((kind) => sources('demo').some((f) => f.text.includes(`'${kind}'`)));
  expect(inDemo.length).toBeGreaterThan(20);
  for (const kind of inDemo) if (writersOf(kind).length === 0) expect([kind, waiting[kind] !== undefined]).toEqual([kind, true]);
});
